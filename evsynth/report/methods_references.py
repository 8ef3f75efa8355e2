"""The methods that an answer really used, in words, and their references.

`methods.json` lists each method with a pattern that is searched in what the result says of itself, a phrase, and its
references. A field that could not be verified is left out there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from evsynth.model.estimate import Answer, Estimate


class Reference(NamedTuple):
    """A document (or program) to cite; what is not known is empty. The author 'others' stands for et al."""

    key: str
    type: Literal["article-journal", "software", "dataset"]
    authors: tuple[str, ...]
    title: str
    journal: str = ""
    year: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    note: str = ""
    publisher: str = ""


class Method(NamedTuple):
    """A method: its key, the phrase for a methods section, the keys of its references."""

    key: str
    words: str
    references: tuple[str, ...]


class Used(NamedTuple):
    """The methods of an answer: of its studies' own effects, of the result itself, and of what stands beside it."""

    effects: tuple[Method, ...]
    result: tuple[Method, ...]
    companions: tuple[Method, ...]


def used(answer: Answer) -> Used:
    """Name the methods behind an answer, each where it was first used."""
    result, selection = answer.result, answer.selection
    own = [f"interval: {e.interval_method}" for e in selection.effects]
    if (isinstance(result, Estimate) and result.kind == "pooled") or result.companions:
        own += [f"effect: {e.measure}" for e in selection.effects]
    said: list[str] = []
    if isinstance(result, Estimate) and result.kind != "single study":
        figures = result.figures
        said += [f"{key}: {value}" for key, value in sorted(result.fitted.items()) if key != "tried"]
        said.append(f"interval: {figures.interval}")
        if figures.prediction_lower is not None:
            said.append(f"prediction: {figures.prediction}")
        if figures.i2_tau2 is not None or figures.i2_q is not None:
            said.append("i2: printed")
    elif not isinstance(result, Estimate):
        said += [f"reason: {reason.code}" for reason in result.reasons if result.k > 1]
    beside = [f"method: {c.method}" for c in result.companions]
    effects, fitted, others = _found(own), _found(said), _found(beside)
    return Used(
        tuple(m for m in effects if m not in fitted),
        fitted,
        tuple(m for m in others if m not in fitted and m not in effects),
    )


def references(methods: tuple[Method, ...]) -> tuple[Reference, ...]:
    """Give the references of some methods, each once, in the order of first use."""
    keys = dict.fromkeys(key for method in methods for key in method.references)
    return tuple(reference(key) for key in keys)


def reference(key: str) -> Reference:
    """Give one reference. Raises KeyError for an unknown key."""
    given: dict[str, Any] = _data()["references"][key] | {"key": key}
    return Reference(**given | {"authors": tuple(given["authors"])})


def used_by(said: Sequence[str]) -> tuple[Method, ...]:
    """Name the methods that some words about what was done speak of, such as `model: peto`."""
    return _found(list(said))


def _found(said: list[str]) -> tuple[Method, ...]:
    return tuple(
        Method(m["key"], m["words"], tuple(m["references"]))
        for m in _data()["methods"]
        if any(re.search(m["pattern"], text.lower()) for text in said)
    )


@cache
def _data() -> dict[str, Any]:
    text = (files("evsynth.report") / "methods.json").read_text("utf-8")
    return dict(json.loads(text))
