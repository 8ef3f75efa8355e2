"""The commands of the task pages over tables are run as they are written."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from evsynth.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("pool-a-table", "ask-what-the-answer-hangs-on", "small-study-effects", "compare-several-treatments")


def commands() -> list[str]:
    """List the commands in the shell blocks of the pages."""
    found = []
    for page in PAGES:
        text = (ROOT / "docs" / "tasks" / f"{page}.md").read_text("utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            found += [line for line in block.splitlines() if line.startswith("evsynth ")]
    return found


def test_every_page_has_commands():
    assert len(commands()) >= 12


@pytest.mark.parametrize("line", commands())
def test_a_command_runs_as_written(line, tmp_path, monkeypatch, capsys):
    (tmp_path / "docs").mkdir()
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(shlex.split(line)[1:])
    captured = capsys.readouterr()
    assert not ended.value.code, captured.err
    assert len(captured.out) > 200


def test_the_python_of_the_page_runs():
    text = (ROOT / "docs" / "tasks" / "pool-a-table.md").read_text("utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)
    assert "found" in names


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_somewhere(page):
    path = ROOT / "docs" / "tasks" / f"{page}.md"
    for target in re.findall(r"\]\(([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
