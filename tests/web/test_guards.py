"""What the page's server refuses to fetch, to store and to tell."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from gradio import processing_utils

from stance.errors import StanceError
from stance.web import build_page, guards
from web.fakes import ENGLISH, FakeService, OpenPage, opened, scored


def visited(event: str, *data: object, service: FakeService | None = None) -> dict[str, Any]:
    """Return what one event of a page comes to."""

    async def visit() -> dict[str, Any]:
        async with opened(service or FakeService([scored(text=ENGLISH)])) as page:
            return await page.send(event, *data)

    return asyncio.run(visit())


def file(path: str) -> dict[str, object]:
    return {"path": path, "meta": {"_type": "gradio.FileData"}}


@pytest.mark.parametrize("address", ["http://news.example/a.txt", "https://news.example/a.txt"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_nothing_is_fetched(
    monkeypatch: pytest.MonkeyPatch, address: str, *, wrapped: bool
) -> None:
    fetched: list[str] = []

    async def fetch(url: str, **_: object) -> str:
        fetched.append(url)
        return url

    monkeypatch.setattr(processing_utils, "async_ssrf_protected_download", fetch)
    given = [{"deep": file(address)}] if wrapped else file(address)
    for event, rest in (("read_file", ()), ("read_text", ("", ""))):
        told = visited(event, given, *rest)
        assert not told["success"]
        assert "sent here" in told["output"]["error"]
    assert not fetched


def test_a_fault_is_told_and_logged_by_its_kind(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "Marsh resigns"
    with caplog.at_level(logging.DEBUG):
        broken = [
            visited("score_article", {"text": secret}, secret, ""),
            visited("read_file", {"path": 1, "name": secret, "meta": {}}),
            visited("explain_statement", ENGLISH, secret, secret),
            visited("score_article", ENGLISH, secret, {"date": secret}),
        ]
    assert not any(one["success"] for one in broken)
    written = capfd.readouterr()
    assert "Error" in caplog.text
    assert secret not in caplog.text + written.out + written.err + str(broken)
    assert "Traceback" not in written.out + written.err


def test_a_fault_in_reading_is_a_message_on_the_page() -> None:
    told = visited("read_text", ENGLISH, None, "")
    assert told["success"]
    assert "Something went wrong on our side" in str(told["output"]["data"])


def upload(page: OpenPage, content: bytes) -> Any:  # noqa: ANN401 - httpx's coroutine
    files = {"files": ("a.txt", content)}
    return page.client.post("/gradio_api/upload", files=files)


def test_uploads_are_refused_until_those_before_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    monkeypatch.setattr(guards, "MAX_UPLOADED", 10_000)

    async def visit() -> None:
        async with opened(FakeService()) as page:
            assert (await upload(page, b"a" * 9_000)).status_code == 200
            (sent,) = (await upload(page, b"b" * 9_000)).json()
            refused = await upload(page, b"c")
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
            await page.send("read_file", file(sent))
            assert (await upload(page, b"c")).status_code == 200

    asyncio.run(visit())


def test_the_smallest_file_takes_a_block(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    assert guards.size_of([str(tmp_path / "a"), str(tmp_path / "gone")]) == guards.LEAST_BYTES


def test_nothing_is_written_for_a_deep_link(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))

    async def visit() -> None:
        async with opened(FakeService([scored(text=ENGLISH)])) as page:
            await page.send("read_text", ENGLISH, "", "")
            for path in ("/gradio_api/deep_link", "/gradio_api/deep_link/"):
                answer = await page.client.get(f"{path}?session_hash=visitor")
                assert answer.status_code == 404

    asyncio.run(visit())
    assert not list(tmp_path.rglob("state.json"))


def test_the_page_is_for_its_own_target() -> None:
    service = FakeService()
    service.scorer.describe = lambda: {"target": "free trade"}
    with pytest.raises(StanceError, match=r"about free trade: .*--no-page"):
        build_page(service)  # type: ignore[arg-type]
