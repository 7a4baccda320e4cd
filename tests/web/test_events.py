from __future__ import annotations

import asyncio

from web.fakes import FakeService, opened


def test_a_press_while_an_article_is_read_is_not_lost() -> None:
    async def mode() -> str | None:
        async with opened(FakeService()) as page:
            return page.app.get_blocks().fns[page.event("read_text")].trigger_mode

    assert asyncio.run(mode()) == "always_last"
