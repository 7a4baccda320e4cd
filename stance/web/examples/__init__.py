"""The example articles of the page; all of them are invented (README.md beside this file)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from stance.records import Article
from stance.web.inputs import from_file

FOLDER = Path(__file__).parent

SOURCE = "invented example"
"""The source of every example, so that files and pictures made of it say what it is."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example article: its file here, and what its button says.

    `voices` tells whose words the article mostly reports.
    """

    file: str
    year: int
    title: str
    voices: str

    @property
    def path(self) -> Path:
        """Where the article is."""
        return FOLDER / self.file

    def article(self) -> Article:
        """Read the article."""
        return replace(from_file(self.path), source=SOURCE)


EXAMPLES = (
    Example("2014-09-sanctions-hearing.txt", 2014, "The sanctions hearing", "mostly US voices"),
    Example("2025-03-ceasefire-channel.txt", 2025, "A quiet channel", "US, Russia, Ukraine"),
    Example("1983-11-geneva-walkout.txt", 1983, "Walkout in Geneva", "US and Soviet voices"),
    Example("1987-12-treaty-signed.txt", 1987, "A class of missiles gone", "US and Soviet voices"),
    Example("1994-06-station-partners.txt", 1994, "Sharing a workbench", "engineers of both"),
    Example("2002-05-london-eye-on-moscow.txt", 2002, "London watches", "British and Russian"),
    Example("2009-07-reset-button.html", 2009, "A reset in small print", "both; a web page"),
    Example("2023-04-river-town-levee.txt", 2023, "The levee vote", "nothing about Russia"),
)
"""The first one is there when the page opens."""
