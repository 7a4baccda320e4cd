from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator

import pytest

from service.fakes import LiveServer, request, serving
from stance.batch.encoders import JsonLines
from stance.records import Article
from stance.scorer import Scorer, content_hash
from stance.service import schemas
from stance.service.logs import JsonFormatter, PrivateFormatter
from stance.service.metrics import Metrics
from stance.table import as_row

TEXT = "“We want talks with Moscow,” said the envoy, Ann Lee."
SECRET = "correct horse"


def columns(article: Article) -> dict[str, object]:
    return {"id": article.id, "text": article.text}


def test_rows_are_those_of_the_batch_command(
    live: LiveServer, scorer: Scorer, articles: list[Article]
) -> None:
    reply = live.post("/v1/articles", {"articles": [columns(one) for one in articles]})
    assert reply.status == 200
    schemas.ArticlesAnswer.model_validate(reply.json, strict=True)
    for article, answer in zip(articles, reply.json["articles"], strict=True):
        lines = JsonLines().encode([as_row(row) for row in scorer.score_batch([article])[0]])
        assert answer["statements"] == [json.loads(line) for line in lines.splitlines()]
        assert (answer["id"], answer["error"]) == (article.id, None)


def test_columns_of_the_article_come_back(live: LiveServer) -> None:
    about = {"id": "a 1", "title": "Talks", "date": "1987", "source": "Times", "url": "x:y"}
    reply = live.post("/v1/articles", {"articles": [{"text": TEXT, **about}]})
    (row,) = reply.json["articles"][0]["statements"]
    assert {name: row[name] for name in ("title", "date", "source", "url")} | {
        "id": row["article_id"]
    } == about


def test_an_article_that_cannot_be_used_leaves_the_others(live: LiveServer) -> None:
    texts = [TEXT, "", TEXT]
    reply = live.post("/v1/articles", {"articles": [{"text": text} for text in texts]})
    assert reply.status == 200
    assert [len(one["statements"]) for one in reply.json["articles"]] == [1, 0, 1]
    assert [one["id"] for one in reply.json["articles"]] == [content_hash(one) for one in texts]
    assert reply.json["articles"][1]["error"] == {
        "code": "unusable_article",
        "message": "the text is empty",
    }


def test_quotes_come_back_with_their_scores(live: LiveServer, scorer: Scorer) -> None:
    quotes = [
        {"quote": "No deal with Moscow."},
        {"quote": "Talks", "context": TEXT, "speaker": "Lee"},
    ]
    reply = live.post("/v1/statements", {"statements": quotes})
    assert reply.status == 200
    schemas.StatementsAnswer.model_validate(reply.json, strict=True)
    rows = reply.json["statements"]
    assert [row["quote"] for row in rows] == ["No deal with Moscow.", "Talks"]
    assert [row["speaker"] for row in rows] == [None, "Lee"]
    scores = scorer.score_statements(["No deal with Moscow.", "Talks"], [None, TEXT], [None, "Lee"])
    assert [row["stance_score"] for row in rows] == [score.stance_score for score in scores]


def test_the_model_is_described(live: LiveServer, scorer: Scorer) -> None:
    assert live.get("/v1/model").json == json.loads(json.dumps(scorer.describe()))


BODY = json.dumps({"articles": [{"text": TEXT}]}).encode()
ARTICLES = "/v1/articles"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "code"),
    [
        ("GET", "/nothing", None, {}, 404, "not_found"),
        ("GET", "/v1/articles/5", None, {}, 404, "not_found"),
        ("GET", ARTICLES, None, {}, 405, "method_not_allowed"),
        ("BREW", ARTICLES, b"", {}, 405, "method_not_allowed"),
        ("POST", ARTICLES, b"{", {}, 400, "bad_request"),
        ("POST", ARTICLES, b'{"articles": "\xff\xfe"}', {}, 400, "bad_request"),
        ("POST", ARTICLES, b"[" * 200_000, {}, 400, "bad_request"),
        ("POST", ARTICLES, b"9" * 100_000, {}, 400, "bad_request"),
        ("POST", ARTICLES, b"", {}, 422, "invalid_request"),
        ("POST", ARTICLES, b"NaN", {}, 422, "invalid_request"),
        ("POST", ARTICLES, b'{"articles": [{"text": "\\ud83d"}]}', {}, 422, "invalid_request"),
        ("POST", ARTICLES, BODY, {"Content_Type": "text/plain"}, 415, "unsupported_media_type"),
        ("POST", ARTICLES, BODY, {"Content_Length": "9" * 10}, 413, "body_too_large"),
    ],
)
def test_every_error_has_one_shape(
    live: LiveServer,
    method: str,
    path: str,
    body: bytes | None,
    headers: dict[str, str],
    status: int,
    code: str,
) -> None:
    reply = live.send(request(method, path, body, X_Request_ID="req-1", **headers))
    assert (reply.status, reply.code) == (status, code)
    schemas.ErrorAnswer.model_validate(reply.json, strict=True)
    assert reply.headers["content-type"] == "application/json"
    assert reply.json["error"]["request_id"] == reply.headers["x-request-id"] == "req-1"


def test_an_error_tells_where_but_not_what(live: LiveServer) -> None:
    articles = [{"text": TEXT}, {"tilte": "hidden words"}]
    error = live.post(ARTICLES, {"articles": articles}).json["error"]
    assert error["message"] == (
        "articles[1].text: Field required; articles[1].tilte: Extra inputs are not permitted"
    )


@pytest.mark.parametrize("wanted", ["", "a" * 65, "two words", "line\tbreak", "ünï"])
def test_an_odd_request_id_is_replaced(live: LiveServer, wanted: str) -> None:
    given = live.get("/healthz", X_Request_ID=wanted).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{16}", given)


def test_metrics_count_requests_batches_and_statements(scorer: Scorer) -> None:
    with serving(lambda: scorer) as server:
        server.post(ARTICLES, {"articles": [{"text": TEXT}, {"text": ""}]})
        server.send(b"BREW / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        reply = server.get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain; version=")
    lines = reply.body.decode().splitlines()
    for line in (
        'stance_requests_total{method="POST",path="/v1/articles",status="200"} 1.0',
        'stance_requests_total{method="other",path="other",status="404"} 1.0',
        'stance_request_seconds_count{path="/v1/articles"} 1.0',
        "stance_articles_total 2.0",
        "stance_statements_total 1.0",
        "stance_waiting_statements 0.0",
        "stance_scoring_requests 0.0",
    ):
        assert line in lines
    version = scorer.metadata.version
    assert any(line.startswith("stance_model_info") and version in line for line in lines)
    assert any(line.startswith("stance_batch_statements_count") for line in lines)


def test_the_log_has_one_line_a_request_and_no_text(
    scorer: Scorer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "stance.service"), serving(lambda: scorer) as server:
        caplog.clear()
        server.post("/v1/articles?private=1", {"articles": [{"text": TEXT}]}, X_Request_ID="one")
    (line,) = [JsonFormatter().format(one) for one in caplog.records if hasattr(one, "facts")][:1]
    assert {"method", "path", "status", "ms", "request_id", "articles", "statements"} <= set(
        values := json.loads(line)
    )
    assert (values["path"], values["articles"], values["statements"]) == (ARTICLES, 1, 1)
    assert not re.search("Moscow|private|Lee", line)


@pytest.mark.parametrize("formatter", [JsonFormatter(), PrivateFormatter()])
def test_an_error_is_logged_without_its_message(formatter: logging.Formatter) -> None:
    try:
        raise ValueError(TEXT)
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("stance", logging.ERROR, "", 0, "failed", None, info)
    line = formatter.format(record)
    assert "ValueError" in line
    assert "test_an_error_is_logged" in line
    assert "Moscow" not in line


def test_a_failure_is_answered_and_logged(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError(TEXT)

    with serving(lambda: scorer) as server:
        monkeypatch.setattr(scorer, "prepare", fail)
        reply = server.post(ARTICLES, {"articles": [{"text": TEXT}]})
    assert (reply.status, reply.code) == (500, "internal_error")
    (line,) = [JsonFormatter().format(one) for one in caplog.records if one.levelname == "ERROR"]
    assert json.loads(line)["request_id"] == reply.json["error"]["request_id"]
    assert "RuntimeError" in line
    assert "Moscow" not in line


@pytest.fixture(scope="module")
def guarded(scorer: Scorer) -> Iterator[LiveServer]:
    with serving(lambda: scorer, token=SECRET) as server:
        yield server


class TestToken:
    @pytest.mark.parametrize(
        "header",
        [None, "", "Bearer", "Bearer wrong", f"Basic {SECRET}", SECRET, f"Bearer {SECRET}x"],
    )
    @pytest.mark.parametrize("path", ["/v1/model", "/v1/articles", "/v1/%6Dodel", "/v1/nothing"])
    def test_without_it_nothing_is_answered(
        self, guarded: LiveServer, path: str, header: str | None
    ) -> None:
        headers = {} if header is None else {"Authorization": header}
        reply = guarded.get(path, **headers)
        assert (reply.status, reply.code) == (401, "unauthorized")
        assert reply.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize("kind", ["Bearer", "bearer"])
    def test_with_it_all_is(self, guarded: LiveServer, kind: str) -> None:
        assert guarded.get("/v1/model", Authorization=f"{kind} {SECRET}").status == 200

    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"])
    def test_operation_needs_none(self, guarded: LiveServer, path: str) -> None:
        assert guarded.get(path).status == 200


def test_scripts_of_other_sites_are_let_in_by_name_alone(scorer: Scorer, live: LiveServer) -> None:
    asked = {"Origin": "https://news.example", "Access_Control_Request_Method": "POST"}
    with serving(lambda: scorer, origins=["https://news.example"]) as server:
        for reply in (server.get("/healthz", **asked), server.post(ARTICLES, b"{", **asked)):
            assert reply.headers["access-control-allow-origin"] == "https://news.example"
        other = server.get("/healthz", Origin="https://evil.example")
        assert "access-control-allow-origin" not in other.headers
    assert not any(
        name.startswith("access-control") for name in live.get("/healthz", **asked).headers
    )


def test_the_documentation_needs_no_network(live: LiveServer) -> None:
    page = live.get("/docs").body.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(sources) >= 3
    assert all(live.get(source).status == 200 for source in sources)


def test_metrics_of_made_up_methods_stay_few() -> None:
    metrics = Metrics()
    for number in range(5):
        metrics.request(f"M{number}", "other", 404, 0.1)
    assert metrics.text().count(b"stance_requests_total{") == 1
