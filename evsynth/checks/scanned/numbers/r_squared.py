"""R squared of a linear model against its adjusted value, and against the printed F."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("R_SQUARED",)

_NUMBER = r"(?P<{}>[0-9]*[.·][0-9]+|[0-9]+(?:[.·][0-9]+)?\s?%)"
_R2 = r"R\s?(?:²|2|\^2|-squared|\ssquared)"
_ADJUSTED = Expression(rf"\badj(?:usted|\.)?[\s-]*{_R2}\)?\s*(?:was|of|is|=|:)?\s*{_NUMBER.format('value')}", re.I)
_PLAIN = Expression(
    rf"(?<![A-Za-z])(?<!adjusted )(?<!adj )(?<!adj\. )(?<!adjusted-){_R2}\)?\s*(?:was|of|is|=|"
    rf":)?\s*{_NUMBER.format('value')}",
    re.I,
)
_F = Expression(r"\bF\s?[\[(]\s?(?P<p>[0-9]+)\s?[,;]\s?(?P<df>[0-9]+)\s?[\])]\s?=\s?(?P<f>[0-9]+(?:[.·][0-9]+)?)")


_RANGE = Expression(r"\s?(?:-|–|to)\s?[0-9]*[.·]?[0-9]")


def r_squared(reading: Reading) -> Iterator[Finding]:
    """Compare R squared and adjusted R squared of one sentence (or note), and with F on p and n - p - 1 df.

    adjusted = 1 - (1 - R2)(n - 1)/(n - p - 1), so never above R2; F = (R2/p)/((1 - R2)/(n - p - 1)) (Draper & Smith
    1998, doi 10.1002/9781118625590). Left alone: values below 0, and sentences that print several models.
    """
    for line in _pieces(reading):
        plain, adjusted = list(_PLAIN.finditer(line.words)), list(_ADJUSTED.finditer(line.words))
        if len(plain) != 1 or len(adjusted) > 1:
            continue
        r2 = _share(plain[0]["value"])
        if r2 is None or not 0 <= r2.low <= r2.high <= 1:
            continue
        f = _F.search(line.words)
        if _RANGE.match(line.words, plain[0].end()) or (f and _RANGE.match(line.words, f.end())):
            continue  # those of several models
        if adjusted:
            yield from _adjusted(reading, line, plain[0], adjusted[0], r2, f)
        if f:
            p, df = int(f["p"]), int(f["df"])
            fits = [p * x / (p * x + df) for x in _ends(span(Printed.parse(f["f"].replace("·", "."))))]
            made = [Span(min(fits), max(fits))]
            if p and df and not adjusted:  # one that is adjusted, and not called so
                made.append(Span(*(1 - (1 - x) * (df + p) / df for x in made[0])))
            if p and df and not any(m.low - 1e-9 <= r2.high and r2.low <= m.high + 1e-9 for m in made):
                yield _finding(
                    reading, f"F({p}, {df}) = {f['f']} gives R squared {min(fits):.3f}, and {plain[0]['value']} is "
                        f"printed",
                    (line.piece(plain[0]), line.piece(f)),
                )  # fmt: skip


def _adjusted(
    reading: Reading, line: Line, plain: re.Match[str], adjusted: re.Match[str], r2: Span, f: re.Match[str] | None
) -> Iterator[Finding]:
    value = _share(adjusted["value"])
    if value is None:
        return
    if value.low > r2.high:
        said = f"adjusted R squared {adjusted['value']} is above R squared {plain['value']}, which it cannot be"
        yield _finding(reading, said, (line.piece(plain), line.piece(adjusted)))
    elif f:
        p, df = int(f["p"]), int(f["df"])
        low, high = (1 - (1 - x) * (df + p) / df for x in _ends(r2))
        if df and (high < value.low - 1e-9 or low > value.high + 1e-9):
            said = f"R squared {plain['value']} with {p} and {df} df gives an adjusted one of {low:.3f} to {high:.3f}"
            yield _finding(
                reading, f"{said}, and {adjusted['value']} is printed", (line.piece(plain), line.piece(adjusted))
            )


def _finding(reading: Reading, message: str, quotes: tuple[Spot, ...]) -> Finding:
    return reading.finding(
        "R_SQUARED", "inconsistent", message, "the values may be those of two models, or the labels may be exchanged",
        quotes=quotes,
    )  # fmt: skip


def _pieces(reading: Reading) -> Iterator[Line]:
    """Give the sentences of the paper, and the captions and notes of its tables."""
    document = reading.document
    for sentence in document.sentences:
        section = document.sections[sentence.section]
        if section.role != "references":
            words = document.plain[sentence.start : sentence.end]
            if re.search(_R2, words, re.I):
                yield Line(words, sentence.start, sentence.end, section.role, sentence.section)


def _share(text: str) -> Span | None:
    percent = "%" in text
    found = span(Printed.parse(text.replace("·", ".").replace("%", "").strip()))
    return Span(found.low / 100, found.high / 100) if percent else found


def _ends(values: Span) -> tuple[float, float]:
    return values.low, values.high
