"""From base models to a model folder, as a recipe says: teachers, distillation, the student."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from transformers import AutoTokenizer

from stance._version import __version__
from stance.errors import InputError
from stance.evaluation.articles import read_articles
from stance.labelled import Row, articles_of, read_rows, split_for_training
from stance.model.calibration import uncalibrated
from stance.model.inputs import InputEncoder
from stance.model.restore import load_torch_model
from stance.model.spec import HEADS, InputSpec
from stance.model.store import DEFAULT_TARGET, TOKENIZER_CONFIG_FILE, Metadata, write_metadata
from stance.training.finish import Base, Rows, finish, model_name, read_base
from stance.training.recipe import STUDENT, Recipe, Stage
from stance.training.run import (
    CHECKPOINTS,
    Settings,
    Trained,
    backend,
    load_mean,
    train,
    train_average,
)
from stance.training.teach import taught, thinned, unlabelled_rows

DISTILLED = "distilled.jsonl.gz"
"""File in the model folder with what the teachers say. It stays, as `teacher-*` do: they are most
of the work, and another student can learn from its rows."""

NOTE = "run.json"
"""File in the model folder that tells one run from another. It stays as long as the parts do."""

_PARTS = (CHECKPOINTS, DISTILLED, STUDENT, "teacher-*")
"""What a run leaves in the model folder for the same run to go on from."""


def follow(recipe: Recipe, out: Path) -> Metadata:
    """Train what a recipe says and write the model folder `out`.

    What is done stays in `out` until the end, so that the same call goes on after a kill.

    Raises:
        InputError: A file cannot be read, or there are no rows to learn from, to calibrate with
            or to report on; or `out` holds parts of another run.
    """
    base = read_base(Path(recipe.student.settings.base), recipe.target)
    dev = read_rows([recipe.dev])
    kept, calibration = _split(recipe.student, recipe)
    if not kept or not calibration or not dev:
        raise InputError("training needs rows to learn from, to calibrate with and to report on")
    teaching = [] if recipe.teacher is None else _split(recipe.teacher, recipe)[0]
    new = [] if recipe.polish is None else _new_rows(recipe.polish, calibration)
    claim(out, _digest(recipe, [kept, calibration, dev, teaching, new]))
    challenge = {path.name: read_rows([path]) for path in recipe.challenge}
    rows = Rows(kept, calibration, dev, challenge)
    if recipe.teacher is not None:
        rows = replace(rows, train=_distilled(recipe, recipe.teacher, teaching, rows, out))
    metadata = _metadata(recipe, rows, len(new), base)
    if recipe.polish is None:
        trained = train_average(recipe.student.runs(), rows.train, dev, out)
    else:
        trained = _polished(recipe, recipe.polish, rows, new, out, metadata)
    return finish(trained, rows, out, metadata, base)


def _metadata(recipe: Recipe, rows: Rows, new: int, base: Base | None) -> Metadata:
    """Return what is known of a model before it is measured: what it is and how it was made.

    `new` counts the rows that polishing adds.
    """
    stages = {"teacher": recipe.teacher, "polish": recipe.polish}
    more = {name: stage.record() for name, stage in stages.items() if stage is not None}
    if recipe.polish is not None:
        more["polish"] |= {"share": recipe.polish_share, "rows": new}
    if base is not None:
        more["base"] = base.record()
    return Metadata(
        name=recipe.name or model_name(recipe.target),
        version=__version__,
        base_model=recipe.student.base_name,
        temperatures=uncalibrated() if base is None else base.metadata.temperatures,
        lexical_temperatures=None if base is None else base.word_temperatures,
        target=recipe.target,
        training=recipe.student.record() | {"rows": rows.counts()} | more,
    )


def claim(out: Path, run: str) -> None:
    """Note what run a folder is of; raise `InputError` where it holds parts of another one."""
    note = out / NOTE
    parts = sorted(path.name for pattern in _PARTS for path in out.glob(pattern))
    if parts and not (note.exists() and note.read_bytes() == run.encode()):
        raise InputError(
            f"{out} holds {', '.join(parts)} of a run with other settings or rows: "
            "remove that, or change --out"
        )
    out.mkdir(parents=True, exist_ok=True)
    note.write_text(run, encoding="utf-8")


def _digest(recipe: Recipe, parts: Iterable[Sequence[Row]]) -> str:
    """Return hashes, as JSON, of the settings, rows and articles that a run is made of."""
    rows, articles = hashlib.sha256(), hashlib.sha256()
    for part in parts:
        rows.update(f"{len(part)}\n".encode())
        for row in part:
            rows.update(json.dumps(row, sort_keys=True).encode())
    for path in recipe.unlabelled:
        articles.update(path.read_bytes())
    settings = hashlib.sha256(repr(recipe).encode("utf-8", "surrogateescape"))
    found = {"settings": settings, "rows": rows, "articles": articles}
    return json.dumps({name: one.hexdigest() for name, one in found.items()})


def _split(stage: Stage, recipe: Recipe) -> tuple[list[Row], list[Row]]:
    return split_for_training(read_rows(stage.train), recipe.calibration_share)


def _distilled(
    recipe: Recipe, stage: Stage, teaching: Sequence[Row], rows: Rows, out: Path
) -> list[Row]:
    """Return the student's rows and the unlabelled statements, all with the teachers' word.

    Labels are those of `rows`, whatever the file says. Read from the file also where it was just
    written.
    """
    path = out / DISTILLED
    if not path.exists():
        _write_rows(path, _taught_rows(recipe, stage, teaching, rows, out))
    own = len(rows.train)
    said = read_rows([path])
    learnt = [
        {**row, "probabilities": one["probabilities"]}
        for row, one in zip(rows.train, said[:own], strict=True)
    ]
    more = [row for row in said[own:] if not _is_labelled(row)]
    return thinned([*learnt, *more], recipe.sure_share)


def _taught_rows(
    recipe: Recipe, stage: Stage, teaching: Sequence[Row], rows: Rows, out: Path
) -> list[Row]:
    """Have teachers learn from the rows of `teaching`, and label the student's rows and more."""
    runs = enumerate(stage.runs(), start=1)
    folders = [(out / f"teacher-{number}", run) for number, run in runs]
    teachers = [_teacher(run, teaching, rows.dev, folder) for folder, run in folders]
    labelled = [*rows.train, *rows.calibration]
    left_out = articles_of([*rows.dev, *rows.calibration])
    articles = chain.from_iterable(read_articles(file).values() for file in recipe.unlabelled)
    found = unlabelled_rows(articles, labelled, left_out, gate=recipe.target == DEFAULT_TARGET)
    return taught([*rows.train, *found], teachers)


def _is_labelled(row: Row) -> bool:
    return any(row.get(head) is not None for head in HEADS)


def _teacher(settings: Settings, rows: Sequence[Row], dev: Sequence[Row], folder: Path) -> Trained:
    """Train a teacher, or load it where that is done."""
    return _once(
        folder, lambda: train(settings, rows, dev, folder.parent / CHECKPOINTS / folder.name)
    )


def _new_rows(polish: Stage, calibration: Sequence[Row]) -> list[Row]:
    """Return what polishing adds, without rows of the articles that are calibrated with."""
    apart = articles_of(calibration)
    found, _ = split_for_training(read_rows(polish.train), calibration_share=0)
    return [row for row in found if row.get("article") not in apart]


def _polished(
    recipe: Recipe,
    polish: Stage,
    rows: Rows,
    new: Sequence[Row],
    out: Path,
    metadata: Metadata,
) -> Trained:
    """Train the student, and go on from it with new rows beside its labelled ones.

    What it says of the latter counts as a teacher's word does, which keeps what it knows (Li &
    Hoiem, 2016, "Learning without Forgetting"), and so does the mean of the weights before and
    after (Wortsman et al., 2022, "Robust fine-tuning of zero-shot models").
    """
    folder, runs = out / STUDENT, recipe.student.runs()
    student = _once(folder, lambda: train_average(runs, rows.train, rows.dev, out))
    write_metadata(folder, metadata)
    known = [row for row in rows.train if _is_labelled(row)]
    again = [replace(run, base=str(folder)) for run in polish.runs()]
    learnt = [*taught(known, [student]), *new]
    polished = train_average(again, learnt, rows.dev, out / CHECKPOINTS / "polish")
    shares = (recipe.polish_share, 1 - recipe.polish_share)
    load_mean([polished.model, student.model], shares)
    return polished


def _once(folder: Path, make: Callable[[], Trained]) -> Trained:
    """Make a model and save it in a folder, or load it where that is done."""
    if not (folder / TOKENIZER_CONFIG_FILE).exists():  # the file written last
        made = make()
        made.model.save_pretrained(folder)
        made.tokenizer.save_pretrained(folder)
    model = load_torch_model(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    encoder = InputEncoder(backend(tokenizer), InputSpec.from_dict(model.config.inputs))
    return Trained(model, tokenizer, encoder)


def _write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write rows to a file that is complete or absent."""
    unfinished = path.with_suffix(".part")
    with gzip.open(unfinished, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    unfinished.rename(path)
