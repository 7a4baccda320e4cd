from __future__ import annotations

import pytest
from ending import run_script

from stance.errors import InputError


@pytest.mark.parametrize("error", [InputError("no such rows"), OSError("no such rows")])
def test_an_error_is_one_line_and_status_2(
    capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(SystemExit) as ended:
        run_script(fail)
    assert ended.value.code == 2
    assert capsys.readouterr().err == "error: no such rows\n"
