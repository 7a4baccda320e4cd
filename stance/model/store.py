"""How a model lies on disk: the one place that knows the files of a model folder.

| file | what | who reads it |
| --- | --- | --- |
| `stance.json` | `Metadata`: name, version, temperatures, measured quality | everything |
| `config.json` | the `transformers` configuration, with the form of the input | both engines |
| `tokenizer.json` | the tokenizer | both engines |
| `tokenizer_config.json` | how `transformers` loads the tokenizer | `transformers` |
| `model.onnx` | the quantised model | the CPU engine |
| `lexical.onnx` | the word model for articles that do not concern Russia, if any | the CPU engine |
| `model.safetensors` | the weights in torch's precision | `transformers`, the GPU engine |
| `README.md` | the model card | people |
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import asdict, dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from stance.errors import ModelError
from stance.model.engine import Engine, OnnxEngine
from stance.model.inputs import InputEncoder
from stance.model.spec import HEADS, InputSpec

METADATA_FILE = "stance.json"
CONFIG_FILE = "config.json"
TOKENIZER_FILE = "tokenizer.json"
TOKENIZER_CONFIG_FILE = "tokenizer_config.json"
ONNX_FILE = "model.onnx"
LEXICAL_FILE = "lexical.onnx"
TORCH_FILE = "model.safetensors"
CARD_FILE = "README.md"

_PACKAGED = (CONFIG_FILE, TOKENIZER_FILE, TOKENIZER_CONFIG_FILE, CARD_FILE, ONNX_FILE)

FORMAT = 1
"""Version of the folder's form; a folder of another one is refused."""

DEFAULT_TARGET = "US–Russia relations"
"""What stances are toward, where a model does not say otherwise."""

_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")

EngineName = Literal["onnx", "torch"]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What `stance.json` says of a model.

    `temperatures` calibrate each head; `lexical_temperatures` those of the word model. `target`
    is what the stances are toward.
    `review_below` is the stance probability, 0 to 1, under which a person should read a statement,
    None where none was fitted. `files`
    holds the size in bytes of every other file, so that a truncated copy is noticed. `quality`
    are the figures measured when the model was made, `training` what it was made from.
    """

    name: str
    version: str
    base_model: str
    temperatures: dict[str, float]
    target: str = DEFAULT_TARGET
    lexical_temperatures: dict[str, float] | None = None
    review_below: float | None = None
    labels: dict[str, list[str]] = field(
        default_factory=lambda: {head: list(labels) for head, labels in HEADS.items()}
    )
    training: dict[str, Any] = field(default_factory=dict)
    quality: dict[str, Any] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def full_name(self) -> str:
        """Name and version, as rows of output carry it."""
        return f"{self.name} {self.version}"

    @property
    def gated(self) -> bool:
        """Whether an article that names no Russia holds nothing for this model to tell apart."""
        return self.target == DEFAULT_TARGET

    @property
    def review_threshold(self) -> float:
        """`review_below`, and 1 where a model has none: nothing vouches for any row of it then."""
        return 1.0 if self.review_below is None else self.review_below


def shipped_model() -> Path:
    """Return the folder of the model that comes with the package."""
    return Path(str(resources.files("stance.model") / "weights"))


def is_stance_model(path: str | Path) -> bool:
    """Tell whether `path` is the folder of a stance model, not of another encoder."""
    return (Path(path) / METADATA_FILE).is_file()


def local_folder(model: str | Path) -> Path:
    """Return the folder of a model named by a path or by a hub id, which is fetched."""
    path = Path(model)
    if path.exists() or not _HUB_ID.fullmatch(str(model)):
        return path
    from huggingface_hub import snapshot_download  # noqa: PLC0415

    try:
        return Path(snapshot_download(str(model)))
    except Exception as error:  # network, authentication and naming errors share no base
        reason = str(error).splitlines()[0]
        raise ModelError(f"{model} is no model folder, and no hub has it: {reason}") from error


class ModelFolder:
    """A model folder, checked to be complete and of this version."""

    def __init__(self, path: Path) -> None:
        """Open `path`; raise `ModelError` when it is missing, truncated or of another version."""
        if not path.is_dir():
            raise ModelError(f"no model folder at {path}")
        self.path = path
        self.metadata = self._read_metadata()
        for name, size in self.metadata.files.items():
            self._check_size(name, size)

    def _read_metadata(self) -> Metadata:
        values = self._read_json(METADATA_FILE)
        if values.get("format") != FORMAT:
            raise ModelError(
                f"{self.path} is of format {values.get('format')}; "
                f"this version of stance reads format {FORMAT}"
            )
        try:
            metadata = Metadata(**values)
        except TypeError as error:
            raise ModelError(f"{self.path / METADATA_FILE} is not complete: {error}") from error
        ours = {head: list(labels) for head, labels in HEADS.items()}
        if metadata.labels != ours:
            raise ModelError(f"{self.path} predicts {metadata.labels}, not {ours}")
        if set(metadata.temperatures) != set(ours):
            raise ModelError(f"{self.path / METADATA_FILE} lacks a temperature for each head")
        if not isinstance(metadata.target, str) or not metadata.target.strip():
            raise ModelError(f"{self.path / METADATA_FILE}: target is {metadata.target!r}, no text")
        below = metadata.review_threshold
        if not isinstance(below, (int, float)) or not 0 <= below <= 1:
            raise ModelError(f"{self.path / METADATA_FILE}: review_below is {below!r}, not 0 to 1")
        return metadata

    def _read_json(self, name: str) -> dict[str, Any]:
        path = self.path / name
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise ModelError(f"{self.path} is no model folder: it has no {name}") from error
        except ValueError as error:
            raise ModelError(f"{path} is damaged: {error}") from error
        if not isinstance(values, dict):
            raise ModelError(f"{path} is damaged: not a JSON object")
        return values

    def _check_size(self, name: str, size: int) -> None:
        path = self.path / name
        if not path.is_file():
            raise ModelError(f"{self.path} is not complete: {name} is missing")
        if path.stat().st_size != size:
            raise ModelError(
                f"{path} is damaged: {path.stat().st_size} bytes where {size} are expected"
            )

    def digest(self) -> str:
        """Return a hash of all that scores depend on: every file but the model card."""
        found = hashlib.sha256()
        for path in sorted(self.path.iterdir()):
            if path.suffix in (".json", ".onnx", ".safetensors"):
                with path.open("rb") as file:
                    found.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
        return found.hexdigest()

    def input_encoder(self) -> InputEncoder:
        """Return what turns statements into this model's token ids."""
        spec = InputSpec.from_dict(self._read_json(CONFIG_FILE).get("inputs", {}))
        return InputEncoder.from_file(self.path / TOKENIZER_FILE, spec)

    def engine(
        self, name: EngineName | None = None, device: str | None = None, threads: int | None = None
    ) -> Engine:
        """Load the weights into an engine.

        Without a `name`, that is ONNX Runtime on the CPU where the folder has an export for it
        and no other `device` is asked for, else torch.
        """
        onnx = self.path / ONNX_FILE
        if name == "onnx" or (name is None and device in (None, "cpu") and onnx.exists()):
            return OnnxEngine(onnx, threads)
        try:
            from stance.model.torch_engine import TorchEngine  # noqa: PLC0415
        except ImportError as error:
            raise ModelError(
                "a GPU, or a model without model.onnx, needs torch: pip install 'stance[train]'"
            ) from error
        return TorchEngine.from_folder(self.path, device)

    def lexical_engine(self, threads: int | None = None) -> Engine | None:
        """Load the word model, where the folder has one."""
        path = self.path / LEXICAL_FILE
        return OnnxEngine(path, threads) if path.exists() else None


def write_metadata(folder: Path, metadata: Metadata) -> None:
    """Write `stance.json` last, with the sizes of the files that are there.

    What is short, such as a figure with its interval, stands on one line.
    """
    sizes = {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.suffix in (".onnx", ".safetensors") or path.name == TOKENIZER_FILE
    }
    values = asdict(metadata) | {"files": sizes}
    (folder / METADATA_FILE).write_text(_readable(values) + "\n", encoding="utf-8")


def copy_for_package(folder: Path, package: Path) -> None:
    """Copy what scoring on a CPU needs, without the torch weights, to ship with the package."""
    package.mkdir(parents=True, exist_ok=True)
    words = [path.name for path in folder.glob(LEXICAL_FILE)]
    for name in (*_PACKAGED, *words):
        shutil.copyfile(folder / name, package / name)
    write_metadata(package, ModelFolder(folder).metadata)


_LINE = 240
"""Characters that a list or an object in `stance.json` may have on one line: the figures of one
group with their intervals have some 230."""


def _readable(value: object, indent: str = "") -> str:
    """Return a JSON value as text for people: what is short on one line, the rest one a line."""
    line = json.dumps(value, ensure_ascii=False)
    if not indent or len(line) > _LINE:
        deeper = indent + "  "
        if isinstance(value, dict):
            pairs = ((json.dumps(k, ensure_ascii=False), v) for k, v in value.items())
            lines = f",\n{deeper}".join(f"{key}: {_readable(v, deeper)}" for key, v in pairs)
            return f"{{\n{deeper}{lines}\n{indent}}}"
        if isinstance(value, list):
            lines = f",\n{deeper}".join(_readable(one, deeper) for one in value)
            return f"[\n{deeper}{lines}\n{indent}]"
    return line
