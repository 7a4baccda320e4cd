"""Load the service on loopback: many clients, idle connections, a stop under load, batching.

Every answer is compared with the rows that the scorer itself gives. Absolute times hold for the
machine that they were taken on, ratios for more.
"""

from __future__ import annotations

import asyncio
import json
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import httpx

import stance
from stance.records import Article, score_columns
from stance.scorer import Scorer
from stance.service.limits import Limits
from stance.service.scoring import ScoringService
from stance.table import as_row

EXAMPLES = Path(stance.__file__).parent / "web" / "examples"

TIMEOUT = httpx.Timeout(300)

WEIGHTS = {"paragraph": 8, "article": 8, "long": 1, "many": 1, "quotes": 4}
"""How often each kind of request comes."""


@dataclass(frozen=True)
class Ask:
    """A request, and what every answer to it has to be."""

    kind: str
    path: str
    body: bytes
    expected: object


@dataclass
class Outcomes:
    """What became of requests: seconds of each right answer by kind, and counts of everything."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)


def asks(scorer: Scorer) -> dict[str, list[Ask]]:
    """Return requests of each kind with their right answers, made of the example articles."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    paragraphs = ["\n\n".join(text.split("\n\n")[:3]) for text in texts]
    long = ["\n\n".join(texts * 3)]
    found = {
        "paragraph": [_articles(scorer, "paragraph", [text]) for text in paragraphs],
        "article": [_articles(scorer, "article", [text]) for text in texts],
        "long": [_articles(scorer, "long", long)],
        "many": [_articles(scorer, "many", texts)],
    }
    rows = scorer.score_articles({"text": text} for text in texts[:3])
    quotes = [{"quote": row.quote, "context": row.context, "speaker": None} for row in rows]
    return found | {"quotes": [_quotes(scorer, quotes)]}


def _articles(scorer: Scorer, kind: str, texts: list[str]) -> Ask:
    articles = [Article(text, id=f"{kind}-{index}") for index, text in enumerate(texts)]
    rows = [[as_row(row) for row in scorer.score_batch([one])[0]] for one in articles]
    body = {"articles": [{"id": one.id, "text": one.text} for one in articles]}
    pairs = zip(articles, rows, strict=True)
    expected = [{"id": one.id, "statements": found, "error": None} for one, found in pairs]
    return Ask(kind, "/v1/articles", json.dumps(body).encode(), {"articles": expected})


def _quotes(scorer: Scorer, quotes: list[dict[str, Any]]) -> Ask:
    scores = scorer.score_statements([q["quote"] for q in quotes], [q["context"] for q in quotes])
    rows = [quote | score_columns(score) for quote, score in zip(quotes, scores, strict=True)]
    body = json.dumps({"statements": quotes}).encode()
    return Ask("quotes", "/v1/statements", body, {"statements": rows})


@contextmanager
def served(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `stance serve` without the page; yield the process and its address."""
    line = [sys.executable, "-c", "from stance.cli import main; main()", "serve", "--no-page"]
    process = subprocess.Popen(
        [*line, "--port", "0", *options], stderr=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stderr is not None
    try:
        for message in process.stderr:
            if address := json.loads(message).get("address"):
                break
        else:
            raise click.ClickException("the server ended before it was ready")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield process, address
    finally:
        process.kill()
        process.wait()


async def ask(client: httpx.AsyncClient, what: Ask, outcomes: Outcomes) -> None:
    """Send one request and account for its answer."""
    headers = {"Content-Type": "application/json"}
    started = time.perf_counter()
    try:
        reply = await client.post(what.path, content=what.body, headers=headers)
    except httpx.TransportError as error:
        outcomes.counts[type(error).__name__] += 1
        await asyncio.sleep(0.05)
        return
    seconds = time.perf_counter() - started
    if reply.status_code != 200:
        outcomes.counts[f"{reply.status_code} {reply.json()['error']['code']}"] += 1
        await asyncio.sleep(min(1, int(reply.headers.get("retry-after", 1))))
    elif reply.json() != what.expected:
        outcomes.counts["200 wrong"] += 1
    else:
        outcomes.counts["200"] += 1
        outcomes.seconds[what.kind].append(seconds)


async def clients(
    address: str, choices: Mapping[str, list[Ask]], number: int, until: Callable[[], bool]
) -> Outcomes:
    """Let a number of clients ask one request after the other, until told."""
    outcomes = Outcomes()

    async def one(seed: int) -> None:
        rng = random.Random(seed)
        async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT) as client:
            while not until():
                (kind,) = rng.choices(list(WEIGHTS), list(WEIGHTS.values()))
                await ask(client, rng.choice(choices[kind]), outcomes)

    await asyncio.gather(*(one(seed) for seed in range(number)))
    return outcomes


def resident(process: subprocess.Popen[str]) -> float:
    """Return the memory of a process, in MB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


@click.group()
def main() -> None:
    """Load the service on loopback."""


@main.command()
@click.option("--number", default=64, show_default=True, help="Clients at the same time.")
@click.option("--seconds", default=120.0, show_default=True, help="How long.")
def mix(number: int, seconds: float) -> None:
    """Have many clients ask for short and long articles; compare every answer."""
    choices = asks(stance.load())
    with served("--max-connections", "200") as (process, address):
        asyncio.run(_mix(process, address, choices, number, seconds))


async def _mix(
    process: subprocess.Popen[str],
    address: str,
    choices: Mapping[str, list[Ask]],
    number: int,
    seconds: float,
) -> None:
    unloaded = Outcomes()
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT) as client:
        for kind in list(WEIGHTS) * 10:
            await ask(client, choices[kind][0], unloaded)
    end = time.monotonic() + seconds
    memory: list[float] = []

    async def watch() -> None:
        while time.monotonic() < end:
            memory.append(resident(process))
            await asyncio.sleep(seconds / 12)

    watching = asyncio.create_task(watch())
    loaded = await clients(address, choices, number, lambda: time.monotonic() > end)
    await watching
    click.echo(f"{number} clients, {seconds:g} s: {dict(loaded.counts)}")
    for kind, times in loaded.seconds.items():
        alone = statistics.median(unloaded.seconds[kind])
        times.sort()
        middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
        click.echo(
            f"{kind:10} {len(times):6} answers, alone {alone * 1000:6.0f} ms; under load median "
            f"{middle / alone:5.1f} times that, p95 {high / alone:5.1f} times"
        )
    click.echo("memory, MB: " + " ".join(f"{value:.0f}" for value in memory))


@main.command()
@click.option("--number", default=10_000, show_default=True, help="Connections to open.")
def idle(number: int) -> None:
    """Open many connections that say nothing; see that others are answered all the same."""
    with served() as (process, address):
        asyncio.run(_idle(process, address, number))


async def _idle(process: subprocess.Popen[str], address: str, number: int) -> None:
    host, _, port = address.removeprefix("http://").partition(":")
    fates: Counter[str] = Counter()

    async def one() -> None:
        try:
            reader, writer = await asyncio.open_connection(host, int(port))
            data = await asyncio.wait_for(reader.read(), 60)
            fates["refused with 503" if b" 503 " in data else "closed"] += 1
            writer.close()
        except OSError as error:
            fates[type(error).__name__] += 1

    before, files = resident(process), 0

    async def watch() -> None:
        nonlocal files
        while True:
            files = max(files, len(list(Path(f"/proc/{process.pid}/fd").iterdir())))
            await asyncio.sleep(0.05)

    watching = asyncio.create_task(watch())
    connections = [asyncio.create_task(one()) for _ in range(number)]
    asked: Counter[str] = Counter()
    while not all(task.done() for task in connections):
        try:
            async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT) as client:
                asked[str((await client.get("/healthz")).status_code)] += 1
        except httpx.TransportError as error:
            asked[type(error).__name__] += 1
        await asyncio.sleep(0.2)
    watching.cancel()
    click.echo(f"{number:,} silent connections: {dict(fates)}")
    click.echo(f"others, asking for /healthz meanwhile: {dict(asked)}")
    async with httpx.AsyncClient(base_url=address, timeout=TIMEOUT) as client:
        click.echo(f"afterwards: {(await client.get('/healthz')).status_code}")
    click.echo(
        f"server: {files:,} open files at most; memory {before:.0f} MB before, "
        f"{resident(process):.0f} MB after"
    )


@main.command()
@click.option("--number", default=64, show_default=True, help="Clients at the same time.")
@click.option("--signal", "name", default="SIGTERM", show_default=True, help="SIGTERM or SIGKILL.")
def stop(number: int, name: str) -> None:
    """Stop the server under load; every client should have an answer or a clear error."""
    choices = asks(stance.load())
    with served("--max-connections", "200") as (process, address):

        async def run() -> Outcomes:
            asyncio.get_running_loop().call_later(5, process.send_signal, getattr(signal, name))
            return await clients(address, choices, number, lambda: process.poll() is not None)

        outcomes = asyncio.run(run())
    click.echo(f"{name} under {number} clients: {dict(outcomes.counts)}; exit {process.returncode}")


@main.command()
@click.option("--rounds", default=3, show_default=True, help="Times that the ways take turns.")
@click.option("--requests", default=128, show_default=True, help="Articles a turn.")
def batching(rounds: int, requests: int) -> None:
    """Measure shared batches against one statement at a time, at 1, 8 and 64 clients."""
    scorer = stance.load()
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
    articles = [Article(text) for text in texts if scorer.prepare(Article(text)).encoded]
    sizes = (1, 4, 16, 64)
    for number in (1, 8, 64):
        rates: dict[int, list[float]] = {size: [] for size in sizes}
        waits: dict[int, list[float]] = {size: [] for size in sizes}
        for _ in range(rounds):
            for size in sizes:
                rate, wait = asyncio.run(_rate(scorer, articles, size, number, requests))
                rates[size].append(rate)
                waits[size].append(wait)
        base = statistics.median(rates[1])
        click.echo(
            f"{number:2} clients, {base:.1f} articles/s one by one; batches of "
            + ", ".join(
                f"{size}: {statistics.median(rates[size]) / base:.2f}× "
                f"(p95 {statistics.median(waits[size]) * 1000:.0f} ms)"
                for size in sizes
            )
        )


async def _rate(
    scorer: Scorer, articles: list[Article], size: int, number: int, requests: int
) -> tuple[float, float]:
    """Return the articles a second, and the 95th percentile of the seconds that each took."""
    service = ScoringService(scorer, limits=Limits(batch=size))
    todo = iter([articles[index % len(articles)] for index in range(requests)])
    seconds: list[float] = []

    async def client() -> None:
        for article in todo:
            started = time.perf_counter()
            await service.score_article(article)
            seconds.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(number)))
    elapsed = time.perf_counter() - started
    await service.close()
    seconds.sort()
    return requests / elapsed, seconds[int(len(seconds) * 0.95)]


if __name__ == "__main__":
    main()
