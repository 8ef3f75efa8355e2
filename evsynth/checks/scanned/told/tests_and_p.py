"""A test statistic and its P told in one result, in any order of the sentence, or in one row of a table.

"An F(2, 45) of 8.20 was obtained, p = 0.35", "Wald 3.0, df 1, p = 0.003", "Cochran's Q was 34.2 with 10 degrees of
freedom (P = 0.45)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.statistics_of_rows import Group, caption_of, groups
from evsynth.checks.scanned.facts.statistics_told import Told
from evsynth.checks.scanned.numbers.p_of_counts import distance
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import chi_square_tail, normal_two_sided, t_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC",)

_OTHER = Expression(
    r"bonferroni|tukey|dunnett|holm|scheff|corrected|correction|permutation|adjusted p|fdr|false discovery|"
    r"greenhouse|one-sided|one-tailed|"
    r"exact|fisher|yates|randomi[sz]ation test|simulat|trend|interaction|post[- ]hoc|robust|bootstrap|monte|"
    r"welch|games|kenward|satterth",
    re.I,
)  # fmt: skip
_NEW = Expression(r"[;.]\s|\b(?:and|but|than|respectively|versus|vs)\b|[\d]\s?[%±]|\bCI\b")
NEAR = 0.3
"""Distance in Z that exact and corrected variants of a test reach."""


def tests_and_p(reading: Reading) -> Iterator[Finding]:
    """Recompute the P of every test whose degrees of freedom are known."""
    found = [(g, t, x) for g in groups(reading) for t, x in _tests(g)]
    judged = [(g, t, values, _fits(_printed(g.told["p"]), values)) for g, t, values in found]
    larger = [j for j in judged if not j[3] and _above(_printed(j[0].told["p"]), j[2])]
    if len(judged) > 2 and len(larger) * 2 > len(judged):
        return  # corrected for many tests
    for group, test, values, fits in judged:
        if fits:
            continue
        p, start = group.told["p"], group.line.start
        value = p.value.text if p.value.bound else f"{p.bound}{p.value}"
        on = f" on {', '.join(f'{x:g}' for x in _freedom(group, test))} df" if test.role != "z" else ""
        yield reading.finding(
            "P_OF_STATISTIC", "inconsistent",
            f"P {value} is inconsistent with {test.name.strip()} {test.value}{on}, which gives {values.low:.3g} to "
            f"{values.high:.3g}",
            "another test, or a correction for many tests, may explain it; otherwise one of both is misprinted",
            quotes=((start + min(test.start, p.start), start + max(test.end, p.end)),),
            computed=(("P", f"{values.low:.4g} to {values.high:.4g}"),),
        )  # fmt: skip


def _tests(group: Group) -> Iterator[tuple[Told, Span]]:
    """Give the one test of a group with P and degrees of freedom, and the P values that it can have."""
    p = group.told.get("p")
    tests = [group.told[name] for name in ("t", "f", "chi2", "wald", "z") if name in group.told]
    if p is None or len(tests) != 1 or tests[0].bound or tests[0].percent or _OTHER.search(caption_of(group)):
        return
    test = tests[0]
    if group.table is None:
        gap = group.line.words[test.end : p.start] if test.end <= p.start else "; "
        if len(gap) > 60 or _NEW.search(gap.replace("\n", " ")) or not 0 < float(p.value) <= 1:
            return
    values = _values(test, _freedom(group, test))
    if values is not None:
        yield test, values


def _freedom(group: Group, test: Told) -> tuple[float, ...]:
    behind = group.told.get("df")
    if test.df or behind is None:
        return test.df
    return behind.df or (float(behind.value),)


def _values(test: Told, df: tuple[float, ...]) -> Span | None:
    size = span(test.value).absolute()
    if test.role == "z":
        return Span(normal_two_sided(size.high), normal_two_sided(size.low))
    if not df or min(df) <= 0:
        return None
    if test.role == "t" and len(df) == 1:
        return Span(t_two_sided(size.high, df[0]), t_two_sided(size.low, df[0]))
    if test.role == "f" and len(df) == 2:
        from scipy.special import fdtrc

        return Span(*(float(fdtrc(df[0], df[1], x)) for x in size[::-1]))
    if test.role in ("chi2", "wald") and df[0] == int(df[0]):
        return Span(*(chi_square_tail(x, int(df[0])) for x in size[::-1]))
    return None


def _printed(p: Told) -> Printed:
    """Give a P with its sign of inequality."""
    return Printed.parse(f"{p.bound.strip()}{p.value.text.strip()}") if p.bound else p.value


def _fits(p: Printed, values: Span) -> bool:
    half = Span(values.low / 2, values.high / 2)  # one-sided; its last digit may be cut
    if half.low - 10.0**-p.decimals <= float(p.value) <= half.high:
        return True
    ends = {"low": values.low, "high": values.high}
    return meets(p, values) or meets(p, half) or distance(p, ends) < NEAR


def _above(p: Printed, values: Span) -> bool:
    return float(p.value) > values.high and p.bound not in ("<", "≤")
