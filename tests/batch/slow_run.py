"""`stance score` with a slow fake scorer, to be killed: SECONDS, then the command's arguments."""

from __future__ import annotations

import sys
from unittest.mock import patch

from batch.fakes import FakeLoader
from stance.cli import main


def run() -> None:
    loader = FakeLoader(seconds=float(sys.argv.pop(1)))
    with patch("stance.cli.score.ModelLoader", lambda *_, **__: loader):
        main()


if __name__ == "__main__":
    run()
