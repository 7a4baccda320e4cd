"""`stance score`: articles, or rows that hold quotes, in; scored statements out."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from stance.errors import InputError

if TYPE_CHECKING:
    from stance.batch.items import ColumnNames
    from stance.batch.journal import Totals
    from stance.batch.progress import Progress
    from stance.batch.run import Job, Sink
    from stance.batch.scoring import Scorer

Command = TypeVar("Command", bound=Callable[..., object])

STDIN = STDOUT = "-"
SOME_FAILED = 1
INTERRUPTED = 130
BROKEN_PIPE = 141
TERMINATED = 143

COLUMN_OPTIONS = {
    "text": "the article's text",
    "id": "its id",
    "title": "its headline",
    "date": "its date",
    "source": "its publisher",
    "url": "its address",
    "quote": "the quote (--statements)",
    "context": "the paragraph around it (--statements)",
    "speaker": "who says it (--statements)",
}


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command that are not about columns."""

    output: str | None
    keep: tuple[str, ...]
    statements: bool
    model: str | None
    device: str | None
    workers: int | None
    every_statement: bool
    encoding: str
    resume: bool
    overwrite: bool
    quiet: bool

    @property
    def path(self) -> Path | None:
        """The output file, None where the output is a screen or a pipe."""
        return None if self.output in (None, STDOUT) else Path(str(self.output))


@dataclass(frozen=True, slots=True)
class ModelLoader:
    """Loads the scorer, here or in a worker process."""

    model: str | None
    device: str | None
    gate: bool

    def __call__(self, threads: int) -> Scorer:
        """Return the scorer, to run on so many threads; raises ModelError."""
        import stance  # noqa: PLC0415 - slow to import

        return stance.load(self.model, device=self.device, threads=threads, gate=self.gate)


def column_options(command: Command) -> Command:
    """Add an option to rename each column that the input may have."""
    for name, meaning in reversed(COLUMN_OPTIONS.items()):
        option = click.option(
            f"--{name}-column", metavar="COL", default=name, help=f"The column with {meaning}."
        )
        command = option(command)
    return command


@click.command(
    epilog="""\b
Examples:
  stance score article.txt                          one article, shown as a table
  stance score archive/ -o statements.parquet       every article in a folder
  stance score 'news/*.jsonl.gz' -o out.csv --keep outlet --keep section
  stance score articles.csv -o out.jsonl --text-column body --id-column url
  stance score archive/ -o statements.parquet --resume      after a kill
  curl -s $FEED | stance score - -o - | jq .stance          in a pipe
  stance score --statements quotes.csv -o scored.csv        quotes found before

\b
Articles are .txt and .html files (one each) or the rows of .jsonl, .csv and .parquet files with
the columns text, id, title, date, source, url; all but text may be missing. All but .parquet may
be compressed (.gz, .zst). '-' is JSON lines or the text of one article. Articles that cannot be
used are listed, with the reason, in OUT.errors.jsonl.
"""
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    help="Write rows to OUT: .jsonl, .csv, .parquet, or '-' for JSON lines on standard output. "
    "Without it, a table to read.",
)
@click.option(
    "--statements", is_flag=True, help="The input's rows hold quotes already: only score them."
)
@click.option(
    "--keep", metavar="COL", multiple=True, help="Carry this column to the output (repeatable)."
)
@column_options
@click.option(
    "--encoding", metavar="NAME", default="utf-8", help="Of .txt and .csv (default: utf-8)."
)
@click.option("--model", metavar="DIR", help="A model folder, instead of the one that ships.")
@click.option("--device", metavar="NAME", help="Where the model runs: cpu (default) or cuda.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(1), help="Processes (default: one per core)."
)
@click.option(
    "--every-statement",
    is_flag=True,
    help="Run the model also on what cannot concern the relations (slower).",
)
@click.option("--resume", is_flag=True, help="Go on where a run that was broken off had come to.")
@click.option(
    "--overwrite", is_flag=True, help="Start again where a run that was broken off left off."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, only errors.")
def score(inputs: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401 - click's own interface
    """Score every quoted statement in the articles of INPUT: files, folders, globs, or '-'."""
    from stance.batch.items import ColumnNames  # noqa: PLC0415 - not needed for --help
    from stance.batch.progress import progress_for  # noqa: PLC0415

    columns = {name: options.pop(f"{name}_column") for name in COLUMN_OPTIONS}
    settings = Settings(**options)
    check(settings, inputs)
    on_screen = settings.path is None and sys.stdout.isatty()
    progress = progress_for(sys.stderr, quiet=settings.quiet or on_screen)
    job = job_for(
        inputs, settings, ColumnNames(**columns, keep=tuple(dict.fromkeys(settings.keep)))
    )
    try:
        totals = run(job, settings, progress)
    except BrokenPipeError:
        return give_up_output()
    except KeyboardInterrupt as interruption:
        kept = "; the same command with --resume goes on" if settings.path else ""
        progress.note(f"interrupted{kept}")
        return TERMINATED if interruption.args else INTERRUPTED
    return finished(totals, settings, progress)


def give_up_output() -> int:
    """Send what is still buffered nowhere, lest Python complain at exit; return the status."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def check(settings: Settings, inputs: tuple[str, ...]) -> None:
    """Raise for options that do not go together."""
    from stance.batch.inputs import shown_name  # noqa: PLC0415 - see score

    if settings.output is not None and not Path(settings.output).name:
        raise click.UsageError("-o needs the name of a file")
    if settings.resume and STDIN in inputs:
        raise click.UsageError("--resume cannot tell whether standard input is still the same")
    if settings.resume and settings.overwrite:
        raise click.UsageError("--resume and --overwrite exclude each other")
    if settings.path is None and (settings.resume or settings.overwrite):
        raise click.UsageError("--resume and --overwrite need -o FILE")
    if settings.statements and settings.keep:
        raise click.UsageError("--statements carries every column; leave out --keep")
    for name in settings.keep:
        if name != shown_name(name):
            raise InputError(f"--keep {shown_name(name)}: not valid Unicode")
    try:
        "".encode(settings.encoding)  # refuses codecs of no text
    except LookupError:
        raise InputError(f"--encoding {settings.encoding}: no such encoding") from None


def job_for(inputs: tuple[str, ...], settings: Settings, columns: ColumnNames) -> Job:
    """Return what the options ask to be done."""
    from stance.batch.inputs import Inputs  # noqa: PLC0415 - see score
    from stance.batch.output import Destination  # noqa: PLC0415
    from stance.batch.readers import Reading  # noqa: PLC0415
    from stance.batch.run import Job  # noqa: PLC0415
    from stance.model.engine import usable_cores  # noqa: PLC0415

    on_cpu = settings.device in (None, "cpu")
    return Job(
        inputs=Inputs(inputs, Destination(settings.path).files() if settings.path else frozenset()),
        reading=Reading(
            columns, statements=settings.statements, encoding=codecs.lookup(settings.encoding).name
        ),
        load=ModelLoader(settings.model, settings.device, gate=not settings.every_statement),
        workers=settings.workers or (usable_cores() if on_cpu else 1),
        options=f"every statement: {settings.every_statement}",
    )


def run(job: Job, settings: Settings, progress: Progress) -> Totals | None:
    """Do the job toward the output that the options name."""
    from stance.batch.run import score_to_file, score_to_sink  # noqa: PLC0415 - see score

    if settings.path is not None:
        return score_to_file(
            job, settings.path, progress, resume=settings.resume, overwrite=settings.overwrite
        )
    return score_to_sink(job, sink_for(settings, job, progress), progress)


def sink_for(settings: Settings, job: Job, progress: Progress) -> Sink:
    """Return the sink for standard output: JSON lines, or a table for people."""
    from stance.cli.sinks import PeopleSink, PipeSink  # noqa: PLC0415 - see score

    if settings.output == STDOUT:
        return PipeSink(sys.stdout.buffer, progress)
    return PeopleSink(sys.stdout, progress, job.reading.columns)


def finished(totals: Totals | None, settings: Settings, progress: Progress) -> int:
    """Tell how the run ended, and return its exit status."""
    from stance.batch.output import Destination  # noqa: PLC0415 - see score

    errors = None if settings.path is None else Destination(settings.path).errors
    if totals is None:
        return SOME_FAILED if errors is not None and errors.exists() else 0
    if totals.failed:
        where = "" if errors is None else f": see {errors}"
        progress.note(f"{totals.failed:,} of {totals.items:,} could not be used{where}")
    if settings.path is not None and not settings.quiet:
        among = "" if settings.statements else f" in {totals.scored:,} articles"
        progress.note(f"{settings.path}: {totals.statements:,} statements{among}")
    return SOME_FAILED if totals.failed else 0
