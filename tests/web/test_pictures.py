from __future__ import annotations

import json
import re
import struct
from typing import Any
from xml.etree import ElementTree

import pytest

from stance.records import Article
from stance.web.looks import variables
from stance.web.pictures import (
    FILE_WIDTH,
    MAX_ROWS,
    Picture,
    along_picture,
    caption,
    picture_file,
    speakers_picture,
)
from web.fakes import TEXT, scored

STATEMENTS = [
    scored("against", -0.7, "Bo Reed", side="russia"),
    scored("favor", 0.6, needs_review=True),
    scored("neutral", 0.1),
    scored("unrelated", 0.0, "Cy Poe"),
]


def spec(picture: Picture | None) -> dict[str, Any]:
    assert picture is not None
    return dict(picture.to_dict())


def datasets(picture: Picture | None) -> list[list[dict[str, Any]]]:
    return list(spec(picture)["datasets"].values())


def test_speakers_have_a_row_each_with_side_and_mean() -> None:
    picture = speakers_picture(STATEMENTS)
    (rows,) = (rows for rows in datasets(picture) if len(rows) == 2 and "place" in rows[0])
    assert [(row["name"], row["note"]) for row in rows] == [
        ("Ada Marsh · US", "+0.35"),
        ("Bo Reed · Russia", "−0.70"),
    ]
    assert "Ada Marsh · US: +0.35; Bo Reed · Russia: −0.70" in spec(picture)["description"]


def test_only_means_of_several_statements_are_drawn() -> None:
    drawn = [
        row["mean"]
        for rows in datasets(speakers_picture(STATEMENTS))
        if len(rows) == 1
        for row in rows
        if row.get("mean") is not None
    ]
    assert drawn == [pytest.approx(0.35)]


def test_every_statement_is_along_the_article() -> None:
    (points,) = (
        rows for rows in datasets(along_picture(Article(TEXT), STATEMENTS)) if "at" in rows[0]
    )
    assert [point["score"] for point in points] == [-0.7, 0.6, 0.1, 0.0]
    assert {point["sure"] for point in points} == {True, False}


def test_unrelated_statement_is_on_the_middle_line_without_a_score() -> None:
    picture = along_picture(Article(TEXT), [scored("unrelated", -0.4)])
    (points,) = (rows for rows in datasets(picture) if "at" in rows[0])
    assert [(one["score"], one["shown"], one["told"]) for one in points] == [
        (0, "none", "Ada Marsh, unrelated to the relations")
    ]


def test_tooltips_have_titles_instead_of_names_of_fields() -> None:
    pictures = speakers_picture(STATEMENTS), along_picture(Article(TEXT), STATEMENTS)
    layers = [layer for picture in pictures for layer in spec(picture)["layer"]]
    tooltips = [one for layer in layers for one in layer.get("encoding", {}).get("tooltip", [])]
    assert {one["title"] for one in tooltips} == {"Speaker", "Stance", "Score", "Words", "Mean"}


def test_mean_is_above_the_signs_and_its_bar_ends_at_the_axis() -> None:
    said = [scored(), scored("favor", 0.9), scored("neutral", 0.1)]
    marks = [layer["mark"] for layer in spec(speakers_picture(said))["layer"]]
    (diamond,) = (mark for mark in marks if mark.get("shape") == "diamond")
    (signs,) = (mark for mark in marks if mark["type"] == "point" and mark != diamond)
    assert diamond["yOffset"] < signs["yOffset"]
    assert "butt" in [mark.get("strokeCap") for mark in marks]


def test_words_of_the_axes_are_off_the_signs_along_the_article() -> None:
    encodings = [
        layer["encoding"] for layer in spec(along_picture(Article(TEXT), STATEMENTS))["layer"]
    ]
    gaps = [
        one[at]["axis"]["offset"] for one in encodings for at in "xy" if "axis" in one.get(at, {})
    ]
    assert gaps
    assert min(gaps) > 0


def test_nothing_to_draw() -> None:
    assert speakers_picture([scored("unrelated", 0.0)]) is None
    assert along_picture(Article(TEXT), []) is None


def test_no_layer_is_empty_where_no_speaker_has_a_mean() -> None:
    picture = speakers_picture([scored(speaker="Jo Reed"), scored("against", -0.9, "Bo Reed")])
    assert all(datasets(picture))


def test_rows_are_limited_to_the_most_heard() -> None:
    crowd = [scored(speaker=f"Speaker {n}") for n in range(MAX_ROWS + 5)]
    picture = speakers_picture([*crowd, scored("against", -0.9, "Bo Reed"), *crowd[-3:]])
    names = {row["name"] for rows in datasets(picture) for row in rows if "name" in row}
    assert len(names) == MAX_ROWS
    assert f"Speaker {MAX_ROWS + 4} · US" in names


def test_colors_are_the_themes() -> None:
    pictures = speakers_picture(STATEMENTS), along_picture(Article(TEXT), STATEMENTS)
    colors = re.findall(r'"(#\w+)"', json.dumps([spec(picture) for picture in pictures]))
    assert colors
    assert set(colors) <= set(variables("light").values())


def test_svg_is_xml_with_the_names_as_text() -> None:
    picture = speakers_picture([scored(speaker="<script>alert(1)</script>")])
    assert picture is not None
    root = ElementTree.fromstring(picture_file(picture, "svg", ["Title & more"]))
    assert root.tag.endswith("svg")
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "<script>alert(1)</script> · US" in texts
    assert "Title & more" in texts
    assert not [element for element in root.iter() if element.tag.endswith("script")]


def test_file_says_what_it_is_of_and_who_labelled() -> None:
    article = Article(TEXT, source="invented example", date="2014")
    lines = caption(article, STATEMENTS)
    assert lines[0] == "Talks end · invented example · 2014"
    assert "■ neutral" in lines[1]
    assert "Labels by a model (fake 1), which is often wrong" in lines[2]
    picture = speakers_picture(STATEMENTS)
    assert picture is not None
    root = ElementTree.fromstring(picture_file(picture, "svg", lines))
    texts = [element.text for element in root.iter() if element.tag.endswith("tspan")]
    assert texts == lines


def test_article_without_origin_has_no_empty_line() -> None:
    assert len(caption(Article("“Yes,” she said."), STATEMENTS)) == 2


@pytest.mark.parametrize("odd", ["\0", "\x01", "\x0b", "\ud800", "\ufffe", "\uffff"])
def test_what_no_xml_can_hold_is_replaced(odd: str) -> None:
    picture = speakers_picture([scored(speaker=f"Ada{odd}Marsh")])
    assert picture is not None
    root = ElementTree.fromstring(picture_file(picture, "svg", [f"Talks{odd}end"]))
    texts = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert {"Ada\ufffdMarsh · US", "Talks\ufffdend"} <= set(texts)
    assert picture_file(picture, "png", [f"Talks{odd}end"]).startswith(b"\x89PNG")


def test_png_has_twice_the_width() -> None:
    picture = speakers_picture(STATEMENTS)
    assert picture is not None
    data = picture_file(picture, "png", caption(Article(TEXT), STATEMENTS))
    assert data.startswith(b"\x89PNG")
    assert struct.unpack(">I", data[16:20])[0] >= 2 * FILE_WIDTH
