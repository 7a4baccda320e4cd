from __future__ import annotations

from stance.evaluation.tables import aligned, figure_table, markdown

LINES = {
    "us": {"rows": 12, "accuracy": {"value": 0.5, "low": 0.25, "high": 0.75}, "pairs": None},
    "russia": {"rows": 3, "macro_f1": {"value": 1.0, "low": 1.0, "high": 1.0}},
}


def test_columns_are_those_that_a_line_has() -> None:
    assert figure_table("side", LINES) == [
        ["side", "rows", "macro-F1", "accuracy"],
        ["us", "12", "", "0.500 [0.250, 0.750]"],
        ["russia", "3", "1.000 [1.000, 1.000]", ""],
    ]


def test_the_same_table_for_a_terminal_and_for_markdown() -> None:
    table = figure_table("side", LINES)
    lines = aligned(table).splitlines()
    assert lines[0].index("rows") == lines[1].index("12") == lines[2].index("3")
    assert markdown(table).splitlines()[:3] == [
        "| side | rows | macro-F1 | accuracy |",
        "| --- | --- | --- | --- |",
        "| us | 12 |  | 0.500 [0.250, 0.750] |",
    ]
