"""What a user of the package sees: a sorted list of names, and an import that loads nothing heavy."""

from __future__ import annotations

import subprocess
import sys

import pytest

import evsynth

HEAVY = (
    "numpy", "pandas", "scipy", "matplotlib", "pymare", "sympy", "statsmodels", "networkx", "Bio",
    "pydantic", "httpx2", "jinja2",
    "rich", "yaml",
)  # fmt: skip


def loaded(code: str) -> set[str]:
    """Give the heavy libraries that a fresh interpreter has loaded after `code`."""
    report = f"\nimport sys\nprint('LOADED', *(m for m in {HEAVY!r} if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=True, timeout=60)
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    return set(line.split()[1:])


def test_the_list_of_names_is_sorted_and_complete():
    """Every name is there, and nothing else shows."""
    assert evsynth.__all__ == sorted(evsynth.__all__)
    for name in evsynth.__all__:
        assert getattr(evsynth, name) is not None
    assert sorted(dir(evsynth)) == sorted([*evsynth.__all__, "__version__"])


def test_a_star_import_gives_the_names_of_the_list():
    """And no others."""
    names: dict[str, object] = {}
    exec("from evsynth import *", names)
    assert set(names) - {"__builtins__"} == set(evsynth.__all__)


def test_an_unknown_name_is_an_attribute_error():
    """As in any module."""
    with pytest.raises(AttributeError, match="has no attribute 'pool_everything'"):
        _ = evsynth.pool_everything


def test_the_version_is_that_of_the_package():
    """One place says it, the other follows."""
    import tomllib
    from pathlib import Path

    pyproject = Path(evsynth.__file__).parent.parent / "pyproject.toml"
    assert tomllib.loads(pyproject.read_text("utf-8"))["project"]["version"] == evsynth.__version__


LIGHT = [
    # what is done, what may be loaded
    ("import evsynth", set()),
    ("import evsynth.cli.main as m\ntry: m.main(['--help'])\nexcept SystemExit: pass", set()),
    ("import evsynth.cli.main as m\ntry: m.main(['--version'])\nexcept SystemExit: pass", set()),
    ("import evsynth.review.folder", {"pydantic", "yaml"}),
    ("import evsynth.cli.main as m\ntry: m.main(['check', '--help'])\nexcept SystemExit: pass", {"pydantic", "yaml"}),
]


@pytest.mark.parametrize(("code", "allowed"), LIGHT)
def test_heavy_libraries_are_loaded_only_when_they_are_needed(code, allowed):
    """Help is instant; checking an extraction needs no statistics."""
    assert loaded(code) <= allowed
