"""What simple methods reach on the same rows: a model has to beat these to be worth its cost.

Rows are mappings with the columns of the training files; each function returns one label a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from stance.errors import InputError
from stance.labelled import Row

VADER_THRESHOLD = 0.05
"""Compound scores nearer to 0 than this are neutral: the value that VADER's authors recommend."""


def majority_labels(train: Sequence[Row], rows: Sequence[Row], task: str) -> list[str]:
    """Return the commonest label of `train` for every row.

    Raises:
        ValueError: `train` is empty.
    """
    if not train:
        raise ValueError("no training rows to take the commonest label from")
    label, _ = Counter(str(row[task]) for row in train).most_common(1)[0]
    return [label] * len(rows)


def vader_labels(rows: Sequence[Row]) -> list[str]:
    """Return the sentiment of each row's quote by VADER's lexicon (Hutto & Gilbert 2014)."""
    analyzer = SentimentIntensityAnalyzer()
    return [_sentiment(analyzer.polarity_scores(row["quote"])["compound"]) for row in rows]


def tfidf_labels(train: Sequence[Row], rows: Sequence[Row], task: str) -> list[str]:
    """Return the labels of a logistic regression over TF-IDF of the quote and its paragraph.

    Terms are one and two words; classes weigh the same whatever their size. Stance macro-F1 in
    three folds over the articles of `us_russia_train`: 0.486 with quote and paragraph in one text,
    0.474 with separate terms for each; the regression's C (1, 3, 10) moves it by 0.002.

    Raises:
        InputError: `train` holds fewer than two labels of `task`, or no term twice.
    """
    if not rows:
        return []
    pipeline = _tfidf_regression()
    try:
        pipeline.fit([_text(row) for row in train], [str(row[task]) for row in train])
    except ValueError as error:
        raise InputError(f"{len(train)} rows are too few to learn {task} from") from error
    return [str(label) for label in pipeline.predict([_text(row) for row in rows])]


def _tfidf_regression() -> Pipeline:
    terms = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    regression = LogisticRegression(class_weight="balanced", max_iter=1000)
    return make_pipeline(terms, regression)


def _text(row: Row) -> str:
    return f"{row['quote']}\n{row.get('paragraph') or row.get('context') or ''}"


def _sentiment(compound: float) -> str:
    if compound >= VADER_THRESHOLD:
        return "positive"
    return "negative" if compound <= -VADER_THRESHOLD else "neutral"
