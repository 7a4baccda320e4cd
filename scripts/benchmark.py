"""Measure speed, start-up and memory, side by side with rivals in one run, as ratios."""

from __future__ import annotations

import json
import logging
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import psutil
from ending import run_script

from stance.errors import StanceError
from stance.evaluation.articles import read_articles
from stance.extraction import find_statements
from stance.gate import may_concern_relations
from stance.model.inputs import EncodedStatement, InputEncoder, StatementText
from stance.model.store import ModelFolder, local_folder, shipped_model
from stance.reading import read_article
from stance.records import Article
from stance.speakers import attribute

_DEMO = Path(__file__).parents[1] / "demo" / "articles"

_OFF_TOPIC = (
    "The school board met for three hours. “We have run out of chairs,” said Ada Munk, its head."
    "\n\n“Nobody asked the teachers,” Mr. Bell replied. A vote on article {number} is due in May."
)
_ON_TOPIC = _OFF_TOPIC + (
    "\n\n“We would rather talk to Moscow than shout at it,” said Senator Carla Unger."
)


@click.command(
    epilog="Example: python scripts/benchmark.py --articles articles.jsonl.gz --memory 100000",
)
@click.option("--model", help="Model folder or hub id; the shipped model by default.")
@click.option(
    "--articles",
    type=click.Path(path_type=Path, exists=True),
    help="JSONL of articles with id and text; the invented examples by default.",
)
@click.option("--limit", default=100, show_default=True, help="Articles to read of them.")
@click.option("--rounds", default=3, show_default=True, help="Times that rivals take turns.")
@click.option("--spacy", default="en_core_web_sm", show_default=True, help="Pipeline for textacy.")
@click.option("--memory", default=10_000, show_default=True, help="Articles of the larger run.")
def main(
    model: str | None, articles: Path | None, limit: int, rounds: int, spacy: str, memory: int
) -> None:
    """Measure speed, start-up and memory, side by side with rivals in one run, as ratios.

    Absolute figures hold for the machine they were taken on, ratios for more. Needs the `bench`
    extra and a small spaCy pipeline.
    """
    folder = ModelFolder(shipped_model() if model is None else local_folder(model))
    texts = list(read_articles(articles).values())[:limit] if articles else _examples()
    click.echo(f"{len(texts)} articles, {sum(len(a.text.split()) for a in texts)} words")
    _compare_scoring(folder, texts, rounds)
    _compare_finding(texts, spacy, rounds)
    passed = sum(not may_concern_relations(article) for article in texts)
    click.echo(f"\ngate: {passed} of {len(texts)} articles skip the encoder")
    _measure_start(folder)
    _measure_memory(folder, 1000, memory)


def _examples() -> list[Article]:
    return [Article(path.read_text(encoding="utf-8")) for path in sorted(_DEMO.glob("*.txt"))]


def _take_turns(rivals: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each rival over some rounds in turn, after one to warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in rivals}
    for number in range(rounds + 1):
        for name, run in rivals.items():
            start = time.perf_counter()
            run()
            if number:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def _compare_scoring(folder: ModelFolder, articles: Sequence[Article], rounds: int) -> None:
    encoder = folder.input_encoder()
    statements = [text for article in articles for text in read_article(article).texts][:400]
    encoded = [encoder.encode(text) for text in statements]
    tokens = sum(len(one.input_ids) for one in encoded)
    click.echo(f"\nscoring {len(statements)} statements of {tokens} tokens")
    engine, ordered = folder.engine("onnx"), _pipeline(folder, encoder, statements)
    times = _take_turns(
        {
            "stance (ONNX, int8)": lambda: engine.logits(list(map(encoder.encode, statements))),
            "transformers.pipeline, one at a time": lambda: ordered(1),
            "transformers.pipeline, batches of 32": lambda: ordered(32),
        },
        rounds,
    )
    ours = times["stance (ONNX, int8)"]
    for name, seconds in times.items():
        click.echo(
            f"  {name}: {len(statements) / seconds:.0f} statements/s, "
            f"{tokens / seconds:.0f} tokens/s; stance takes 1/{seconds / ours:.2f} of its time"
        )


def _pipeline(
    folder: ModelFolder, encoder: InputEncoder, statements: Sequence[StatementText]
) -> Callable[[int], object]:
    """Return what scores the statements by `transformers.pipeline` with the same weights."""
    from transformers import AutoTokenizer, pipeline  # noqa: PLC0415
    from transformers.utils.logging import set_verbosity  # noqa: PLC0415

    from stance.model.restore import load_torch_model  # noqa: PLC0415

    set_verbosity(logging.CRITICAL)  # it does not know the model's class by name
    tokenizer = AutoTokenizer.from_pretrained(folder.path)
    texts = [_as_text(encoder.encode(one), tokenizer) for one in statements]
    model = load_torch_model(folder.path)
    model.eval()  # type: ignore[no-untyped-call]
    classify = pipeline(
        "text-classification",
        model=model,
        tokenizer=tokenizer,
        function_to_apply="none",
        top_k=None,
    )
    return lambda batch: list(classify(texts, batch_size=batch))


def _as_text(encoded: EncodedStatement, tokenizer: Any) -> str:  # noqa: ANN401
    """Spell out token ids, so that the pipeline reads about the same tokens."""
    text: str = tokenizer.decode(encoded.input_ids[1:-1])
    return text


def _compare_finding(articles: Sequence[Article], spacy_model: str, rounds: int) -> None:
    import spacy  # noqa: PLC0415
    from textacy.extract.triples import direct_quotations  # noqa: PLC0415

    try:
        parse = spacy.load(spacy_model, exclude=["ner"])
    except OSError as error:
        raise click.UsageError(f"no spaCy pipeline {spacy_model}; name one by --spacy") from error
    words = sum(len(article.text.split()) for article in articles)
    counts: dict[str, int] = {}

    def ours() -> None:
        found = [find_statements(article.text) for article in articles]
        for article, statements in zip(articles, found, strict=True):
            attribute(article.text, statements, article.title)
        counts["stance"] = sum(map(len, found))

    def theirs() -> None:
        counts["textacy"] = given_up = 0
        for doc in parse.pipe(article.text for article in articles):
            try:
                counts["textacy"] += sum(1 for _ in direct_quotations(doc))
            except ValueError:  # an odd number of quotation marks
                given_up += 1
        counts["articles that textacy gives up"] = given_up

    times = _take_turns({"stance": ours, "textacy": theirs}, rounds)
    click.echo("\nfinding statements and their speakers, one process")
    for name, seconds in times.items():
        click.echo(f"  {name}: {words / seconds:.0f} words/s, {counts[name]} found")
    click.echo(f"  textacy gives up {counts['articles that textacy gives up']} of the articles")
    click.echo(f"  stance is {times['textacy'] / times['stance']:.1f} times as fast")


def _measure_start(folder: ModelFolder) -> None:
    command = _score_command(folder, sorted(_DEMO.glob("*.txt"))[0], Path("-"))
    times = _take_turns(
        {"start": lambda: subprocess.run(command, check=True, capture_output=True)}, 5
    )
    click.echo(f"\none article, from start to its rows: {times['start']:.2f} s")


def _measure_memory(folder: ModelFolder, small: int, large: int) -> None:
    click.echo("\npeak memory of stance score, all processes together")
    peaks = {}
    for number in (small, large):
        with tempfile.TemporaryDirectory() as scratch:
            source = Path(scratch) / "articles.jsonl"
            with source.open("w", encoding="utf-8") as lines:
                for index in range(number):
                    text = (_OFF_TOPIC if index % 50 else _ON_TOPIC).format(number=index)
                    lines.write(json.dumps({"id": str(index), "text": text}) + "\n")
            start = time.perf_counter()
            peaks[number] = _peak(_score_command(folder, source, Path(scratch) / "out.parquet"))
            rate = number / (time.perf_counter() - start)
        click.echo(f"  {number} articles: {peaks[number] / 2**20:.0f} MB, {rate:.0f} articles/s")
    click.echo(f"  ratio: {peaks[large] / peaks[small]:.2f}")


def _score_command(folder: ModelFolder, source: Path, out: Path) -> list[str]:
    program = "from stance.cli import main; main()"
    arguments = ["score", str(source), "--model", str(folder.path), "-o", str(out), "--quiet"]
    return [sys.executable, "-c", program, *arguments]


def _peak(command: Sequence[str]) -> int:
    """Run a command; return the greatest sum of the resident memory of its processes, in bytes."""
    process = psutil.Popen(command)
    peak = 0
    while process.poll() is None:
        try:
            family = [process, *process.children(recursive=True)]
            peak = max(peak, sum(one.memory_info().rss for one in family))
        except psutil.NoSuchProcess:
            continue
        time.sleep(0.05)
    if process.returncode:
        raise StanceError(f"the command failed: {' '.join(command)}")
    return peak


if __name__ == "__main__":
    run_script(main)
