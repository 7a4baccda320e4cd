"""Take the articles of a list of ids out of the corpus: what the recipe's teacher reads unlabelled.

`scripts/data/*.ids.gz` hold ids of the Article-Bias-Prediction corpus (Baly et al. 2020), one a
line, and none of its text.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from ending import run_script
from join_standoff import corpus_option, read_articles, replacing

from stance.jsonl import read_lines

EPILOG = """
\b
Example:
  python scripts/gather_articles.py scripts/data/articles_us_russia.ids.gz \\
      --corpus Article-Bias-Prediction --out data/articles_us_russia.jsonl.gz

Exit status: 0 all articles found, 1 some are missing, 2 nothing readable or writable.
"""


@click.command(epilog=EPILOG)
@click.argument("ids", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@corpus_option
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="The articles (id, title, text), as JSONL or JSONL.gz.",
)
def main(ids: Path, corpus: Path, out: Path) -> None:
    """Write the articles whose IDS a file lists, in its order."""
    wanted = [name for line in read_lines(ids) if (name := line.strip())]
    found = read_articles(corpus, wanted)
    with replacing(out) as sink:
        for name in wanted:
            if name in found:
                row = {"id": name, "title": found[name].title, "text": found[name].text}
                sink.write(json.dumps(row, ensure_ascii=False) + "\n")
    click.echo(f"{out}: {len(found)} of {len(wanted)} articles", err=True)
    sys.exit(0 if len(found) == len(wanted) else 1)


if __name__ == "__main__":
    run_script(main)
