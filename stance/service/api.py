"""The HTTP API: its addresses, what they answer, and their errors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from fastapi_offline import FastAPIOffline
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from stance._version import __version__
from stance.errors import ArticleError
from stance.records import Article, ScoredStatement, score_columns
from stance.scorer import article_id
from stance.service import schemas
from stance.service.metrics import Metrics
from stance.service.problems import CODES, HttpError, busy
from stance.service.scoring import BusyError, ScoringService
from stance.table import as_row

ADDRESSES = ("/v1/", "/healthz", "/readyz", "/metrics", "/docs", "/openapi.json", "/docs-static/")
"""What the addresses of the API begin with; all others are the page's."""

GUARDED = "/v1/"
"""What the addresses begin with that need the token, where one is set."""

ERRORS_SHOWN = 3
"""Faults of one body that an answer tells."""

DESCRIPTION = """\
Finds the quoted statements in news articles, works out who says them, and scores each for its
stance toward the target of the model, which `/v1/model` names (US–Russia relations for the one that
ships), and for its sentiment. Every error has the same shape, and every answer the header
`X-Request-ID`.
"""


class Backend(Protocol):
    """What the API needs of the server around it."""

    def service(self) -> ScoringService:
        """Return the service, or raise a 503 `HttpError` while there is none."""

    def check_ready(self) -> None:
        """Raise a 503 `HttpError` when new work should not be sent here."""

    def lifespan(self, app: FastAPI) -> AbstractAsyncContextManager[None]:
        """Run from the start of the application to its end."""


def create_api(backend: Backend, metrics: Metrics, *, guarded: bool) -> FastAPI:
    """Return the API as an application; `guarded` tells that addresses under /v1 need a token."""
    app = FastAPIOffline(
        title="stance",
        version=__version__,
        description=DESCRIPTION,
        redoc_url=None,
        static_url="/docs-static",
        lifespan=backend.lifespan,
        telemetry={"tracing": False},
    )
    add_operations(app, backend, metrics)
    app.include_router(scoring_router(backend, metrics, guarded=guarded))
    app.add_exception_handler(HttpError, problem_answer)
    app.add_exception_handler(BusyError, busy_answer)
    app.add_exception_handler(TimeoutError, timeout_answer)
    app.add_exception_handler(RequestValidationError, invalid_answer)
    app.add_exception_handler(HTTPException, http_answer)
    app.add_exception_handler(Exception, failure_answer)
    return app


def errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the errors that an address may answer with."""
    return {
        status: {"model": schemas.ErrorAnswer, "description": CODES[status][1]}
        for status in statuses
    }


def scoring_router(backend: Backend, metrics: Metrics, *, guarded: bool) -> APIRouter:
    """Return the addresses under /v1."""
    router = APIRouter(
        prefix="/v1",
        tags=["scoring"],
        dependencies=[Depends(HTTPBearer(auto_error=False))] if guarded else [],
        responses=errors(401, 503) if guarded else errors(503),
    )
    post_errors = errors(400, 408, 413, 415, 422, 500, 504)

    @router.post("/articles", response_model=schemas.ArticlesAnswer, responses=post_errors)
    async def score_articles(body: schemas.ArticlesInput, request: Request) -> Response:
        """Find, attribute and score every quoted statement of some articles.

        An article that cannot be used has an `error` instead of statements; the others are scored
        all the same.
        """
        articles = [one.article() for one in body.articles]
        outcomes = await backend.service().score_articles(articles)
        found = [article_answer(*pair) for pair in zip(articles, outcomes, strict=True)]
        count(request, metrics, len(articles), sum(len(one["statements"]) for one in found))
        return json_response({"articles": found})

    @router.post("/statements", response_model=schemas.StatementsAnswer, responses=post_errors)
    async def score_statements(body: schemas.StatementsInput, request: Request) -> Response:
        """Score quotes that are already known, each with its paragraph and speaker if given."""
        quotes = body.statements
        scores = await backend.service().score_statements(
            [one.quote for one in quotes],
            [one.context for one in quotes],
            [one.speaker for one in quotes],
        )
        count(request, metrics, 0, len(quotes))
        pairs = zip(quotes, scores, strict=True)
        return json_response(
            {"statements": [one.model_dump() | score_columns(s) for one, s in pairs]}
        )

    @router.get("/model", response_model=schemas.ModelAnswer)
    async def model() -> Response:
        """Tell which model is loaded, what it was made from and how good it is."""
        return json_response(backend.service().scorer.describe())

    return router


def add_operations(app: FastAPI, backend: Backend, metrics: Metrics) -> None:
    """Add the addresses for those who run the service."""

    @app.get("/healthz", tags=["operation"])
    async def health() -> schemas.Health:
        """Answer as long as the process lives."""
        return schemas.Health(status="ok")

    @app.get("/readyz", tags=["operation"], responses=errors(503))
    async def ready() -> schemas.Health:
        """Answer 200 from when the model is loaded and warm until the service is told to stop."""
        backend.check_ready()
        return schemas.Health(status="ready")

    @app.get("/metrics", tags=["operation"], response_class=PrometheusText)
    async def metrics_text() -> Response:
        """Show counts and times in Prometheus's text format."""
        return PrometheusText(metrics.text())


class PrometheusText(Response):
    """Metrics in Prometheus's text format."""

    media_type = CONTENT_TYPE_LATEST


def article_answer(
    article: Article, outcome: Sequence[ScoredStatement] | ArticleError
) -> dict[str, Any]:
    """Return what the answer says of one article: its rows, or why it has none."""
    if isinstance(outcome, ArticleError):
        error = {"code": "unusable_article", "message": str(outcome)}
        return {"id": article_id(article), "statements": [], "error": error}
    rows = [as_row(statement) for statement in outcome]
    return {"id": article_id(article), "statements": rows, "error": None}


def json_response(content: Mapping[str, object]) -> Response:
    """Return JSON as the other outputs write it."""
    body = json.dumps(content, ensure_ascii=False).encode()
    return Response(body, media_type="application/json")


def count(request: Request, metrics: Metrics, articles: int, statements: int) -> None:
    """Account for what an answer holds, in the metrics and in the request's line of the log."""
    metrics.scored(articles, statements)
    request.state.articles = articles
    request.state.statements = statements


async def problem_answer(request: Request, error: Exception) -> Response:
    """Answer a request that met a `HttpError`."""
    assert isinstance(error, HttpError)
    return error.response(request.scope)


async def busy_answer(request: Request, error: Exception) -> Response:
    """Answer a request that was not taken on."""
    assert isinstance(error, BusyError)
    return busy(str(error), error.retry_after).response(request.scope)


async def timeout_answer(request: Request, _: Exception) -> Response:
    """Answer a request that took too long."""
    message = "scoring took too long and was given up; send less at once, or try again later"
    return HttpError(504, message).response(request.scope)


async def failure_answer(request: Request, _: Exception) -> Response:
    """Answer a request that the service failed at; the error goes on to the log."""
    return HttpError(500, "something went wrong here").response(request.scope)


async def http_answer(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: unknown addresses and methods, bodies beyond reading."""
    assert isinstance(error, HTTPException)
    status = error.status_code if error.status_code in CODES else 400
    message = {
        400: "the body is not JSON in UTF-8, or too deeply nested",
        404: "there is nothing at this address; /docs lists what there is",
    }.get(status, CODES[status][1])
    return HttpError(status, message, error.headers or {}).response(request.scope)


async def invalid_answer(request: Request, error: Exception) -> Response:
    """Answer a body that is no JSON, or has not the form that is asked for."""
    assert isinstance(error, RequestValidationError)
    return problem_with(error).response(request.scope)


def problem_with(error: RequestValidationError) -> HttpError:
    """Return what to tell of a body that did not pass, without quoting its values."""
    faults = error.errors()
    first = faults[0]
    if first["type"] == "json_invalid":
        reason, position = first["ctx"]["error"], first["loc"][-1]
        return HttpError(400, f"the body is not JSON: {reason} (character {position})")
    if isinstance(error.body, bytes) and error.body:
        return HttpError(415, "the body needs the header 'Content-Type: application/json'")
    told = [f"{place(one['loc'])}: {one['msg']}" for one in faults[:ERRORS_SHOWN]]
    more = len(faults) - len(told)
    return HttpError(422, "; ".join(told) + (f"; and {more} more" if more else ""))


def place(location: Sequence[str | int]) -> str:
    """Return where in a body a fault is, such as `articles[3].text`."""
    return "".join(_steps(location[1:])) or "body"


def _steps(location: Sequence[str | int]) -> Iterator[str]:
    for index, step in enumerate(location):
        if isinstance(step, int):
            yield f"[{step}]"
        else:
            yield f".{step[:80]}" if index else step[:80]
