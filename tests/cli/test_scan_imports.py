"""A scan of a file reads no schema: what it does not need would make every scan slower."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TEXT = "Results\n\nRemission was seen in 12 of 40 patients (35.0%).\n"
RUN = """
import sys
from evsynth.cli.main import main
try:
    main(["scan", sys.argv[1], "--json"])
except SystemExit:
    pass
print("LOADED", [name for name in ("pydantic", "pandas", "scipy", "statsmodels") if name in sys.modules])
"""


def test_a_file_outside_a_review_is_scanned_without_schemas(tmp_path: Path) -> None:
    file = tmp_path / "paper.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", RUN, str(file)], capture_output=True, text=True, check=True)
    assert "COUNT_PERCENT" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED []"
