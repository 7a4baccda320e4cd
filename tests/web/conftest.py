from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

import stance
from stance.service.scoring import ScoringService
from stance.web import build_page, launch_options

REQUIRED = "STANCE_BROWSER"
"""Set to `required`, this variable turns the lack of a browser into a failure."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

PATIENCE = 60_000
"""Milliseconds that a test waits for what comes at once on a quiet machine."""

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the page is served with the model that ships, as `demo/app.py` does."""
    page = build_page(ScoringService(stance.load(threads=2)))
    _, address, _ = page.launch(
        server_name="127.0.0.1", prevent_thread_lock=True, inbrowser=False, **launch_options()
    )
    yield address
    page.close(verbose=False)


def executable(playwright: Playwright) -> str | None:
    """Return a Chromium that is installed, the system's or Playwright's own."""
    found = (shutil.which(name) for name in BROWSERS)
    own = playwright.chromium.executable_path
    return next(filter(None, found), own if Path(own).exists() else None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: while it is there, no test can run an event loop of its own."""
    with sync_playwright() as playwright:
        path = executable(playwright)
        if path is None:
            message = "no Chromium is installed"
            if os.environ.get(REQUIRED) == "required":
                pytest.fail(message)
            pytest.skip(message)
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """A browser window with the page open, and what it asked of the network."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.requests: list[str] = []
        self.errors: list[str] = []
        self._browser = browser
        self._opened: list[Page] = []

    def open(self, *, phone: bool = False, dark: bool = False) -> Page:
        """Open the page and wait for the first example's result."""
        page = self._browser.new_page(
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            reduced_motion="reduce",
        )
        self._opened.append(page)
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: self.errors.append(f"dialog: {dialog.message}"))
        page.goto(self.address)
        page.wait_for_selector("#along .vega-embed svg")
        page.wait_for_selector("#article article")
        return page

    def close(self) -> None:
        """Close the windows; fails where one asked for anything but this server, or broke."""
        for page in self._opened:
            page.close()
        mine = (self.address, "data:", "blob:")
        assert not [url for url in self.requests if not url.startswith(mine)]
        assert not self.errors


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    one = Visit(browser, address)
    yield one
    one.close()
