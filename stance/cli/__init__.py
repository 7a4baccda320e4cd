"""The command line, `stance`.

Data goes to standard output and messages to standard error. Every error that a user can mend is
one line. Exit status: 0 all scored, 1 some articles failed, 2 wrong usage or nothing readable or
writable, 130 after Ctrl-C, 143 when told to end, 141 when the reader of a pipe went away.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from types import FrameType

import click

from stance._version import __version__
from stance.cli.estimate import estimate as estimate_command
from stance.cli.model import model as model_command
from stance.cli.sample import sample as sample_command
from stance.cli.score import INTERRUPTED
from stance.cli.score import score as score_command
from stance.cli.serve import serve as serve_command
from stance.errors import StanceError

BAD_USAGE = 2


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  stance score article.txt
  stance score archive/ -o statements.parquet
  stance sample statements.parquet -o to_code.csv
  stance estimate statements.parquet --coded to_code.csv
  stance serve
""",
)
@click.version_option(__version__, prog_name="stance")
def cli() -> None:
    """Who said what about US-Russia relations, and where they stand.

    Finds the quoted statements in news articles, works out who says them, and scores each for its
    stance toward US-Russia relations and for its sentiment.
    """


cli.add_command(score_command)
cli.add_command(sample_command)
cli.add_command(estimate_command)
cli.add_command(serve_command)
cli.add_command(model_command)


def main() -> None:
    """Run the command line and exit with its status."""
    sys.exit(reported(lambda: cli.main(standalone_mode=False)))


def reported(command: Callable[[], object]) -> int:
    """Run `command`, show an error that it ends with as one line, and return the exit status."""
    signal.signal(signal.SIGTERM, interrupt)
    try:
        status = command()
    except click.ClickException as error:
        return complain(f"{error.format_message()} ('stance --help' shows how)")
    except StanceError as error:
        return complain(str(error))
    except (KeyboardInterrupt, click.Abort):
        return complain("interrupted", INTERRUPTED)
    return status if isinstance(status, int) else 0


def interrupt(number: int, _: FrameType | None) -> None:
    """Stop the work on a signal as Ctrl-C does."""
    raise KeyboardInterrupt(number)


def complain(message: str, status: int = BAD_USAGE) -> int:
    """Print a line and return the status to exit with."""
    click.echo(f"stance: {message}", err=True)
    return status
