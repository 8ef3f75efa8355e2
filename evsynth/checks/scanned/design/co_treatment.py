"""Many patients of a study without controls had another drug for the disease, and no analysis looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, size, table_lines, whole_number
from evsynth.checks.scanned.prose import is_randomised, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CO_TREATMENT",)

_DRUG = Expression(
    r"^\W*(?P<drug>[A-Za-z]*(?:idone|nib|mab|limus|sporine?|prine|mide|trexate|mycophenolat\w*|statin|gliptin|"
    r"gliflozin|sartan|pril|olol|quine?|cept|formin|xaban|kinra|oxetine|olone|platin|rubicin))\b",
    re.I,
)
_BESIDE = Expression(r"\b(?:concomitant|concurrent|co-?(?:medication|treatment)|additional|background|add-on)", re.I)
_LOOKED_AT = Expression(
    r"\b(?:adjust\w*|stratif\w*|covariates?|subgroups?|with and without|excluding|excluded|sensitivity|regress\w*|"
    r"multivaria\w*|matched|weight\w*|compared|versus|vs)\b",
    re.I,
)
_SUMMED = Expression(r"\b(?:received|treated with|add(?:ed|-on)|combin\w*|concomitant\w*|on)\b", re.I)
_ANOTHER = Expression(r"[a-z]{4,}(?:idone|nib|mab|limus|sporine?|prine|mide|trexate|cept|statin|formin)\b")

OFTEN = 0.2
"""Least share of the patients with the drug that is worth a look."""


def co_treatment(reading: Reading) -> Iterator[Finding]:
    """Find a drug that a table of one group gives to a fifth of the patients or more, and that no analysis considers.

    A concern, once for a paper, in full texts whose title or abstract names another drug. The text may name the drug
    where it speaks of what is known; a sentence that adjusts, stratifies, combines or compares by it leaves it alone,
    as do randomised studies, drugs that the abstract names, and earlier treatment: the table must say that it was
    concomitant.
    """
    if reading.document.kind != "full text" or is_randomised(reading):
        return
    studied = " ".join(x.words for x in lines(reading, ("title", "abstract"))).lower()
    if not _ANOTHER.search(studied):
        return
    for line in table_lines(reading):
        named = _DRUG.search(line.row.label.text)
        if named is None or not _BESIDE.search(line.label) or named["drug"].lower() in studied or not _one_group(line):
            continue
        share = _share(reading, line)
        if share is not None and share >= OFTEN and not _considered(reading, named["drug"].lower()):
            yield reading.finding(
                "CO_TREATMENT", "concern",
                f"{100 * share:.0f}% of the patients had {named['drug'].lower()} as well, and no analysis considers it",
                "it may not act on what was measured; else its effect is counted as that of the drug under study",
                quotes=(line.whole,),
            )  # fmt: skip
            return


def _one_group(line: Line) -> bool:
    return len(line.cells) == 1 and line.p is None


def _share(reading: Reading, line: Line) -> float | None:
    cell = line.cells[0]
    count, of, percent = cell.figure("count"), cell.figure("of"), cell.figure("percent")
    if percent is not None:
        return float(percent.printed.value) / 100
    total = whole_number(of.printed) if of is not None else None
    if total is None and (group := size(reading, cell)) is not None:
        total = group.patients
    number = whole_number(count.printed) if count is not None else None
    return number / total if number is not None and total else None


def _considered(reading: Reading, drug: str) -> bool:
    told = lines(reading, ("abstract", "methods", "results", "discussion", "conclusion"))
    return any(drug in x.words.lower() and (_LOOKED_AT.search(x.words) or _SUMMED.search(x.words)) for x in told)
