"""Chi-square told of shares, "28 of 47 against 17 of 47; χ² = 5.16", against the counts themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import Table, comparisons, tables
from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.facts.modelled import MODEL_NAMED
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import chi_square_size
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC",)

_CHI = Expression(
    rf"(?:[χΧ]\s?(?:²|\^?2)|\b[Cc]hi-?\s?(?:squared?|²|2))(?: test| statistic|"
    rf" value)?,?\s?(?:\(\s?(?:df\s?=\s?)?1\s?\)\s?)?(?:[=:]|of|was|is)?\s?(?P<v>{NUMBER})(?!\s?%)"
)
_OTHER = Expression(
    r"mantel|stratif|adjust|wald|trend|mcnemar|paired|log-? ?rank|likelihood|cochran|regress|interaction", re.I
)
ROOM = 1.04
"""Factor by which the statistic may miss every variant of it."""


def chi_square_of_shares(reading: Reading) -> Iterator[Finding]:
    """Compare a chi-square with the two or three shares right before it, with and without correction."""
    if "hi" not in reading.document.prose and "χ" not in reading.document.prose:
        return
    for told in comparisons(reading):
        start = told.shares[-1].end
        words = told.line.words
        last = max(n.end for n in told.shares[-1].numbers)
        match = _CHI.search(words, last)
        if match is None or match.start() - last > 120 or _OTHER.search(told.sentence.text[max(0, start - 200) :]):
            continue
        if re.search(r"[;.]\s[A-Za-z].*\d.*[;.]\s", words[last : match.start()]) or re.search(
            r"\d\s?%", words[last : match.start()]
        ):
            continue
        known, sure = tables(reading, told)
        if not known or not sure or MODEL_NAMED.search(told.sentence.text):
            continue
        made = sorted({round(x, 4) for table in known for x in _variants(table)})
        own = span(number(match["v"]))
        if not made or any(own.low <= x * ROOM and x <= own.high * ROOM for x in made):
            continue
        yield reading.finding(
            "P_OF_STATISTIC", "inconsistent",
            f"chi-square {match['v']} is inconsistent with {' and '.join(f'{k} of {n}' for k, n in known[0])}, which "
            f"give {' or '.join(f'{x:.3g}' for x in made[:4])}",
            "another test, or other patients, may explain it; otherwise a number is misprinted",
            quotes=((told.line.start + match.start(), told.line.start + match.end()),
                    *(spot(told.line, *s.numbers) for s in told.shares)),
            computed=tuple(("chi-square", f"{x:.4g}") for x in made[:4]),
        )  # fmt: skip


def _variants(table: Table) -> Iterator[float]:
    """Give Pearson's chi-square, that with Yates' correction, and that of the likelihood ratio."""
    from math import log

    sizes = [n for _, n in table]
    total, events = sum(sizes), sum(k for k, _ in table)
    if not 0 < events < total:
        return
    cells = [(k, events * n / total) for k, n in table]
    cells += [(n - k, (total - events) * n / total) for k, n in table]
    yield sum((o - e) ** 2 / e for o, e in cells)
    yield sum(max(0.0, abs(o - e) - 0.5) ** 2 / e for o, e in cells)
    yield 2 * sum(o * log(o / e) for o, e in cells if o)
    if len(table) == 2:
        from evsynth.reanalyse.tables import table_tests

        for p in table_tests([tuple(k for k, _ in table), tuple(n - k for k, n in table)]).values():
            if 1e-12 < p < 1:
                yield chi_square_size(p, 1)
