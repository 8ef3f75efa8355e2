"""Mann-Whitney U told in sentences, and in notes under tables, against its Z or P and the sizes of the groups.

    Z = (U - n1 n2 / 2) / sqrt(n1 n2 (N + 1) / 12)

Ties make Z larger by little. Every pair of sizes that the paper tells is tried; a U above all of their n1 n2 cannot be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.identity import own_groups, size, table_lines
from evsynth.checks.scanned.numbers.p_of_counts import least
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_RANKS", "NUMBER_IMPOSSIBLE")

_U = Expression(
    rf"(?<![A-Za-z])(?:(?P<name>[A-Z][A-Za-z0-9 /-]{{1,30}})[:,] )?(?:Mann-?[- ]?Whitney )?"
    rf"(?-i:U)(?: statistic| value)?\s?(?:=|of|was)\s?(?P<u>{NUMBER})(?![\d%])"
)
_Z = Expression(rf"(?<![A-Za-z])[zZ](?:[- ](?:score|value))?\s?(?:=|of)\s?(?P<z>[-+]?\s?{NUMBER})")
_P = Expression(r"(?<![A-Za-z])[Pp](?:[- ]?values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))")
_GROUPS = Expression(r"\b(?:groups?|arms?|cases|controls)\b", re.I)
ROOM, TIES = 0.06, 1.12
"""How far Z may miss that of U: continuity correction and rounding; and the factor that ties may add."""


def ranks_told(reading: Reading) -> Iterator[Finding]:
    """Check every U of the results that has its P or Z beside it, and those in notes against the row they name."""
    if not re.search(
        r"(?<![A-Za-z])U(?: statistic| value)?\s?(?:=|of|was)\s?\d", reading.document.prose + reading.document.plain
    ):
        return
    every = list(lines(reading, ("abstract", "results", "body", "figure legend")))
    for index, line in enumerate(every):
        for match in _U.finditer(line.words):
            rest = re.split(r"[)\]]|;\s(?=[A-Z])|\.\s", line.words[match.end() : match.end() + 70])[0]
            z, p = _Z.search(rest), _P.search(rest)
            if (z is None and p is None) or not _GROUPS.search(line.words, 0, match.start()):
                continue  # other groups than those whose sizes are told
            sizes = _sizes(reading, every[max(0, index - 2) : index + 1])
            shown = f"Z {z['z']}" if z is not None else f"P {p['p']}" if p is not None else ""
            span_ = (line.start + match.start("u"), line.start + match.end() + max(m.end() for m in (z, p) if m))
            yield from _judged(reading, match["u"], _wanted(z, p), sizes, shown, span_)
    yield from _notes(reading)


def _wanted(z: re.Match[str] | None, p: re.Match[str] | None) -> Span:
    """Give the sizes of Z that are printed, or that print as the P."""
    if z is not None:
        own = span(number(z["z"])).absolute()
        return Span(own.low, own.high)
    assert p is not None
    return _of_p(Printed.parse(re.sub(r"[\s=]", "", p["p"])))


def _of_p(printed: Printed) -> Span:
    own = span(printed)
    high = 1.0 if printed.bound in (">", "≥") else float(printed) if printed.bound else own.high
    low = 1e-15 if printed.bound in ("<", "≤") or least(printed) else own.low
    return Span(normal_size(min(1.0, high)), normal_size(min(1.0, max(1e-15, low))))


def _sizes(reading: Reading, near: list[Line]) -> set[tuple[int, int]]:
    found = {(s.sizes[0], s.sizes[1]) for s in sizes_told(reading) if len(s.sizes) == 2}
    for line in near:
        for match in re.finditer(
            r"\(⟨c(\d+)⟩[^⟨().;\d]{1,30}?(?:,| and|/) ?⟨c(\d+)⟩[^⟨().;]{0,30}\)", marked(line.words).text
        ):
            numbers = marked(line.words).numbers
            found.add((numbers[int(match[1])].whole, numbers[int(match[2])].whole))
    return {(a, b) for a, b in found if min(a, b) > 2}


def _judged(
    reading: Reading, u: str, wanted: Span, sizes: set[tuple[int, int]], shown: str, where: tuple[int, int]
) -> Iterator[Finding]:
    value = span(number(u))
    if not sizes:
        return
    if all(value.low > a * b for a, b in sizes):
        a, b = max(sizes, key=lambda s: s[0] * s[1])
        yield reading.finding(
            "NUMBER_IMPOSSIBLE", "error", f"U {u} is more than {a} × {b} = {a * b}",
            "W (the rank sum) may be printed under U", quotes=(where,),
        )  # fmt: skip
        return
    made = {pair: _z(float(number(u)), *pair) for pair in sizes if value.low <= pair[0] * pair[1]}
    if not made or any(z - ROOM <= wanted.high and wanted.low <= max(z * TIES, z + ROOM) for z in made.values()):
        return
    if wanted.high >= 8:
        return
    (a, b), z = min(made.items(), key=lambda x: abs(x[1] - wanted.middle))
    yield reading.finding(
        "P_OF_RANKS", "inconsistent",
        f"{shown} is inconsistent with U {u}: {a} and {b} patients give |Z| {z:.2f}",
        "missing values, many ties, or W printed as U may explain it; otherwise one of both is misprinted",
        quotes=(where,), computed=(("Z without ties", f"{z:.4g}"),),
    )  # fmt: skip


def _z(u: float, n1: int, n2: int) -> float:
    return abs(u - n1 * n2 / 2) / math.sqrt(n1 * n2 * (n1 + n2 + 1) / 12)


def _notes(reading: Reading) -> Iterator[Finding]:
    """Check "Ferritin: U = 1457.5" in a note against the P of the row that it names."""
    rows = table_lines(reading)
    for table in reading.document.tables:
        for note in table.notes:
            for match in _U.finditer(reading.document.plain, note.start, note.end):
                own = [
                    x for x in rows if x.table == table and match["name"] and x.name.startswith(match["name"].strip())
                ]
                p = own[0].p.figure("p") if len(own) == 1 and own[0].p is not None else None
                found = [size(reading, c) for c in own_groups(reading, own[0])] if p is not None else []
                sizes = [s.patients for s in found if s is not None]
                if p is not None and len(sizes) == 2:
                    yield from _judged(
                        reading, match["u"], _of_p(p.printed), {(sizes[0], sizes[1])}, f"{own[0].name}: P {p.printed}",
                        (p.start, p.end),
                    )  # fmt: skip
