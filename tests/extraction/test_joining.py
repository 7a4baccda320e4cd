from __future__ import annotations

import pytest

from stance.extraction import find_statements


def quotes(text: str) -> list[str]:
    return [statement.quote(text) for statement in find_statements(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” he said. “We go home now.”", ["It is late, … We go home now."]),
        (
            "“It is late,” said Oleg Brant, head of the port council, a body that few people know, "
            "on Friday. “We go home now.”",
            ["It is late, … We go home now."],
        ),
        (
            "The harbor is “as good as closed” and “will stay so,” Quill said. “Go elsewhere.”",
            ["as good as closed … will stay so, … Go elsewhere."],
        ),
        (
            "Quill said that talks “may take a while,” but added that both sides “could agree.”",
            ["may take a while, … could agree."],
        ),
        (
            "“We go home,” Quill told “The Evening Hour.” “We are tired of all this waiting.”",
            ["We go home, … We are tired of all this waiting."],
        ),
        (
            "“We waited all day,” she said. But “nobody came.”",
            ["We waited all day, … nobody came."],
        ),
        (
            "“We go home,” Quill said. “No, you stay right here,” Brant answered.",
            ["We go home,", "No, you stay right here,"],
        ),
        (
            "“We go home now.” Brant said: “No, you stay right here.”",
            ["We go home now.", "No, you stay right here."],
        ),
        (
            "Quill wants “to go home right now,” while Brant said “nobody goes anywhere today.”",
            ["to go home right now,", "nobody goes anywhere today."],
        ),
        (
            "“We go home,” Quill said. Oleg Brant called it “a retreat and nothing more.”",
            ["We go home,", "a retreat and nothing more."],
        ),
        (
            "Quill said it was “a gift to us.” Asked if she agreed, Oleg Brant said, “Not at all.”",
            ["a gift to us.", "Not at all."],
        ),
        (
            "Foreign Minister Jane Roe called it “bad.” Foreign Minister Doe said “it is fine.”",
            ["bad.", "it is fine."],
        ),
        (
            "The port's Trade Ministry called it “a bad deal.” The Trade Ministry said “it sinks.”",
            ["a bad deal. … it sinks."],
        ),
        (
            "“Do you trust him at all?” a reporter asked. “No, I do not,” Oleg Brant said.",
            ["Do you trust him at all?", "No, I do not,"],
        ),
        (
            "Quill spoke of “an open door,” which Brant mocked as “a revolving one.”",
            ["an open door,", "a revolving one."],
        ),
        (
            "Quill spoke of “an open door,” with Oleg Brant calling it “a revolving one.”",
            ["an open door,", "a revolving one."],
        ),
        (
            "“We go home,” Quill said. The talks began in the rain. “It was a long day.”",
            ["We go home,", "It was a long day."],
        ),
        (
            "It was a “long day” for the port. “We go home now,” Quill said.",
            ["long day … We go home now,"],
        ),
        (
            "“We go home,” Quill said. The old harbor was then “closed for the night.”",
            ["We go home,", "closed for the night."],
        ),
        (
            "“We go home,” Quill told him. He replied: “No, you stay right here.”",
            ["We go home,", "No, you stay right here."],
        ),
        (
            f"“We go home,” said Oleg Brant, {'head of the port, ' * 20}on Friday. “We are tired.”",
            ["We go home,", "We are tired."],
        ),
    ],
)
def test_pieces_belong_together_while_the_speaker_goes_on(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected
