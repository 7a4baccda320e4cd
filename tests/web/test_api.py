"""The page's API and what its server gives away, over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from gradio_client import Client
from gradio_client.exceptions import AppError
from starlette.middleware.cors import CORSMiddleware

import stance
from stance.records import Article
from stance.table import as_row
from stance.web import mount_page
from stance.web.examples import EXAMPLES
from web.fakes import FakeService


@pytest.fixture(scope="session")
def client(address: str) -> Client:
    return Client(address, verbose=False, analytics_enabled=False)


def test_rows_are_those_of_every_other_way(client: Client) -> None:
    text = EXAMPLES[0].path.read_text(encoding="utf-8")
    rows = client.predict(text=text, api_name="/score_article")
    (expected,) = stance.load(threads=1).score_batch([Article(text)])
    assert rows == [as_row(one) for one in expected]


def test_title_and_date_are_passed_through(client: Client) -> None:
    text = EXAMPLES[0].path.read_text(encoding="utf-8")
    rows = client.predict(text=text, title="A title", date="2014", api_name="/score_article")
    assert {(row["title"], row["date"]) for row in rows} == {("A title", "2014")}


def test_words_are_explained(client: Client) -> None:
    text = EXAMPLES[0].path.read_text(encoding="utf-8")
    row = client.predict(text=text, api_name="/score_article")[0]
    told = client.predict(
        text=text, statement_id=row["statement_id"], api_name="/explain_statement"
    )
    assert told["score"] == pytest.approx(row["stance_score"], abs=1e-4)
    assert "Russia" in {text[word["start"] : word["end"]] for word in told["words"]}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"text": " ", "api_name": "/score_article"}, "There is no text yet"),
        (
            {"text": "“Yes,” he said.", "statement_id": "x", "api_name": "/explain_statement"},
            "No statement of this article",
        ),
    ],
)
def test_message_is_the_error(client: Client, arguments: dict[str, str], told: str) -> None:
    with pytest.raises(AppError, match=told):
        client.predict(**arguments)


def test_only_the_documented_end_points_are_public(client: Client) -> None:
    described = client.view_api(return_format="dict", print_info=False)
    assert set(described["named_endpoints"]) == {"/score_article", "/explain_statement"}
    assert not described["unnamed_endpoints"]


@pytest.mark.parametrize(
    "path",
    [
        "gradio_api/file=/etc/passwd",
        "gradio_api/file=pyproject.toml",
        f"gradio_api/file={EXAMPLES[0].path}",
        f"gradio_api/file={Path(stance.__file__)}",
        "gradio_api/file=/proc/self/environ",
        "static/../../../../etc/passwd",
        "monitoring",
        "gradio_api/runs",
    ],
)
def test_no_file_of_the_machine_is_served(address: str, path: str) -> None:
    response = httpx.get(address + path)
    assert response.status_code in (403, 404)


def test_large_upload_is_refused(address: str) -> None:
    files = {"files": ("a.txt", b"x" * (5 * 2**20))}
    assert httpx.post(address + "gradio_api/upload", files=files).status_code == 413


def get(app: FastAPI, path: str, origin: str | None = None) -> httpx.Response:
    headers = {} if origin is None else {"Origin": origin}

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://page.example") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(ask())


def test_mounted_page_has_its_style_and_nothing_that_phones_home() -> None:
    app = FastAPI()
    mount_page(app, FakeService())  # type: ignore[arg-type]
    response = get(app, "/config")
    config = response.json()
    assert "--favor" in config["css"]
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    page = get(app, "/").text
    assert "fonts.googleapis" not in page
    assert "cdnjs" not in page
    assert "#vg-tooltip-element" in page


def test_token_is_asked_for() -> None:
    app = FastAPI()
    mount_page(app, FakeService(), token="secret")  # type: ignore[arg-type]
    assert get(app, "/config").status_code == 401


def sharing(response: httpx.Response) -> list[tuple[str, str]]:
    """Return the headers that let other sites read an answer."""
    return [one for one in response.headers.multi_items() if one[0].startswith("access-control")]


def test_other_sites_are_shut_out_unless_named() -> None:
    app = FastAPI()
    mount_page(app, FakeService(), origins=["https://news.example"])  # type: ignore[arg-type]
    named = get(app, "/config", "https://news.example")
    assert sharing(named) == [("access-control-allow-origin", "https://news.example")]
    assert not sharing(get(app, "/config", "https://evil.example"))


def test_an_application_keeps_its_own_say_on_other_sites() -> None:
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["https://own.example"])
    mount_page(app, FakeService(), origins=["https://news.example"])  # type: ignore[arg-type]
    assert sharing(get(app, "/config", "https://own.example"))
    assert not sharing(get(app, "/config", "https://news.example"))
