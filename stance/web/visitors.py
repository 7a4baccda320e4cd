"""What the server remembers of visitors: what `gr.State` holds, and for how long."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from gradio.routes import App
from gradio.state_holder import SessionState, StateHolder

from stance.web.layout import FORGET_SECONDS


class Session(SessionState):
    """One visitor, of whom only what is in a `gr.State` is kept.

    Gradio's own keeps the last value of every input and output besides, for deep links, which the
    page has not.
    """

    def _update_value_in_config(self, key: int, value: Any) -> None:  # noqa: ANN401
        """Keep nothing."""


class Visitors(StateHolder):
    """The visitors of the last `FORGET_SECONDS`, with the answers that they have not fetched."""

    def __getitem__(self, session_id: str) -> SessionState:
        """Return a visitor, who may be new."""
        if session_id not in self.session_data:
            self.session_data[session_id] = Session(self.blocks)
        return super().__getitem__(session_id)

    def delete_all_expired_state(self) -> None:
        """Forget values and visitors that are too old; Gradio calls this every second."""
        super().delete_all_expired_state()  # type: ignore[no-untyped-call]
        oldest = datetime.now() - timedelta(seconds=FORGET_SECONDS)
        for session, used in list(self.time_last_used.items()):
            if used < oldest:
                self.session_data.pop(session, None)
                self.time_last_used.pop(session, None)
        self._drop_unread()

    def _drop_unread(self) -> None:
        """Drop the answers to visitors who are forgotten, unless one is being made."""
        queue = self.blocks._queue
        unread = queue.pending_messages_per_session
        under_way = {event.session_hash for event in queue.event_ids_to_events.values()}
        for session in unread.keys() - self.session_data.keys() - under_way:
            del unread[session]


@asynccontextmanager
async def remembering(app: App) -> AsyncIterator[None]:
    """Keep visitors in a `Visitors` while a page is served."""
    app.state_holder = Visitors()  # type: ignore[no-untyped-call]
    app.state_holder.set_blocks(app.get_blocks())
    yield
