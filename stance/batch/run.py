"""A run: every input once, in order, into a sink."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from stance._version import __version__
from stance.batch.chunks import Chunk, chunked
from stance.batch.encoders import ArrowStream, Csv, Encoder, JsonLines
from stance.batch.inputs import Inputs, Survey
from stance.batch.items import HtmlPage, Item
from stance.batch.journal import Fingerprint, Totals
from stance.batch.output import Destination, OutputFile, encoder_for
from stance.batch.pool import Pool
from stance.batch.progress import Progress
from stance.batch.readers import Reading
from stance.batch.scoring import ChunkResult, Loader, Work
from stance.batch.streams import Meter
from stance.errors import InputError, OutputError
from stance.records import Article

CHUNKS_BEFORE_POOL = 2
"""Chunks that are scored here before worker processes are started: starting one (Python, Arrow, the
model) takes about as long as these two chunks, and small inputs never pay for it."""

MAX_IDS = 250_000
"""Ids that are remembered to notice repeats; some 20 MB."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to score, how to read it, with which model and how many processes.

    `options` are the settings that change what the rows are, for the fingerprint of a resumed run.
    """

    inputs: Inputs
    reading: Reading
    load: Loader
    workers: int
    options: str = ""


class Sink(Protocol):
    """Where results go, in order."""

    @property
    def totals(self) -> Totals:
        """What has been taken so far; more than nothing at the beginning of a resumed run."""

    def write(self, result: ChunkResult) -> None:
        """Take the next result."""


class NothingScoredError(InputError):
    """A run through all inputs that found nothing which could be scored."""


class Run:
    """One pass over a job's inputs; raises InputError or ModelError when it cannot begin."""

    def __init__(self, job: Job, progress: Progress) -> None:
        self.survey = job.inputs.survey()
        if note := self.survey.note():
            progress.note(note)
        self.job = replace(job, reading=with_types(job, self.survey))
        self.scorer = job.load(job.workers)
        self.progress = progress
        self._meter = Meter()
        items = self.job.reading.read(job.inputs, self._meter)
        self.chunks: Iterator[Chunk] = chunked(items, lambda: self._meter.bytes_read)

    def peek(self) -> Chunk | None:
        """Return the first of the chunks that are left, without taking it away."""
        first = next(self.chunks, None)
        if first is not None:
            self.chunks = itertools.chain([first], self.chunks)
        return first

    def into(self, sink: Sink, encoder: Encoder, *, apart: bool = False) -> Totals:
        """Score the chunks that are left into `sink` and show how it goes.

        With `apart` this process itself scores none, and outlives an article that would kill it.
        Raises NothingScoredError when the sink has taken no scored item in the end.
        """
        dropped: set[str] = set()
        reason = ""
        progress = self.progress
        progress.begin(self.survey.size, sink.totals, self._meter.bytes_read)
        try:
            for result in self._results(Work(self.job.load, encoder), apart=apart):
                sink.write(result)
                if result.failures and not reason:
                    reason = result.failures[0].message
                for name in sorted(result.dropped - dropped):
                    progress.note(f"column '{name}' came too late for this output; .jsonl has it")
                dropped |= result.dropped
                progress.update(sink.totals, result.bytes_read)
        finally:
            progress.end()
        if not sink.totals.scored:
            raise NothingScoredError(nothing_scored(sink.totals, reason, self.job))
        return sink.totals

    def _results(self, work: Work, *, apart: bool) -> Iterator[ChunkResult]:
        """Score the chunks in order: the first few here, others, if any, in worker processes."""
        chunks = noticing_repeats(self.chunks, self.progress)
        here = 0 if apart else None if self.job.workers == 1 else CHUNKS_BEFORE_POOL
        for chunk in itertools.islice(chunks, here):
            yield work.score(self.scorer, chunk)
        following = next(chunks, None)
        if following is not None:
            with Pool(work, self.job.workers) as pool:
                yield from pool.results(itertools.chain([following], chunks))


def score_to_sink(job: Job, sink: Sink, progress: Progress) -> Totals:
    """Score everything into `sink` as JSON lines; raises NothingScoredError."""
    return Run(job, progress).into(sink, JsonLines())


def score_to_file(
    job: Job, path: Path, progress: Progress, *, resume: bool = False, overwrite: bool = False
) -> Totals | None:
    """Score everything into the file `path`, or go on where an earlier run toward it stopped.

    Returns the totals, or None when `resume` finds the output complete already. Raises
    NothingScoredError, leaving no output, when nothing could be scored, and OutputError where
    writing is impossible or would spoil what an earlier run left.
    """
    place = Destination(path)
    place.check()
    if place.unfinished() and not (resume or overwrite):
        raise OutputError(
            f"{place.rows} is left from an unfinished run: add --resume to go on with it, "
            "or --overwrite to start again"
        )
    run = Run(job, progress)
    if resume and path.exists() and not place.unfinished():
        known = place.made_by(fingerprint(run, path))
        taken = "is complete" if known else "is there already and is taken for complete"
        progress.note(f"{path} {taken}; to score again, leave out --resume")
        return None
    encoder = encoder_for(path, lambda kind: table_encoder(kind, run))
    broken_off = place.unfinished()
    output = OutputFile(place, encoder, fingerprint(run, path), resume=resume)
    try:
        run.chunks = skipped(run.chunks, output.totals.items, path)
        totals = run.into(output, encoder, apart=resume and broken_off)
        output.finish()
    except NothingScoredError as error:
        if output.discard_rows():
            raise NothingScoredError(
                f"{error} ({path} of an earlier run is now {place.earlier})"
            ) from None
        raise
    finally:
        output.close()
    return totals


def nothing_scored(totals: Totals, reason: str, job: Job) -> str:
    """Return the line that tells why a run has nothing to show."""
    if not totals.items:
        return f"{' '.join(job.inputs.arguments)}: holds no rows"
    if totals.items == 1 and reason:
        return reason
    return (
        f"none of {totals.items:,} could be used; the first: {reason or 'see the list of errors'}"
    )


def skipped(chunks: Iterator[Chunk], items: int, path: Path) -> Iterator[Chunk]:
    """Drop the chunks, `items` in all, of an earlier run; raises OutputError if they differ."""
    left = items
    while left > 0:
        chunk = next(chunks, None)
        left -= len(chunk.items) if chunk else left + 1
    if left < 0:
        raise OutputError(
            f"{path}: cannot resume, the inputs are not those of the run that began; "
            "add --overwrite to start again"
        )
    return chunks


def noticing_repeats(chunks: Iterable[Chunk], progress: Progress) -> Iterator[Chunk]:
    """Pass `chunks` through and say once when an article's id has been seen before."""
    seen: set[int] = set()
    noticing = True
    for chunk in chunks:
        if noticing:
            repeat = first_repeat(chunk, seen)
            if repeat is not None:
                progress.note(
                    f"{repeat.place}: its id was there before; "
                    "articles with the same id are all scored, and their rows share it"
                )
            noticing = repeat is None and len(seen) <= MAX_IDS
        else:
            seen.clear()
        yield chunk


def first_repeat(chunk: Chunk, seen: set[int]) -> Item | None:
    """Return the first article whose id is in `seen`, to which the others' are added."""
    for item in chunk.items:
        if isinstance(item.content, (Article, HtmlPage)) and item.content.id is not None:
            key = hash(item.content.id)
            if key in seen:
                return item
            seen.add(key)
    return None


def table_encoder(kind: str, run: Run) -> Encoder:
    """Return the encoder of an output format, with the columns that the input asks for."""
    if kind == "jsonl":
        return JsonLines()
    from stance.batch.carried import carried_fields  # noqa: PLC0415 - Arrow is slow to import
    from stance.table import article_schema, statement_schema  # noqa: PLC0415

    statements = run.job.reading.statements
    first = run.peek() if statements else None
    fields = carried_fields(run.job.reading, first)
    schema = statement_schema(fields) if statements else article_schema(fields)
    return ArrowStream(schema) if kind == "parquet" else Csv(tuple(schema.names))


def with_types(job: Job, survey: Survey) -> Reading:
    """Return how to read the job's inputs, with the types to carry through if all are Parquet."""
    if survey.formats != {"parquet"}:
        return job.reading
    from stance.batch.parquet import column_types  # noqa: PLC0415 - Arrow is slow to import

    carried = None if job.reading.statements else frozenset(job.reading.columns.keep)
    if carried is not None and not carried:
        return job.reading
    return replace(job.reading, types=column_types(job.inputs, carried))


def fingerprint(run: Run, path: Path) -> Fingerprint:
    """Return what must be the same for a run to be resumed."""
    return {
        "version of stance": __version__,
        **run.scorer.fingerprint(),
        "inputs": run.survey.digest,
        "options": digest(repr(run.job.reading), run.job.options, path.suffix),
    }


def digest(*parts: object) -> str:
    """Return a short hash of JSON-like values."""
    text = json.dumps(parts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
