"""What the server still knows of a visitor, and for how long."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from stance.records import Article
from stance.web.layout import FORGET_SECONDS
from stance.web.results import Result
from web.fakes import ENGLISH, FakeService, OpenPage, opened, scored

SERVICE = FakeService([scored(text=ENGLISH)])


def states(page: OpenPage) -> list[object]:
    """Return what the server keeps of the visitor as values."""
    return list(page.app.state_holder.session_data["visitor"].state_data.values())


def test_only_the_result_of_a_visitor_is_kept() -> None:
    async def visit() -> None:
        async with opened(SERVICE) as page:
            assert (await page.send("read_text", ENGLISH, "Envoys Meet", ""))["success"]
            assert [one for one in states(page) if isinstance(one, Result)]
            session = page.app.state_holder.session_data["visitor"]
            assert "We want a deal" not in str(session.config_values)
            assert "Envoys Meet" not in str(session.config_values)

    asyncio.run(visit())


def test_visitors_are_forgotten_with_what_they_did_not_fetch() -> None:
    async def visit() -> None:
        async with opened(SERVICE) as page:
            await page.send("read_text", ENGLISH, "", "")
            await page.send("read_text", ENGLISH, "", "", session="later")
            holder = page.app.state_holder
            unread = page.app.get_blocks()._queue.pending_messages_per_session
            unread["visitor"] = unread["later"] = asyncio.Queue()
            holder.time_last_used["visitor"] -= timedelta(seconds=FORGET_SECONDS + 1)
            holder.delete_all_expired_state()
            assert list(holder.session_data) == list(holder.time_last_used) == ["later"]
            assert list(unread) == ["later"]

    asyncio.run(visit())


def test_contexts_are_cut_from_the_article() -> None:
    context = ENGLISH[11:40]
    one = scored(text=ENGLISH, context=context)
    result = Result.of(Article(ENGLISH), [one])
    assert result.statements[0].context == ""
    assert list(result.whole()) == [one]
    assert result.statement(0) == one
    assert result.statement(1) is None
