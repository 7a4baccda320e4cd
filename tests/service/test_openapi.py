from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from service.fakes import LiveServer

EXAMPLES = 15
"""Requests generated for each address and mode; docs/service.md has the line for thousands."""

OPERATIONS = [
    ("POST", "/v1/articles"),
    ("POST", "/v1/statements"),
    ("GET", "/v1/model"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
]


CASES = [
    (*operation, mode)
    for operation in OPERATIONS
    for mode in GenerationMode
    if operation[0] == "POST" or mode is GenerationMode.POSITIVE  # no input, nothing wrong with it
]


@pytest.fixture(scope="module")
def schema(live: LiveServer) -> schemathesis.BaseSchema:
    config = schemathesis.Config.from_path(Path(__file__).parents[2] / "schemathesis.toml")
    return schemathesis.openapi.from_url(
        f"http://127.0.0.1:{live.port}/openapi.json", config=config
    )


@pytest.mark.parametrize(("method", "path", "mode"), CASES)
def test_answers_are_as_documented(
    schema: schemathesis.BaseSchema, method: str, path: str, mode: GenerationMode
) -> None:
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def check(case: schemathesis.Case) -> None:
        case.call_and_validate()

    check()


def test_all_that_there_is_is_documented(live: LiveServer) -> None:
    document = json.loads(live.get("/openapi.json").body)
    found = [(m.upper(), path) for path, item in document["paths"].items() for m in item]
    assert sorted(found) == sorted(OPERATIONS)
    assert "HTTPValidationError" not in document["components"]["schemas"]
