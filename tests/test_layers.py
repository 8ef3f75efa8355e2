"""Imports go one way, and only the outermost layers and the doors touch disk, network, clock or environment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import evsynth
from evsynth.cli.main import VERBS

PACKAGE = Path(evsynth.__file__).parent

ORDER = (
    ("model",),
    ("text",),
    ("sources", "scan", "reanalyse", "effects"),
    ("checks", "pooling"),
    ("report",),
    ("review",),
    ("build",),
    ("cli", "workbench"),
)
"""A layer imports itself and what stands above it in this list; layers of one line do not import each other."""

RANK = {name: rank for rank, row in enumerate(ORDER) for name in row}

OUTSIDE = {"review", "build", "cli", "workbench"}
"""Layers that may touch disk and environment."""

DOORS = {
    "sources/door.py": {"time", "httpx2", "stamina"},
    "report/page.py": {"importlib.resources"},
    "report/methods_references.py": {"importlib.resources"},
    "report/drawing.py": {"pathlib"},
}
"""Modules further in that need one of `GUARDED`, and which: the network door, and the package's own files and fonts."""

GUARDED = {
    "os", "sys", "pathlib", "shutil", "tempfile", "glob", "fileinput", "subprocess", "socket", "ssl", "time",
    "datetime",
    "secrets", "uuid", "locale", "platform", "getpass", "importlib.resources", "importlib.metadata", "urllib",
    "urllib.request", "urllib.parse", "http", "http.client", "httpx", "httpx2", "requests", "aiohttp",
    "stamina", "ftplib",
}  # fmt: skip
"""Modules that reach out of the program."""

CALLS = {
    "open", "input", "print", "exec", "eval", "breakpoint",
    "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "glob", "rglob", "iterdir",
    "exists", "is_file",
    "is_dir", "resolve", "stat", "getenv", "now", "today", "utcnow", "urlopen", "read_csv", "to_csv",
    "savetxt", "loadtxt",
}  # fmt: skip
"""Names of functions and methods that reach out of the program."""

SEEDED = {"Random", "default_rng", "Generator", "SeedSequence", "PCG64", "PCG64DXSM", "Philox"}
"""Sources of chance; they give the same numbers every time only if they are given a seed."""

CALLS_ALLOWED = {
    "report/page.py": {"read_text"},
    "report/methods_references.py": {"read_text"},
}
"""Package files that are read as resources."""

FILES = sorted(p for p in PACKAGE.rglob("*.py"))


class Import(NamedTuple):
    """One import: its line and the full name of what is imported."""

    line: int
    name: str


@cache
def tree(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


def imports(path: Path) -> Iterator[Import]:
    """List all imports of a module, also those inside functions and those for types only."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name of what is imported"
            yield from (Import(node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def shown(path: Path) -> str:
    """Give a module's path inside the package."""
    return path.relative_to(PACKAGE).as_posix()


def layer(path: Path) -> str | None:
    """Give the layer of a module; the face of the package has none."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else None


MODULES = [path for path in FILES if layer(path)]


def test_every_folder_is_a_layer():
    """A new folder needs a place in the order."""
    assert {layer(path) for path in MODULES} <= set(RANK)


@pytest.mark.parametrize("path", MODULES, ids=shown)
def test_imports_go_one_way(path):
    """Down the order, and not to a sibling."""
    own = layer(path)
    wrong = []
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] != "evsynth" or len(parts) < 2:
            continue
        other = parts[1] if parts[1] in RANK else None
        if other is None:
            assert name == "evsynth.__version__", f"{shown(path)}:{line}: {name} is no layer"
        elif other != own and RANK[other] >= RANK[own]:
            wrong.append(f"{shown(path)}:{line}: {own} imports {name}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("verb", VERBS)
def test_verbs_do_not_import_each_other(verb):
    """What two verbs share stands in a module of its own."""
    found = [i for i in imports(PACKAGE / "cli" / f"{verb}.py") if i.name.startswith("evsynth.cli.")]
    assert not [i for i in found if i.name.split(".")[2] in VERBS]


INSIDE = [path for path in MODULES if layer(path) not in OUTSIDE]


@pytest.mark.parametrize("path", INSIDE, ids=shown)
def test_inner_layers_reach_for_nothing_outside(path):
    """They take values and return values."""
    allowed = DOORS.get(shown(path), set())
    reached = []
    for line, name in imports(path):
        parts = name.split(".")
        heads = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
        reached += [f"{shown(path)}:{line}: imports {h}" for h in sorted(heads & GUARDED) if not _allowed(h, allowed)]
    calls = CALLS - CALLS_ALLOWED.get(shown(path), set())
    chance = {"np.random", "numpy.random", *({"random"} if "random" in {i.name for i in imports(path)} else ())}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            function = node.func
            name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
            if name in calls:
                reached.append(f"{shown(path)}:{node.lineno}: calls {name}()")
            if name in SEEDED and not (node.args or node.keywords):
                reached.append(f"{shown(path)}:{node.lineno}: {name}() without a seed")
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in chance and node.attr not in SEEDED:
            reached.append(f"{shown(path)}:{node.lineno}: {ast.unparse(node)} has a state of its own")
        if isinstance(node, ast.Attribute) and node.attr == "environ":
            reached.append(f"{shown(path)}:{node.lineno}: reads the environment")
    assert not reached, "\n".join(reached)


def _allowed(name: str, allowed: set[str]) -> bool:
    return any(name == a or a.startswith(f"{name}.") for a in allowed)


def test_the_list_of_doors_holds_no_module_that_needs_none():
    """An exception that is not used any more is taken back."""
    for name, allowed in DOORS.items():
        found = {i.name for i in imports(PACKAGE / name)}
        assert all(any(f == a or f.startswith(f"{a}.") for f in found) for a in allowed), (name, allowed, found)


@pytest.mark.parametrize("path", [p for p in FILES if layer(p) not in ("cli", "workbench")], ids=shown)
def test_nothing_is_printed_below_the_command_line(path):
    """Messages are data, or go through a function that the caller gives."""
    printed = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert not printed


WORDS = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}


def test_no_module_is_called_after_nothing():
    """A name says what is inside."""
    assert not [shown(p) for p in FILES if p.stem in WORDS]
