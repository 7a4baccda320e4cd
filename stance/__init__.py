"""Who said what about US–Russia relations in the news, and where they stand.

import stance

scorer = stance.load()
for s in scorer.score_article(text).statements:
    print(s.speaker, s.stance, s.stance_score, s.quote)
"""

from typing import TYPE_CHECKING, Any

from stance._version import __version__
from stance.errors import ArticleError, InputError, ModelError, OutputError, StanceError
from stance.records import Article, ScoredStatement, Speaker, Statement, StatementScore

if TYPE_CHECKING:
    from stance.scorer import ArticleResult, Scorer, load

__all__ = [
    "Article",
    "ArticleError",
    "ArticleResult",
    "InputError",
    "ModelError",
    "OutputError",
    "ScoredStatement",
    "Scorer",
    "Speaker",
    "StanceError",
    "Statement",
    "StatementScore",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import the scorer and its engine when first asked for: `stance --help` needs neither."""
    if name in ("ArticleResult", "Scorer", "load"):
        from stance import scorer  # noqa: PLC0415

        return getattr(scorer, name)
    raise AttributeError(f"module 'stance' has no attribute {name!r}")
