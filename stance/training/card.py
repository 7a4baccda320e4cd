"""The model card: what a model is for, what it was made from, how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import fill
from typing import Any

from stance.evaluation.tables import HEADINGS, cell, figure_table, markdown
from stance.model.spec import HEADS
from stance.model.store import DEFAULT_TARGET, Metadata

_WIDTH = 100
"""Characters in a line of the card."""

_FRONT = """---
library_name: stance
pipeline_tag: text-classification
language: en
license: apache-2.0
base_model: {base}
tags: [stance-detection, quotation, political-science, news]
---

# {name}

{scores}

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

{meant_for}

Before you publish a figure, code a sample of your own archive by the codebook of the labels:
`stance sample` draws it, and `stance estimate` corrects by it what the model counts, group by
group.

## Not meant for

- Judging a person, or any decision about one. A single label is wrong too often for that.
- Telling a speaker's private view: the label is about the quoted words alone.
- Rating an article or an outlet: who is quoted is the journalist's choice.
- Comparing groups in which the model errs unlike without correcting for it (see below): a
  difference between them may be one of errors.
- Languages other than English, and texts unlike news.

## Labels and training data

{labelled}
{labels}

## Measured quality

The quantised model on {quality_rows} development statements that training never saw, with 95 %
bootstrap intervals over articles:

{table}

Against labels of the same making: errors that the labels share with the model do not show here.
{more}"""

_SCORES = """Scores one quoted statement of a news article, read in its paragraph, for the
**stance** that its speaker takes toward {toward} ({stance}), for its **sentiment** ({sentiment})
and for the **side** of its speaker ({side})."""

_RELATIONS = "friendly, cooperative relations between the United States and Russia"

_MEANT_FOR = """- Describing how the people who are quoted in English-language news speak of
  {target}, in aggregates over many statements: over time, by country of the speaker, by outlet.
- Finding statements worth reading, such as all in an archive that {favor}."""

_LABELS = """The labels of the real statements, from US news of 2012 to 2020, some of them
reported without quotation marks, **were made by a language model** that read each item under a
codebook (`docs/codebook.md`); two such readers agree on 93 to 96 of 100 stances, which shows how
consistent they are, not how right. The invented statements were written and labelled by a language
model too. Texts that skew American, the years before 2021, and a model of this size: expect worse
on others."""

_NAMED_LABELS = """The labels are those of {files}: they mean what whoever labelled these rows says.
{base}{words}"""

_FROM_SHIPPED = """The model went on from {base}, whose labels **were made by a language model**
that read each item under a codebook; what it learned from them is still in it."""

_FROM_OTHER = """Fine-tuned from {base}; what that learned from, its own card tells."""

_WORDS = """ Its word model, for articles that do not concern Russia, is that of {base}."""

_OWN_LABELS = """What they mean is what the
codebook of whoever labelled them says. By that of the model that ships with stance, read for
{target}, a label is the position that the speaker takes in the quoted words alone:

| stance | the speaker |
| --- | --- |
| `favor` | wants, defends, praises or helps {target}: of two countries, friendly ones |
| `against` | opposes or damages {target}: accuses, threatens, condemns, or blames softness |
| `neutral` | speaks of {target} and takes no side: announces, explains, denies |
| `unrelated` | speaks of something else |

`sentiment` is the tone of the words, whatever their stance. `side` has the same values as in every
model of stance, {side}: people of a country that has none of its own are `other`.

Fine-tuned from {base}; what that learned from, its own card tells. The model reads every article,
also those that cannot concern {target}."""

_KEPT = """## When to trust a label

The rows that the model is surest of are right more often. If a person reads the least sure
statements and the model's label is taken for the rest, then {kept} of the development
statements can be left to the model with nine in ten of their stances right (in brackets, here and
below: the bounds of the 95 % interval)."""

_REVIEW = """The column `needs_review` marks a stance whose probability is below {below:.2f}. That
threshold was chosen on other labelled rows, so that {target} of the stances above it are right
there. On the development statements it leaves {kept} unmarked. Of these {accuracy} are right; of
those among them that are called favor, against or neutral, {related}. In an archive more is
unrelated and fewer statements are marked: expect no more than the last figure of the unmarked
ones that are not called unrelated."""

_NOTHING_KEPT = (
    """The column `needs_review` marks every stance: no threshold leaves {target} right."""
)

_GROUPS = """## Where it fails

Stance, on the same statements, one kind at a time. macro-F1 weighs every stance alike and
leaves out those that a group does not hold; groups differ in which stances they hold, so
compare them with care, and none that has fewer than some fifty rows. “Borderline” rows are
those that the labeller itself was unsure of.{samples}"""

_SAMPLES = """ “By keyword” is a sample of statements near a mention of Russia, “by ranker” one
picked to hold more talk of the relations."""

_SWAPS = """## The words or the person?

The same words were given to another speaker: the name was replaced wherever it stood outside
the quotation, and everything else was left. A reader who judges the words alone would change no
label when the speaker's country stays the same. When it changes, some labels change for a
reason: who accuses the other country from one side may speak of his own from the other."""

_CHALLENGE = """## Hard cases: {name}

Statements invented to be hard, apart from all training. Where they come in pairs of nearly the
same words, “pairs right” is the share of pairs of which both stances are right."""


def model_card(metadata: Metadata) -> str:
    """Return the card of a model as Markdown, with the hub's front matter."""
    return _FRONT.format(
        base=metadata.base_model,
        name=metadata.full_name,
        labelled=_labelled(metadata.training),
        quality_rows=metadata.quality["rows"],
        table=_table(metadata.quality),
        more="".join(f"\n{part}\n" for part in _parts(metadata.quality, metadata.gated)),
        **_about_target(metadata),
    )


def _labelled(training: Mapping[str, Any]) -> str:
    """Say how many rows the model learned from, and who labelled them."""
    rows = training["rows"]
    teacher = training.get("teacher", {}).get("settings", {}).get("base")
    larger = "a larger model" + (f", {teacher} fine-tuned on labelled rows," if teacher else "")
    more = (
        f", {rows['taught']:,} statements more that have no label but what {larger} says of them"
        " (distillation)"
        if rows.get("taught")
        else ""
    )
    polish = training.get("polish")
    last = ""
    if polish:
        files = ", ".join(polish["files"])
        last = f" It went on to learn {polish['rows']:,} more beside these ({files})."
    note = f" {training['note']}" if training.get("note") else ""
    return _filled(
        f"{rows['train']:,} labelled rows to learn from{more}, and {rows['calibration']:,} labelled"
        f" rows to calibrate with.{last}{note}"
    )


def learnt_files(training: Mapping[str, Any]) -> list[str]:
    """Return the names of the files whose labels a model learned from."""
    return [*training.get("files", ()), *training.get("polish", {}).get("files", ())]


def _are_shipped(files: Sequence[str]) -> bool:
    """Tell whether labels are those of scripts/data alone, or of these with invented rows."""
    real = [name for name in files if name.startswith("us_russia_")]
    return bool(real) and all(name.startswith(("us_russia_", "invented")) for name in files)


def _whose_labels(metadata: Metadata) -> str:
    """Say who made the labels toward the default target."""
    files = learnt_files(metadata.training)
    if _are_shipped(files):
        return _LABELS
    base = metadata.training.get("base", {})
    origin = _FROM_SHIPPED if _are_shipped(base.get("files", ())) else _FROM_OTHER
    words = _WORDS if base.get("words") else ""
    text = _NAMED_LABELS.format(
        files=", ".join(files),
        base=origin.format(base=metadata.base_model),
        words=words.format(base=metadata.base_model),
    )
    return _filled(text)


def _about_target(metadata: Metadata) -> dict[str, str]:
    """Return the texts that say what stances are toward, and whose labels they are."""
    ours = metadata.target == DEFAULT_TARGET
    heads = {head: ", ".join(labels) for head, labels in HEADS.items()}
    toward = _RELATIONS if ours else f"**{metadata.target}**"
    favor = "favor better relations" if ours else f"favor {metadata.target}"
    own = _OWN_LABELS.format(target=metadata.target, base=metadata.base_model, **heads)
    return {
        "scores": _filled(_SCORES.format(toward=toward, **heads)),
        "meant_for": _MEANT_FOR.format(target=metadata.target, favor=favor),
        "labels": _whose_labels(metadata) if ours else own,
    }


def _parts(quality: Mapping[str, Any], sampled: bool) -> Iterator[str]:
    """Yield what the card tells beyond the plain figures, as far as it was measured.

    `sampled` tells whether the groups may be those of the samples that the shipped labels are of.
    """
    if "kept" in quality.get("stance", {}):
        yield _filled(_KEPT.format(kept=_percent(quality["stance"]["kept"])))
    if review := quality.get("review"):
        yield _filled(_review(review))
    if groups := quality.get("groups"):
        yield _filled(_GROUPS.format(samples=_SAMPLES if sampled else ""))
        yield from _tables(groups)
    if swaps := quality.get("swaps"):
        yield _SWAPS
        yield markdown(figure_table("the speaker swapped for", swaps))
    for name, figures in quality.get("challenge", {}).items():
        yield _CHALLENGE.format(name=name)
        yield from _tables(figures)


def _filled(text: str) -> str:
    """Break the paragraphs below a heading into lines again, now that their figures are in."""
    parts = text.split("\n\n")
    return "\n\n".join(one if one.startswith("#") else fill(one, _WIDTH) for one in parts)


def _tables(dimensions: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    return (markdown(figure_table(name, groups)) for name, groups in dimensions.items())


def _review(figures: Mapping[str, Any]) -> str:
    target = f"{round(100 * figures['target'])} %"
    if "accuracy" not in figures:
        return _NOTHING_KEPT.format(target=target)
    return _REVIEW.format(
        target=target,
        below=figures["below"],
        kept=_percent(figures["kept"]),
        accuracy=_percent(figures["accuracy"]),
        related=_percent(figures["related"]) if "related" in figures else "none can be told",
    )


def _percent(figure: Mapping[str, float]) -> str:
    value, low, high = (round(100 * figure[name]) for name in ("value", "low", "high"))
    return f"{value} % ({low} to {high} %)"


def _table(quality: Mapping[str, Any]) -> str:
    lines = [["head", "figure", "value and 95 % interval"]]
    for head in HEADS:
        figures = quality.get(head)
        if figures is None:
            continue
        named = {HEADINGS[name]: figures[name] for name in ("macro_f1", "accuracy")}
        named |= {f"F1 of {label}": interval for label, interval in figures["f1"].items()}
        named[HEADINGS["ece"]] = figures["ece"]
        lines += [[head, name, cell(figure)] for name, figure in named.items()]
    return markdown(lines)
