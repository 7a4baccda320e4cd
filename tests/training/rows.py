"""Invented rows in the words of the tiny tokenizer, each without one label."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

GOOD, BAD = "we want peace and trust with {}", "they are a bad enemy of {}"
PLACES = ("moscow", "america", "russia", "the bridge")
ROWS: list[dict[str, Any]] = [
    {"quote": GOOD.format(place), "speaker": "envoy", "stance": "favor", "sentiment": "positive"}
    for place in PLACES
] + [{"quote": BAD.format(place), "stance": "against", "side": "us"} for place in PLACES]
ARTICLES: list[dict[str, Any]] = [
    {
        "id": "a1",
        "text": "MOSCOW — “We want trust with America,” said Ada Quill, the envoy.\n\n"
        "“They are a bad enemy,” said Senator Bo Reed.",
    },
    {"id": "a2", "text": "“We want bread,” said a baker in Ohio."},
    {"id": "a3", "text": "“Russia is a friend of the river,” said Ada Quill."},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
