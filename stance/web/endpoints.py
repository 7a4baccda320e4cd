"""The page's API, for `gradio_client` and plain HTTP: named end points beside the page's events."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from gradio.events import api

from stance.service.scoring import ScoringService
from stance.table import as_row
from stance.web import messages
from stance.web.guards import refusal
from stance.web.inputs import plain
from stance.web.reader import Reading, message_of, read


def add_endpoints(service: ScoringService, at_once: int) -> None:
    """Add `/score_article` and `/explain_statement` to the page that is being built."""

    async def score_article(text: str, title: str = "", date: str = "") -> list[dict[str, Any]]:
        """Score an article: one row per statement, with the columns of every output.

        Args:
            text: The article, plain text.
            title: Its headline, which the model reads along.
            date: Its date, which is passed through.
        """
        try:
            reading = await read(service, plain(text, title, date))
        except Exception as error:
            reading = Reading(None, message_of(error))
        if reading.result is None:
            raise refusal(reading.message or messages.FAILED)
        return [as_row(one) for one in reading.result.whole()]

    async def explain_statement(text: str, statement_id: str, title: str = "") -> dict[str, Any]:
        """Tell which words moved the stance score of one statement of an article.

        Args:
            text: The article, as it was scored.
            statement_id: The `statement_id` of a row that `/score_article` gave for it.
            title: Its headline, as it was scored.
        """
        try:
            explanation = await service.explain(plain(text, title, ""), statement_id)
        except KeyError:
            raise refusal(messages.NO_STATEMENT) from None
        except Exception as error:
            raise refusal(message_of(error)) from None
        return asdict(explanation)

    for endpoint in (score_article, explain_statement):
        api(endpoint, api_name=endpoint.__name__, concurrency_limit=at_once)
