"""`stance serve`: the HTTP API and the web page."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import click

from stance.errors import StanceError

if TYPE_CHECKING:
    from stance.scorer import Scorer

TOKEN = "STANCE_TOKEN"
"""The environment variable with the token that clients must bring."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")

MEGABYTE = 2**20


@click.command(
    epilog="""\b
Examples:
  stance serve                                      on this machine alone
  stance serve --port 8080 --no-page                only the API
  STANCE_TOKEN=$(cat token) stance serve --host 0.0.0.0     for others, who need the token
  stance serve --cors https://news.example          for the scripts of another site

\b
  curl -s localhost:7860/v1/articles -H 'Content-Type: application/json' \\
    -d '{"articles": [{"text": "“We want talks,” said the envoy."}]}'

\b
The API is described at /docs. GET /readyz answers 200 when the model is loaded, /metrics is for
Prometheus. SIGTERM or Ctrl-C finishes what is under way and stops.
"""
)
@click.option(
    "--host", metavar="H", default="127.0.0.1", show_default=True, help="Where to listen."
)
@click.option(
    "--port",
    metavar="P",
    type=click.IntRange(0, 65535),
    default=7860,
    show_default=True,
    help="The port; 0 takes a free one.",
)
@click.option("--no-page", is_flag=True, help="Only the API, without the web page.")
@click.option("--model", metavar="DIR", help="A model folder, instead of the one that ships.")
@click.option(
    "--threads",
    metavar="N",
    type=click.IntRange(1),
    help="Statements scored side by side (default: one per core).",
)
@click.option(
    "--cors",
    metavar="ORIGIN",
    multiple=True,
    help="Let scripts of this site call the API (repeatable).",
)
@click.option(
    "--max-requests",
    metavar="N",
    type=click.IntRange(1),
    default=128,
    show_default=True,
    help="Requests scored at the same time; more are answered 503.",
)
@click.option(
    "--max-connections",
    metavar="N",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    help="Open connections.",
)
@click.option(
    "--max-body",
    metavar="MB",
    type=click.IntRange(1),
    default=8,
    show_default=True,
    help="Size of one request.",
)
@click.option(
    "--max-seconds",
    metavar="S",
    type=click.FloatRange(1),
    default=60.0,
    show_default=True,
    help="Time to score one request.",
)
def serve(
    host: str,
    port: int,
    *,
    no_page: bool,
    model: str | None,
    threads: int | None,
    cors: tuple[str, ...],
    max_requests: int,
    max_connections: int,
    max_body: int,
    max_seconds: float,
) -> None:
    """Serve the HTTP API and the web page.

    Where the environment variable STANCE_TOKEN is set, clients of the API must bring its value as
    a bearer token, and visitors of the page as the password, with any name.
    """
    try:
        from stance.service.limits import Limits  # noqa: PLC0415 - not needed for --help
        from stance.service.server import Settings  # noqa: PLC0415
        from stance.service.server import serve as run  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise StanceError(
            f"serving needs {error.name}, which is not installed: pip install 'stance[serve]'"
        ) from error
    token = os.environ.get(TOKEN) or None
    if host not in LOOPBACK and token is None:
        click.echo(f"stance: {host} is open to others, and {TOKEN} is not set", err=True)
    limits = Limits(
        requests=max_requests,
        connections=max_connections,
        body_bytes=max_body * MEGABYTE,
        held_bytes=max(Limits().held_bytes, 2 * max_body * MEGABYTE),
        request_seconds=max_seconds,
    )
    settings = Settings(host, port, token, cors, page=not no_page, limits=limits)
    run(partial(load_scorer, model, threads), settings)


def load_scorer(model: str | None, threads: int | None) -> Scorer:
    """Load the scorer; raises ModelError."""
    import stance  # noqa: PLC0415 - slow to import

    return stance.load(model, threads=threads)
