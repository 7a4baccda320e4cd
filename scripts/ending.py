"""How a script ends where something cannot be read or written."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from stance.errors import StanceError


def run_script(command: Callable[[], object]) -> None:
    """Run a script's command; show an error that a user can mend as one line, with status 2."""
    try:
        command()
    except (StanceError, OSError) as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
