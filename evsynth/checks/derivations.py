"""A derived value follows from its inputs, and the size of a group is a printed count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding, KeyPath
from evsynth.model.observation import Observation

CODES = ("DERIVATION_FORMULA", "DERIVED_DIFFERS", "GROUP_SIZE")


def derivations(case: Case) -> Iterator[Finding]:
    """Compute every derived value again, and compare the sizes of groups with the counts that print them."""
    known = {o.id: o for o in case.extraction.observations}
    for observation in case.extraction.observations:
        if observation.unquoted is not None and observation.unquoted.why == "derived":
            yield from _derived(case, observation, known)
    yield from _sizes(case)


def evaluate(formula: str, numbers: dict[str, Decimal]) -> Decimal:
    """Compute a formula of numbers and identifiers joined by + - * / with blanks around them.

    Raises ValueError that names what is not known, or says that the formula cannot be read.

    >>> evaluate("a - b * 2", {"a": Decimal(12), "b": Decimal(4)})
    Decimal('4')
    """
    tokens = formula.replace("−", "-").replace("×", "*").split()
    if len(tokens) % 2 == 0:
        raise ValueError("it must be numbers and identifiers, joined by + - * / with blanks around them")
    terms = [_operand(tokens[0], numbers)]
    signs: list[str] = []
    for sign, token in zip(tokens[1::2], tokens[2::2], strict=True):
        value = _operand(token, numbers)
        if sign == "*":
            terms[-1] *= value
        elif sign == "/":
            terms[-1] /= value
        elif sign in ("+", "-"):
            signs.append(sign)
            terms.append(value)
        else:
            raise ValueError(f"{sign!r} is not one of + - * /")
    total = terms[0]
    for sign, value in zip(signs, terms[1:], strict=True):
        total = total + value if sign == "+" else total - value
    return total


def _operand(token: str, numbers: dict[str, Decimal]) -> Decimal:
    if re.fullmatch(r"\d+(\.\d+)?", token):
        return Decimal(token)
    if token not in numbers:
        raise ValueError(f"{token!r} is neither a number nor one of the inputs")
    return numbers[token]


def _derived(case: Case, o: Observation, known: dict[str, Observation]) -> Iterator[Finding]:
    about = o.unquoted
    if about is None or about.formula is None or not o.statistics:
        return
    inputs = [known[name] for name in about.inputs if name in known]
    if len(inputs) < len(about.inputs):
        return  # the unknown name is a finding of its own
    numbers: dict[str, Decimal] = {}
    for used in inputs:
        for statistic, number in used.statistics.items():
            numbers[f"{used.id}.{statistic}"] = number.value
        main = used.statistics.get("count") or next(iter(used.statistics.values()))
        numbers[used.id] = main.value
    statistic, stored = next(iter(o.statistics.items()))
    try:
        value = evaluate(about.formula, numbers)
    except (ValueError, InvalidOperation, ZeroDivisionError) as error:
        hint = f"use the identifiers of the inputs: {', '.join(about.inputs)}"
        message = f"the formula {about.formula!r} cannot be computed: {error}"
        yield case.finding("DERIVATION_FORMULA", "error", (*o.path, "formula"), message, hint)
        return
    if not stored.interval().holds(value):
        message = f"{statistic} is {stored}, but {about.formula} is {value}"
        yield case.finding("DERIVED_DIFFERS", "error", (*o.path, statistic), message, "correct one of the two")
    total = o.statistics.get("of")
    sizes = {arm.patients for c in case.extraction.study.cohorts if c.cohort == o.cohort for arm in c.arms}
    if total is not None and total.value not in numbers.values() and total.value not in sizes:
        message = f"of is {total}, which is neither printed by an input nor the size of a group"
        yield case.finding("DERIVED_DIFFERS", "error", (*o.path, "of"), message, "name the value that prints it")


def _sizes(case: Case) -> Iterator[Finding]:
    """The variable `patients` prints the sizes of groups; a size that nothing prints makes a result PARTIAL instead."""
    for c, cohort in enumerate(case.extraction.study.cohorts):
        whole = [a.patients for a in cohort.arms if a.role == "whole"]
        path: KeyPath = ("cohorts", c)
        if cohort.patients is not None and whole and cohort.patients not in whole:
            message = f"cohort {cohort.cohort} has {cohort.patients} patients, its whole group {whole[0]}"
            yield case.finding("GROUP_SIZE", "error", (*path, "patients"), message, "one of the two must be corrected")
        for a, arm in enumerate(cohort.arms):
            if arm.patients is None:
                continue
            printed = {
                int(o.statistics["count"].value): o
                for o in case.extraction.observations
                if o.cohort == cohort.cohort and o.about.arm == arm.arm and o.variable == "patients"
                if "count" in o.statistics
            }
            here = (*path, "arms", a, "patients")
            if printed and arm.patients not in printed:
                shown = ", ".join(str(n) for n in sorted(printed))
                message = f"arm {arm.arm} has {arm.patients} patients, but the paper prints {shown}"
                yield case.finding(
                    "GROUP_SIZE", "error", here, message, "write the printed number", about=printed.values()
                )
