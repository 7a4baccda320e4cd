"""A run with a slow fake scorer, to be killed: INPUT OUT SECONDS WORKERS [--resume]."""

from __future__ import annotations

import sys
from pathlib import Path

from batch.fakes import FakeLoader
from stance.batch.inputs import Inputs
from stance.batch.progress import Progress
from stance.batch.readers import Reading
from stance.batch.run import Job, score_to_file
from stance.cli import reported


def main() -> int:
    source, out, seconds, workers, *flags = sys.argv[1:]
    job = Job(Inputs((source,)), Reading(), FakeLoader(seconds=float(seconds)), int(workers))
    score_to_file(job, Path(out), Progress(), resume="--resume" in flags)
    return 0


if __name__ == "__main__":
    sys.exit(reported(main))
