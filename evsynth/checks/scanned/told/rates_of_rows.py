"""Rates of two groups in a row of a table, against the events and the times at risk that the text tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.checks.scanned.facts.rates_read import MODELLED, Pair, adjacent, fits, loose
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import body, content
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_ROW = Expression(
    r"(?:per|/)\s*(?P<s>1|10|100|1[,\s]?000|10[,\s]?000|100[,\s]?000)\s*(?:[a-z]+[- ]){0,2}(?:years?|days?|"
    r"months?|PYs?)\b",
    re.I,
)


def rates_of_rows(reading: Reading) -> Iterator[Finding]:
    """Check rows of two rates against every two groups whose events and times a sentence tells."""
    if not reading.document.tables:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        pairs = adjacent(line, marked(line.words))
        if len(pairs) == 2:
            yield from _rows(reading, pairs)


def _rows(reading: Reading, pairs: list[Pair]) -> Iterator[Finding]:
    for table in reading.document.tables:
        for row in body(table):
            told = _ROW.search(row.label.text)
            if told is None or MODELLED.search(row.label.text):
                continue
            scale = float(re.sub(r"\D", "", told["s"]))
            cells = [content(reading, c) for c in row.cells[1:] if c.text]
            numbers = [c.numbers[0] for c in cells if c.numbers and c.shape[:1] == "#"][:2]
            if len(numbers) != 2:
                continue
            rates = [Number("d", n.printed, n.start, n.end) for n in numbers]
            for two in (tuple(pairs), tuple(pairs[::-1])):
                own = [fits(r, p, scale) for r, p in zip(rates, two, strict=True)]
                if own[0] != own[1] and not loose(rates[own.index(True)]):
                    wrong = own.index(False)
                    made = float(two[wrong].events.printed) / float(two[wrong].time.printed) * scale
                    yield reading.finding(
                        "RATE", "inconsistent",
                        f"{row.label.text}: a rate of {rates[wrong].printed} is inconsistent with "
                        f"{two[wrong].events.printed} events in {two[wrong].time.printed}, which give {made:.3g}; the "
                        "other group fits",
                        "the rate may be adjusted, or count first events only; otherwise a number is misprinted",
                        quotes=((rates[wrong].start, rates[wrong].end), *two[wrong].spots),
                        computed=(("rate", f"{made:.4g}"),),
                    )  # fmt: skip
                    break
