"""The model card: what a model is for, what it was made from, how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stance.model.spec import HEADS
from stance.model.store import Metadata

_FRONT = """---
library_name: stance
pipeline_tag: text-classification
language: en
license: apache-2.0
base_model: {base}
tags: [stance-detection, quotation, political-science, news]
---

# {name}

Scores one quoted statement of a news article, read in its paragraph, for the **stance** that its
speaker takes toward friendly, cooperative relations between the United States and Russia
({stance}), for its **sentiment** ({sentiment}) and for the **side** of its speaker ({side}).

## Use

```python
import stance

scorer = stance.load()  # or stance.load("folder of this model")
for s in scorer.score_article(text).statements:
    print(s.speaker, s.stance, s.stance_score, s.quote)
```

With `import stance.model.modeling`, `transformers.AutoModel.from_pretrained(folder)` loads the
torch weights where the folder holds `model.safetensors`.

## Meant for

Describing how the people who are quoted in English-language news speak of US–Russia relations, in
aggregates over many statements, with a person reading a sample of the rows.

## Not meant for

- Judging a person, or any decision about one. A single label is wrong too often for that.
- Telling a speaker's private view: the label is about the quoted words alone.
- Rating an article or an outlet: who is quoted is the journalist's choice.
- Languages other than English, and texts unlike news.

## Labels and training data

{rows[train]} labelled rows to learn from and {rows[calibration]} more to calibrate with. The labels
of the real statements, from US news of 2012 to 2020, **were made by a language model** that read
each item under a codebook; two such readers agree on 96 of 100 stances, which shows how consistent
they are, not how right. The invented statements were written and labelled by a language model too.
Texts that skew American, the years before 2021, and a model of this size: expect worse on others.

## Measured quality

The quantised model on {quality_rows} development statements that training never saw, with 95 %
bootstrap intervals over articles:

{table}

Against labels of the same making: errors that the labels share with the model do not show here.
"""


def model_card(metadata: Metadata) -> str:
    """Return the card of a model as Markdown, with the hub's front matter."""
    return _FRONT.format(
        base=metadata.base_model,
        name=metadata.full_name,
        rows=metadata.training["rows"],
        quality_rows=metadata.quality["rows"],
        table=_table(metadata.quality),
        **{head: ", ".join(labels) for head, labels in HEADS.items()},
    )


def _table(quality: Mapping[str, Any]) -> str:
    lines = ["| head | figure | value | 95 % interval |", "| --- | --- | --- | --- |"]
    for head in HEADS:
        figures = quality.get(head)
        if figures is None:
            continue
        named = {"macro-F1": figures["macro_f1"], "accuracy": figures["accuracy"]}
        named |= {f"F1 of {label}": interval for label, interval in figures["f1"].items()}
        named["calibration error (ECE)"] = figures["ece"]
        lines += [
            f"| {head} | {name} | {i['value']:.3f} | {i['low']:.3f} to {i['high']:.3f} |"
            for name, i in named.items()
        ]
    return "\n".join(lines)
