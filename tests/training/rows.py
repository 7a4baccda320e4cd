"""Invented rows in the words of the tiny tokenizer, each without one label."""

from __future__ import annotations

from typing import Any

GOOD, BAD = "we want peace and trust with {}", "they are a bad enemy of {}"
PLACES = ("moscow", "america", "russia", "the bridge")
ROWS: list[dict[str, Any]] = [
    {"quote": GOOD.format(place), "speaker": "envoy", "stance": "favor", "sentiment": "positive"}
    for place in PLACES
] + [{"quote": BAD.format(place), "stance": "against", "side": "us"} for place in PLACES]
