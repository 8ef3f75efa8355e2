"""Evidence synthesis in which every pooled number resolves to the quote it came from.

>>> import evsynth as ev                       # doctest: +SKIP
>>> review = ev.open_review(".")               # doctest: +SKIP
>>> review.pool("death-hazard").forest()       # doctest: +SKIP

Heavy libraries are loaded when they are first needed, so that importing this package stays instant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evsynth.build.found import Found
    from evsynth.build.plain import pool, pool_counts
    from evsynth.build.plain_bias import bias
    from evsynth.build.plain_network import network
    from evsynth.build.plain_regression import meta_regression
    from evsynth.build.plain_sensitivity import sensitivity
    from evsynth.build.workspace import Fit, Workspace, open_review
    from evsynth.model.finding import Finding, Problems
    from evsynth.model.printed import Printed
    from evsynth.model.record import Record

__version__ = "0.1.0"

_WHERE = {
    "Finding": "evsynth.model.finding",
    "Fit": "evsynth.build.workspace",
    "Found": "evsynth.build.found",
    "Printed": "evsynth.model.printed",
    "Problems": "evsynth.model.finding",
    "Record": "evsynth.model.record",
    "Workspace": "evsynth.build.workspace",
    "bias": "evsynth.build.plain_bias",
    "meta_regression": "evsynth.build.plain_regression",
    "network": "evsynth.build.plain_network",
    "open_review": "evsynth.build.workspace",
    "pool": "evsynth.build.plain",
    "pool_counts": "evsynth.build.plain",
    "sensitivity": "evsynth.build.plain_sensitivity",
}

__all__ = [
    "Finding",
    "Fit",
    "Found",
    "Printed",
    "Problems",
    "Record",
    "Workspace",
    "bias",
    "meta_regression",
    "network",
    "open_review",
    "pool",
    "pool_counts",
    "sensitivity",
]


def __getattr__(name: str) -> object:
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module 'evsynth' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
