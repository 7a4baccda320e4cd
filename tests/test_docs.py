"""The code in the documentation does what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from estimation.rows import scored

from stance.estimation.coding import Coding, Key, write_sheet
from stance.estimation.sampling import draw
from stance.estimation.shares import Tally

SAID = ["favor"] * 50 + ["against"] * 90 + ["neutral"] * 60 + ["unrelated"] * 200
DOC = Path(__file__).parents[1] / "docs" / "research.md"


def test_the_outcome_for_regressions_is_what_is_estimated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = scored(SAID, skipped=60)
    pq.write_table(pa.Table.from_batches([batch]), tmp_path / "statements.parquet")
    drawn = draw([batch], 120, seed=1).rows
    labels: dict[Key, Coding] = {
        (str(row["article_id"]), str(row["statement_id"])): Coding(
            SAID[(int(str(row["statement_id"])[1:]) + 40) % len(SAID)], None, "tiny 1"
        )
        for row in drawn
    }
    sheet = tmp_path / "to_code.csv"
    write_sheet(sheet, drawn, overwrite=False)
    table = pd.read_csv(sheet, dtype=str)
    keys = zip(table.article_id, table.statement_id, strict=True)
    table["coded_stance"] = [labels[key].stance for key in keys]
    table.to_csv(sheet, index=False)

    [code] = re.findall(r"```python\n(.*?)```", DOC.read_text(), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    found: dict[str, pd.DataFrame] = {}
    exec(code, found)

    tally = Tally("stance", (), labels)
    tally.add(batch)
    corrected = tally.estimates()[0].estimates["balance"].corrected
    assert corrected is not None
    assert found["rows"].balance.mean() == pytest.approx(corrected.value)
