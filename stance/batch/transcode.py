"""From the Arrow stream that a run appends to, to the Parquet file that it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

GROUP_ROWS = 16_384
"""Rows of a row group, some 25 MB of quotes and paragraphs: held in memory one group at a time."""


def to_parquet(stream: Path, target: Path) -> None:
    """Write the rows of the Arrow stream file `stream` to `target`, removing it on failure.

    Row groups are of `GROUP_ROWS` rows, however the stream is divided into batches, so that the
    bytes depend on the rows alone.
    """
    try:
        with pa.OSFile(str(stream)) as source:
            reader = pa.ipc.open_stream(source)
            with pq.ParquetWriter(target, reader.schema, compression="zstd") as writer:
                for group in groups(reader):
                    writer.write_table(group, row_group_size=GROUP_ROWS)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Yield the rows of `reader` as tables of `GROUP_ROWS` rows, the last one shorter."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in reader:
        held.append(batch)
        count += batch.num_rows
        while count >= GROUP_ROWS:
            table = pa.Table.from_batches(held)
            yield table.slice(0, GROUP_ROWS).combine_chunks()
            held = table.slice(GROUP_ROWS).to_batches()
            count -= GROUP_ROWS
    if count:
        yield pa.Table.from_batches(held).combine_chunks()
