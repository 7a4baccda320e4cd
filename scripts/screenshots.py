"""Take the screenshots of docs/ from the page itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from playwright.sync_api import Browser, Page, sync_playwright

import stance
from stance.service.scoring import ScoringService
from stance.web import build_page, launch_options

PATIENCE = 120_000
"""Milliseconds to wait for the page at most."""


def at_the_top(page: Page) -> None:
    """Leave the page as it opens."""


def with_details(page: Page) -> None:
    """Open the details of a statement and explain its score."""
    page.locator("#article .tag.favor").last.click()
    page.locator("#ask").click()
    page.wait_for_selector("#why .why")
    page.locator("#reading").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#reading').scrollIntoView()")


@dataclass(frozen=True, slots=True)
class Shot:
    """One screenshot: its file, the window, and what is done before it is taken."""

    file: str
    width: int
    height: int
    prepare: Callable[[Page], None]
    dark: bool = False


SHOTS = (
    Shot("page-light.png", 1280, 1010, at_the_top),
    Shot("page-dark.png", 1280, 1010, at_the_top, dark=True),
    Shot("page-why.png", 1280, 900, with_details),
    Shot("page-phone.png", 390, 844, at_the_top),
)


def take(browser: Browser, address: str, shot: Shot, folder: Path) -> None:
    """Open the page in a new window and write its picture."""
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        device_scale_factor=2 if shot.width < 600 else 1,
    )
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector("#along .vega-embed svg")
    shot.prepare(page)
    page.wait_for_timeout(1000)
    page.screenshot(path=folder / shot.file)
    page.close()


@click.command(epilog="Example: python scripts/screenshots.py docs")
@click.argument(
    "folder", default="docs", type=click.Path(path_type=Path, exists=True, file_okay=False)
)
def main(folder: Path) -> None:
    """Serve the page and write every screenshot to FOLDER, docs by default.

    Needs Chromium, the system's or the one that `playwright install chromium` brings.
    """
    demo = build_page(ScoringService(stance.load()))
    _, address, _ = demo.launch(
        server_name="127.0.0.1", prevent_thread_lock=True, **launch_options()
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for shot in SHOTS:
            take(browser, address, shot, folder)
        browser.close()
    demo.close(verbose=False)


if __name__ == "__main__":
    main()
