from __future__ import annotations

from stance.web.pictures import MAX_ROWS
from stance.web.summary import MAX_MEMBERS, counted, summary
from web.fakes import Page, scored


def test_counted() -> None:
    statements = [scored(), scored(speaker=None), scored("unrelated", 0.0, "Bo Reed")]
    assert counted(statements) == "3 statements by 2 speakers, 2 about US–Russia relations."


def test_summary_names_the_ends_and_lists_the_camps() -> None:
    words = Page(
        summary(
            [
                scored("favor", 0.6, "Ada Marsh"),
                scored("against", -0.7, "Bo Reed", side="russia", needs_review=True),
                scored("neutral", 0.1, "Cy Poe"),
            ]
        )
    ).text
    assert "Most favourable: Ada Marsh (+0.60)" in words
    assert "Most against: Bo Reed (−0.70 ?)" in words
    assert "Bo Reed Russia −0.70 ?" in words
    assert "not sure of 1 statement:" in words


def test_end_is_one_of_its_camp() -> None:
    words = Page(summary([scored("neutral", 0.4), scored("favor", 0.3, "Bo Reed")])).text
    assert "Most favourable: Bo Reed (+0.30)" in words


def test_summary_says_whose_it_is() -> None:
    page = Page(summary([scored()], "<b>Envoys</b> Meet"))
    assert page.text.startswith("<b>Envoys</b> Meet1 statement")
    assert "kicker" not in summary([scored()])


def test_nobody_is_named_without_a_leaning() -> None:
    words = Page(summary([scored("neutral", 0.1)])).text
    assert "Most" not in words
    assert "Nobody quoted here takes a clear side." in words
    assert words.count("no one") == 2
    assert "No named speaker takes a clear side." in Page(summary([scored(speaker=None)])).text


def test_unknown_speakers_are_counted_where_no_named_one_stands() -> None:
    unknown = [scored(speaker=None), scored(speaker=None), scored("neutral", 0.0, None)]
    words = Page(summary([*unknown, scored("against", -0.7, "Bo Reed")])).text
    assert words.count("no named speaker") == 2
    assert "no one" not in words
    assert "3 statements about the relations have no known speaker: 2 for, 1 neutral." in words
    words = Page(summary(unknown[:1])).text
    assert "1 statement about the relations has no known speaker: 1 for." in words


def test_article_about_something_else_has_no_camps() -> None:
    markup = summary([scored("unrelated", 0.0)])
    assert "camps" not in markup
    assert "none about US–Russia relations" in markup
    assert "note" not in markup
    assert "extremes" not in markup


def test_doubt_is_told_without_camps() -> None:
    words = Page(summary([scored("unrelated", 0.0, needs_review=True)])).text
    assert "not sure of 1 statement: read" in words
    assert "Scores go" not in words


def test_long_camps_are_cut() -> None:
    words = Page(summary([scored(speaker=f"Speaker {n}") for n in range(MAX_MEMBERS + 3)])).text
    assert "and 3 more" in words
    assert "most quoted" not in words


def test_picture_of_a_crowd_is_told_to_be_cut() -> None:
    crowd = [scored(speaker=f"Speaker {n}") for n in range(MAX_ROWS + 1)]
    assert f"the {MAX_ROWS} most quoted speakers" in summary(crowd)


def test_names_are_escaped() -> None:
    assert "<b>Ada</b> Marsh" not in summary([scored(speaker="<b>Ada</b> Marsh")])


def test_the_ends_of_the_camps_come_first() -> None:
    scores = {"Ada": 0.3, "Bo": 0.6, "Cy": -0.3, "Di": -0.6}
    statements = [
        scored("favor" if score > 0 else "against", score, name) for name, score in scores.items()
    ]
    words = Page(summary(statements)).text
    assert sorted(scores, key=words.rindex) == ["Bo", "Ada", "Di", "Cy"]
