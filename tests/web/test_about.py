from __future__ import annotations

import stance
from stance.web.about import about
from stance.web.sections import masthead
from web.fakes import Page


def test_figures_are_the_models() -> None:
    described = stance.load(threads=1).describe()
    words = Page(about(described)).text
    quality = described["quality"]
    assert f"{quality['stance']['accuracy']['value']:.0%}" in words
    assert f"{quality['sentiment']['accuracy']['value']:.0%}" in words
    assert f"{quality['rows']:,} statements" in words
    assert f"{described['name']} {described['version']}" in words
    for label, figure in quality["stance"]["f1"].items():
        assert f"{figure['value']:.0%}" in words, label


def test_unmeasured_model_says_so() -> None:
    words = Page(about({"name": "<own>", "version": "1", "quality": None})).text
    assert "has not been measured" in words
    assert "<own> 1" in words


def test_limits_are_told() -> None:
    words = Page(about({})).text
    for expected in ("language model", "judge a person", "English"):
        assert expected in words


def test_head_says_how_often_the_model_is_wrong() -> None:
    quality = {"stance": {"accuracy": {"value": 0.7815}}}
    assert "about 22 of 100 are wrong" in Page(masthead({"quality": quality})).text
    assert "often they are wrong" in Page(masthead({"quality": None})).text


def test_head_links_to_how_it_works() -> None:
    (link,) = Page(masthead({})).all("a")
    assert (link["href"] or "").removeprefix("#") in [
        one.get("id") for one in Page(about({})).all("h3")
    ]
