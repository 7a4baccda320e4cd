"""Leave-one-out attributions agree with the model. All texts are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stance
from stance.explain import GAP, MAX_WORDS, Explanation, Question, _without, _words, explain
from stance.model.inputs import StatementText
from stance.records import Article, ScoredStatement
from stance.scorer import Scorer

ARTICLE = Article(
    "The Senate heard two views of Moscow on Tuesday.\n\n"
    '"We should work with Russia on arms control, because both nations gain from it," '
    "said Senator Ana Holt.\n\n"
    '"Moscow cannot be trusted, and any deal with the Kremlin rewards its aggression," '
    "said Senator Carl Dunne. "
    '"Sanctions must stay until the last soldier has left."\n\n'
    '"A summit with the Russian president would be a wise and welcome step," Ms. Holt replied.',
    title="Senators divided over Russia",
)


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return stance.load(threads=2)


@pytest.fixture(scope="module")
def explained(scorer: Scorer) -> list[tuple[ScoredStatement, Explanation]]:
    rows = scorer.score_batch([ARTICLE])[0]
    return [(row, explain(scorer, ARTICLE, row.statement_id)) for row in rows]


def test_words_are_those_of_the_article(
    explained: list[tuple[ScoredStatement, Explanation]],
) -> None:
    assert len(explained) == 3
    for row, why in explained:
        assert why.statement_id == row.statement_id
        assert why.score == pytest.approx(row.stance_score, abs=1e-6)
        quoted = [ARTICLE.text[w.start : w.end] for w in why.words if w.quoted]
        assert quoted[0] == row.quote.split()[0]
        assert quoted[-1] == row.quote.rstrip(".,").split()[-1]
        assert set(why.surroundings) == {"speaker", "title", "previous"}


def test_an_effect_is_what_leaving_the_word_out_does(
    scorer: Scorer, explained: list[tuple[ScoredStatement, Explanation]]
) -> None:
    row, why = explained[0]
    word = next(w for w in why.words if ARTICLE.text[w.start : w.end] == "gain")
    shorter = Article(ARTICLE.text[: word.start] + ARTICLE.text[word.end :], title=ARTICLE.title)
    (without, *_) = scorer.score_batch([shorter])[0]
    assert without.start == row.start
    assert word.effect == pytest.approx(row.stance_score - without.stance_score, abs=1e-6)


def test_words_said_to_matter_move_the_score_more_than_others(
    scorer: Scorer, explained: list[tuple[ScoredStatement, Explanation]]
) -> None:
    """Comprehensiveness (DeYoung et al., 2020): drop the top words, then as many of the rest."""
    by_rank = {"most": 0.0, "least": 0.0}
    for row, why in explained:
        quoted = sorted((w for w in why.words if w.quoted), key=lambda w: -abs(w.effect))
        count = len(quoted) // 4
        for rank, words in (("most", quoted[:count]), ("least", quoted[-count:])):
            quote = list(ARTICLE.text)
            for word in words:
                quote[word.start : word.end] = " " * (word.end - word.start)
            changed = Article("".join(quote), title=ARTICLE.title)
            found = {one.start: one for one in scorer.score_batch([changed])[0]}
            near = min(found, key=lambda start: abs(start - row.start))
            by_rank[rank] += abs(row.stance_score - found[near].stance_score)
    assert by_rank["most"] > 3 * by_rank["least"]


def test_an_article_without_either_country_has_no_explanation(scorer: Scorer) -> None:
    article = Article('"The levee will hold," said Mayor June Abbot of the river town.')
    (row,) = scorer.score_batch([article])[0]
    why = explain(scorer, article, row.statement_id)
    assert why == Explanation(row.statement_id, 0.0, (), {})
    assert Question.of(scorer, scorer.prepare(article), row.statement_id).encoded == []


def test_an_unknown_statement_is_an_error(scorer: Scorer) -> None:
    with pytest.raises(KeyError):
        explain(scorer, ARTICLE, "0-1-2")


def test_a_quoted_piece_of_one_word_leaves_a_gap() -> None:
    text = StatementText('He called it "Madness!" and left.', ((14, 22),))
    without = _without(text, (14, 21))
    assert without.context == f'He called it "{GAP}!" and left.'
    assert without.context[slice(*without.pieces[0])] == f"{GAP}!"


@settings(max_examples=60, deadline=None)
@given(st.text("ab .'-\n", max_size=60), st.data())
def test_the_other_words_stay(context: str, data: st.DataObject) -> None:
    context = f"x {context} y"
    start = data.draw(st.integers(0, len(context) - 1))
    end = data.draw(st.integers(start + 1, len(context)))
    text = StatementText(context, ((start, end),))
    words = _words(text)
    assert 2 <= len(words) <= MAX_WORDS
    for (a, b), _ in words:
        without = _without(text, (a, b))
        ((piece_start, piece_end),) = without.pieces
        assert 0 <= piece_start <= piece_end <= len(without.context)
        assert without.context.replace(GAP, "") == context[:a] + context[b:]
        if b <= start:
            assert without.context[piece_start:piece_end] == context[start:end]
