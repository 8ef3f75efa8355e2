"""A fold change and its logarithm to base 2: "5.6-fold (log2 difference 2.49)", "reduced to 0.42 (log2FC -1.25)".

The logarithm is that of the ratio, with its sign. Where one pair of a sentence names the logarithm, the pairs that
follow in the same form, "3.1-fold (1.63; ...", are read as well.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("FOLD_CHANGE",)

_N = r"\d+(?:[.·]\d+)?"
_LOG = r"log\s?\(?2\)?[\s-]?(?:transformed )?(?:\(?(?:fold[- ]?changes?|FC|ratio|difference|change)\)?)?"
_SIGNED = rf"(?P<l>[-−–+]?\s?{_N})"
_PAIR = Expression(
    rf"(?<![\w.,·/<>=≤≥±-])(?P<f>{_N})(?P<fold>[\s-]?(?:fold|times|×|x\b))?(?P<on>[^.;()\d]{{0,45}}?)\s?[(\[]\s?"
    rf"(?:(?P<log>{_LOG})(?:,|:| of| =|=| was)?\s?)?{_SIGNED}(?![\d]|[.·]\d|\s?(?:%|to\b|-\s?\d))",
    re.I,
)
_TURNED = Expression(
    rf"{_LOG}(?:,|:| of| =|=| was)?\s?{_SIGNED}\s?[,;(\[]+\s?(?:i\.e\.,? |or )?(?P<f>{_N})[\s-]?fold", re.I
)
_DOWN = Expression(r"\b(?:down-?regulat|reduc|decreas|lower|fell|declin|repress|suppress|less|drop|down)\w*", re.I)
ROOM = 0.02
"""By how much a logarithm may be off, beyond rounding."""


def folds(reading: Reading) -> Iterator[Finding]:
    """Check every fold change that tells its logarithm beside it."""
    for line in lines(reading, ("abstract", "results", "body", "discussion", "figure legend")):
        if re.search(r"log\s?\(?2", line.words, re.I) is None:
            continue
        words = line.words.replace("\n", " ")
        found = [*_PAIR.finditer(words), *_TURNED.finditer(words)]
        named = any(m.groupdict().get("log") and _fits(m, words) for m in found)
        for m in found:
            listed = "log" in m.groupdict() and not m["log"]
            ratio = "log" not in m.groupdict() or m["fold"] or re.search(r"\bto (?:about )?$", words[: m.start()])
            if (listed and not (named and _like(m))) or not (ratio or m["log"]) or _fits(m, words):
                continue
            fold, log = _read(m)
            made = math.log2(float(fold))
            yield reading.finding(
                "FOLD_CHANGE", "inconsistent",
                f"a ratio of {fold} is inconsistent with its logarithm, {log}: log2 of {fold} is {made:.3g}",
                "the logarithm may be the mean of single logarithms; otherwise a sign or a digit is lost",
                quotes=((line.start + m.start(), line.start + m.end("l")),), computed=(("log2", f"{made:.4g}"),),
            )  # fmt: skip


def _read(match: re.Match[str]) -> tuple[Printed, Printed]:
    texts = (re.sub(r"\s", "", match[k]).replace("·", ".").replace("−", "-").replace("–", "-") for k in ("f", "l"))
    fold, log = (Printed.parse(t.lstrip("+")) for t in texts)
    return fold, log


def _like(match: re.Match[str]) -> bool:
    """Say whether an unnamed number in brackets is printed as a logarithm may be, after a fold or a level."""
    return bool(match["fold"] or not match["on"].strip()) and _read(match)[1].decimals > 0


def _fits(match: re.Match[str], words: str) -> bool:
    fold, log = _read(match)
    if fold.value <= 0:
        return True
    own, printed = span(fold), span(log)
    made = Span(math.log2(max(own.low, 1e-9)), math.log2(own.high))
    room = ROOM + 0.02 * abs(made.middle)
    if made.low - room <= printed.high and printed.low <= made.high + room:
        return True
    # "a 2.4-fold reduction (log2 -1.26)": the ratio is told the other way round.
    around = words[max(0, match.start() - 60) : match.start()] + words[match.end("f") : match.end("f") + 50]
    turned = Span(-made.high, -made.low)
    down = _DOWN.search(around) is not None and float(fold) > 1 and log.value < 0
    return down and turned.low - room <= printed.high and printed.low <= turned.high + room
