"""Measures of effect: every measure and option, effects as reported, and tables rebuilt from margins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evsynth.effects.measures import (
    escalc,
    from_interval,
    from_p,
    from_se,
    from_statistic,
    reconstruct_tables,
    usual_rule,
)
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet

RATES = ("IR", "IRLN", "IRS", "IRFT")


def measure(case: Case) -> Iterator[Compared]:
    """Compare ``y`` and ``v`` of one measure over a data set, and which studies it is defined for."""
    name, theirs = case.arguments["measure"], case.output
    if name == "GEN":
        data = case.table()
        found = from_interval(data["hr"], data["ci.lb"], data["ci.ub"], level=0.95, ratio=True)
        again = from_se(data["hr"], [v**0.5 for v in found.v], ratio=True)
        sheet = Sheet(case, "effects as reported")
        yield from sheet.rows("y", again.y, theirs["yi"])
        yield from sheet.rows("v", again.v, theirs["vi"])
        return
    found = escalc(name, _columns(case), undefined="exclude", **_rule(case))
    y, v = numbers(theirs["yi"]), numbers(theirs["vi"])
    defined = [i for i, (one, other) in enumerate(zip(y, v, strict=True)) if one is not None and other is not None]
    if name == "RTET":  # the reference answers -1 or 1 with a variance of 1e6 when a cell is 0
        defined = [i for i in defined if abs(y[i] or 0.0) < 1]
    sheet = Sheet(case, _family(name, case.arguments))
    if any("EMPTY_GROUP" in one.because for one in found.excluded):
        sheet = Sheet(case, "measures, an empty group")
    yield sheet.same("studies it is defined for", list(found.rows), defined)
    for place, row in enumerate(found.rows):
        if row in defined:
            yield sheet.row("y", found.y[place], y[row], found.v[place] ** 0.5)
            yield sheet.row("v", found.v[place], v[row])


def _family(name: str, arguments: Any) -> str:
    if name == "RTET":
        return "tetrachoric correlation"
    if name == "UCOR":
        return "unbiased correlation (UCOR)"
    return "measures, unbiased variance (UB)" if arguments.get("vtype") == "UB" else "measures"


def _columns(case: Case) -> dict[str, list[Any]]:
    data, name = case.table(), case.arguments["measure"]
    if name in RATES:
        arm = case.id[-1] if "arm" in case.id else ""
        return {"xi": data[f"x{arm}i"], "ti": data[f"t{arm}i"] if arm else data["ni"]}
    return data


def _rule(case: Case) -> dict[str, Any]:
    given = case.arguments
    add, to = usual_rule(given["measure"])
    if given.get("to") == "none":
        add, to = 0.0, "none"
    elif "to" in given:
        add, to = given.get("add", add), given["to"]
    elif "add" in given:
        add = given["add"]
    options = {name: given[name] for name in ("drop00", "vtype", "correct", "flip") if name in given}
    return {"add": add, "to": to, **options}


def reported(case: Case) -> Iterator[Compared]:
    """Compare effects taken from an interval, a test statistic or a p-value."""
    data, given = case.table(), case.arguments
    if "level" in given:
        found = from_interval(data["hr"], data["ci.lb"], data["ci.ub"], level=given["level"] / 100, ratio=True)
    elif "zval" in given:
        found = from_statistic(data["hr"], data["zi"], ratio=True)
    else:
        found = from_p(data["hr"], data["pval"], ratio=True)
    sheet = Sheet(case, "effects as reported")
    yield from sheet.rows("y", found.y, case.output["yi"])
    yield from sheet.rows("v", found.v, case.output["vi"])


def margins(case: Case) -> Iterator[Compared]:
    """Compare the cells rebuilt from a measure and the margins."""
    data = case.table()
    name = next(one for one in ("ori", "ri", "x2i") if one in case.arguments)
    found = reconstruct_tables(name, data[name], data["ni"], data["n1i"], data["n2i"])
    sheet = Sheet(case, "tables from margins")
    for cell in ("ai", "bi", "ci", "di"):
        yield sheet.same("cells", getattr(found, cell).tolist(), [number(value) for value in case.output[cell]])


TOPICS = {"escalc": measure, "conv.wald": reported, "conv.2x2": margins}
