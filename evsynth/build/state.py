"""What the last build was made from, so that what did not change is not computed again.

The state is a local note in `.evsynth/`, never committed. It is trusted only where the inputs, the code and the written
bytes are all unchanged; without it everything is computed.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from evsynth.review.files import sha256, write

State = dict[str, dict[str, str]]
_CODE = "the code"  # no pool can be called so
_NAME = Path(".evsynth") / "built.json"


def load(root: Path) -> State:
    """Read the state; anything unreadable counts as none."""
    try:
        content = json.loads((root / _NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and content.get(_CODE) == {"sha256": code()} else {}


def keep(root: Path) -> None:
    """Make the place for notes, so that also others find it."""
    (root / _NAME).parent.mkdir(exist_ok=True)


def save(root: Path, made: State) -> None:
    """Write the state."""
    content = made | {_CODE: {"sha256": code()}}
    write(root / _NAME, json.dumps(content, indent=1, sort_keys=True).encode())


def unchanged(root: Path, state: State, part: str, made_from: str) -> bool:
    """Say whether the files of `part` were made from the same inputs and still are as they were written."""
    noted = state.get(part)
    if not noted or noted.get("made_from") != made_from:
        return False
    return all(_sha(root / "outputs" / name) == digest for name, digest in noted.items() if name != "made_from")


@cache
def code() -> str:
    """Give a digest of the package's own code and of the versions of the libraries that compute."""
    from importlib.metadata import version

    package = Path(__file__).resolve().parent.parent
    kinds = (".py", ".html", ".css", ".js", ".json")
    files = sorted(p for p in package.rglob("*") if p.suffix in kinds)
    parts = [f"{p.relative_to(package).as_posix()} {sha256(p.read_bytes())}" for p in files]
    parts += [f"{name} {version(name)}" for name in ("numpy", "scipy", "pymare", "matplotlib", "statsmodels", "pandas")]
    return sha256("\n".join(parts).encode())


def _sha(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes())
    except OSError:
        return None
