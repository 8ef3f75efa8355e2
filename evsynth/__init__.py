"""Evidence synthesis in which every pooled number resolves to the quote it came from.

>>> import evsynth as ev                       # doctest: +SKIP
>>> review = ev.open_review(".")               # doctest: +SKIP
>>> review.pool("death-hazard").forest()       # doctest: +SKIP

Heavy libraries are loaded when they are first needed, so that importing this package stays instant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evsynth.build.plain import pool
    from evsynth.build.workspace import Fit, Workspace, open_review
    from evsynth.model.finding import Finding, Problems
    from evsynth.model.printed import Printed
    from evsynth.model.record import Record

__version__ = "0.1.0"

_WHERE = {
    "Finding": "evsynth.model.finding",
    "Fit": "evsynth.build.workspace",
    "Printed": "evsynth.model.printed",
    "Problems": "evsynth.model.finding",
    "Record": "evsynth.model.record",
    "Workspace": "evsynth.build.workspace",
    "pool": "evsynth.build.plain",
    "open_review": "evsynth.build.workspace",
}

__all__ = ["Finding", "Fit", "Printed", "Problems", "Record", "Workspace", "open_review", "pool"]


def __getattr__(name: str) -> object:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'evsynth' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
