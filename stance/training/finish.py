"""From trained weights to a model folder: export, calibration, quality, model card."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from stance._version import __version__
from stance.evaluation.quality import measure, model_logits, word_logits
from stance.labelled import Row, class_indices, statement_text
from stance.model.calibration import (
    fit_temperatures,
    probabilities,
    uncalibrated,
)
from stance.model.restore import load_torch_model
from stance.model.store import Metadata, ModelFolder, write_metadata
from stance.training.card import model_card
from stance.training.export import export_onnx
from stance.training.lexical import fit_lexical, write_lexical
from stance.training.run import Settings, Trained

MODEL_NAME = "stance-us-russia"


@dataclass(frozen=True, slots=True)
class Rows:
    """The labelled rows of a run: to learn from, to calibrate with, to report on."""

    train: Sequence[Row]
    calibration: Sequence[Row]
    dev: Sequence[Row]


def finish(
    trained: Trained, settings: Settings, seeds: Sequence[int], rows: Rows, out: Path
) -> Metadata:
    """Write the model folder `out`: everything that `stance.load(out)` and `transformers` read.

    Temperatures are fitted to the quantised model on the calibration rows, which the weights
    never saw; the quality is the quantised model's on the development rows.
    """
    trained.model.save_pretrained(out)
    trained.tokenizer.save_pretrained(out)
    # Read back: in bf16 training wraps the model in an autocast that cannot be exported.
    export_onnx(load_torch_model(out), out / "model.onnx")
    _write_lexical(trained, rows, out)
    metadata = Metadata(
        name=MODEL_NAME,
        version=__version__,
        base_model=settings.base,
        temperatures=uncalibrated(),
        training=_training(settings, seeds, rows),
    )
    write_metadata(out, metadata)
    folder = ModelFolder(out)
    temperatures = fit_temperatures(
        model_logits(folder, rows.calibration), class_indices(rows.calibration)
    )
    metadata = replace(
        metadata,
        temperatures=temperatures,
        lexical_temperatures=fit_temperatures(
            word_logits(folder, rows.calibration), class_indices(rows.calibration)
        ),
        quality=measure(probabilities(model_logits(folder, rows.dev), temperatures), rows.dev),
    )
    write_metadata(out, metadata)
    (out / "README.md").write_text(model_card(metadata), encoding="utf-8")
    return metadata


def copy_for_package(folder: Path, package: Path) -> None:
    """Copy what scoring on a CPU needs, without the torch weights, to ship with the package."""
    package.mkdir(parents=True, exist_ok=True)
    texts = ("config.json", "tokenizer.json", "tokenizer_config.json", "README.md")
    for name in (*texts, "model.onnx", "lexical.onnx"):
        shutil.copyfile(folder / name, package / name)
    write_metadata(package, ModelFolder(folder).metadata)


def _write_lexical(trained: Trained, rows: Rows, out: Path) -> None:
    words = [trained.encoder.encode_words(statement_text(row)) for row in rows.train]
    vocabulary = len(trained.tokenizer)
    write_lexical(*fit_lexical(words, class_indices(rows.train), vocabulary), out / "lexical.onnx")


def _training(settings: Settings, seeds: Sequence[int], rows: Rows) -> dict[str, Any]:
    recorded = {name: value for name, value in asdict(settings).items() if name != "seed"}
    return {
        "rows": {"train": len(rows.train), "calibration": len(rows.calibration)},
        "seeds": list(seeds),
        "settings": recorded,
    }
