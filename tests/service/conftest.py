from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import stance
from service.fakes import LiveServer, serving
from stance.records import Article
from stance.scorer import Scorer

EXAMPLES = Path(stance.__file__).parent / "web" / "examples"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def scorer() -> Scorer:
    return stance.load(threads=2)


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    paths = sorted(EXAMPLES.glob("*.txt"))
    return [Article(path.read_text(encoding="utf-8"), path.name) for path in paths]


@pytest.fixture(scope="session")
def live(scorer: Scorer) -> Iterator[LiveServer]:
    """One server for every test that leaves it as it was."""
    with serving(lambda: scorer) as server:
        yield server
