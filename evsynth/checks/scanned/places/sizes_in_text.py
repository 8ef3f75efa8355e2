"""The sizes of all groups in one sentence, "(n = 190) ... (n = 169)", against the heads of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import heads_of_all
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TOTAL_DIFFERS",)

_SIZE = Expression(r"\b[nN]\s*=\s*(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?![\d/%]|[.,]\d)")
_PART = Expression(
    r"\b(?:complet|analy[sz]ed|per.protocol|follow-?up|subgroup|substudy|available|evaluable|screened|lost|withdr|among|"
    r"validation|derivation|training|test set|remaining|missing|died)", re.I,
)  # fmt: skip


def sizes_in_text(reading: Reading) -> Iterator[Finding]:
    """Compare sentences that print as many sizes as the tables have groups, all but one of them the same."""
    heads = heads_of_all(reading)
    if heads is None:
        return
    sizes = [int(f.printed.value) for f in heads]
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        found = list(_SIZE.finditer(line.words))
        values = [int(m["n"].replace(",", "")) for m in found]
        if len(values) != len(sizes) or _PART.search(line.words):
            continue
        differ = [i for i, (a, b) in enumerate(zip(values, sizes, strict=True)) if a != b]
        if len(differ) != 1 or len(set(sizes)) == 1:
            continue
        index = differ[0]
        text = found[index]["n"]
        elsewhere = len(re.findall(rf"(?<![\d.,]){re.escape(text)}(?![\d]|[.,]\d)", reading.document.plain))
        if elsewhere > 1 or not 0.5 < values[index] / sizes[index] < 2:
            continue
        start = line.start + found[index].start("n")
        head = heads[index]
        yield reading.finding(
            "TOTAL_DIFFERS", "inconsistent",
            f"n = {text} is inconsistent with {head.printed}, the size of the group in the tables; {text} is printed "
            "nowhere else",
            "digits may have been exchanged; or patients are counted at another step",
            quotes=((start, start + len(text)), (head.start, head.end)),
        )  # fmt: skip
