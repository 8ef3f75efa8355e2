"""Every number stands in its quote, and every quote in its source, unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding, KeyPath
from evsynth.model.printed import Printed
from evsynth.model.study import NotReported, NotUsed
from evsynth.model.values import Passage
from evsynth.text.normalise import Normal, normalise
from evsynth.text.quotes import Piece, bound_before, find, match, pieces

CODES = (
    "SOURCE_UNKNOWN", "SOURCE_CHANGED", "SOURCE_NOT_HELD",
    "QUOTE_NOT_IN_SOURCE", "QUOTE_TWICE", "PRINTED_NOT_IN_QUOTE", "VALUE_NOT_IN_QUOTE", "BOUND_NOT_IN_QUOTE",
)  # fmt: skip


def quotation(case: Case) -> Iterator[Finding]:
    """Check sources, quotes and values of all passages; one cause gives one finding."""
    yield from _sources(case)
    for index, passage in enumerate(case.extraction.study.passages):
        path: KeyPath = ("passages", index)
        source = case.normal.get(passage.source)
        if source is not None:
            broken = _quote(case, passage.quote, passage.source, path, source)
            if broken is not None:
                yield broken
        yield from _values(case, passage, path)
    for path, kept in _kept(case):
        source = case.normal.get(kept.source)
        broken = _quote(case, kept.quote, kept.source, path, source) if source else None
        if broken is not None:
            yield broken


def _kept(case: Case) -> Iterator[tuple[KeyPath, NotReported | NotUsed]]:
    """Give what has a quote but no value: what is not reported, and numbers that are not used."""
    study = case.extraction.study
    yield from ((("not_reported", i), missing) for i, missing in enumerate(study.not_reported))
    yield from ((("not_used", i), unused) for i, unused in enumerate(study.not_used))


def _sources(case: Case) -> Iterator[Finding]:
    study = case.extraction.study
    first: dict[str, KeyPath] = {}
    for i, passage in enumerate(study.passages):
        first.setdefault(passage.source, ("passages", i, "source"))
    for path, kept in _kept(case):
        if kept.source in case.sources:  # an unknown one is already reported as an unknown name
            first.setdefault(kept.source, (*path, "source"))
    for name, path in sorted(first.items()):
        source = case.sources.get(name)
        if source is None:
            known = ", ".join(sorted(case.sources)) or "none"
            yield case.finding(
                "SOURCE_UNKNOWN", "error", path, f"there is no source {name!r} in corpora/sources",
                f"add corpora/sources/{name}.yaml, or use one of: {known}",
            )  # fmt: skip
        elif source.text is None:
            yield case.finding(
                "SOURCE_NOT_HELD", "note", path,
                f"the source {name!r} is not held here ({source.about.licence}); its quotes cannot be looked up",
                "values are still compared with their quotes",
            )  # fmt: skip
        elif source.actual_sha256 != source.about.sha256:
            yield case.finding(
                "SOURCE_CHANGED", "error", path,
                f"the document of {name!r} has sha256 {source.actual_sha256}, its sidecar says {source.about.sha256}",
                "restore the document; if it was replaced on purpose, extract it again and update the sidecar",
            )  # fmt: skip


def _quote(case: Case, quote: str, name: str, path: KeyPath, source: Normal) -> Finding | None:
    found = find(quote, source)
    if found.times == 1:
        return None
    shown = _short(quote)
    if found.times == 0:
        fits = _longest_start(normalise(quote).text.strip(), source.text)
        hint = f"it is found up to {fits[-40:]!r}" if fits else "copy it from the source again"
        message = f"the quote {shown!r} is not in {name}"
        return case.finding("QUOTE_NOT_IN_SOURCE", "error", (*path, "quote"), message, hint)
    message = f"the quote {shown!r} stands {found.times} times in {name}"
    hint = "make it longer until it stands there once"
    return case.finding("QUOTE_TWICE", "error", (*path, "quote"), message, hint)


def _values(case: Case, passage: Passage, path: KeyPath) -> Iterator[Finding]:
    quote = normalise(passage.quote).text.strip()
    located = pieces(passage.quote, [value.printed for value in passage.values])
    for index, (value, piece) in enumerate(zip(passage.values, located, strict=True)):
        here = (*path, "values", index)
        if piece is None:
            yield case.finding(
                "PRINTED_NOT_IN_QUOTE", "error", (*here, "printed"),
                f"{value.printed!r} is not in the quote {_short(passage.quote)!r} (after the value before it)",
                "write it as in the quote, and the values in the order they are printed",
            )  # fmt: skip
            continue
        stored = value.statistics()
        found = match(piece, list(stored.values()), prose="prose" in (value.basis, passage.basis))
        if found is None:
            yield _mismatch(case, here, value.printed, stored, piece)
            continue
        for (name, number), numeral in zip(stored.items(), found, strict=True):
            printed = bound_before(quote, numeral)
            if printed != number.bound:
                yield case.finding(
                    "BOUND_NOT_IN_QUOTE", "error", (*here, name),
                    f"{name} is stored as {number}, but printed as {printed or '='} {numeral.text}",
                    f"write {name}: {printed}{numeral.text}",
                )  # fmt: skip


def _mismatch(case: Case, path: KeyPath, printed: str, stored: dict[str, Printed], piece: Piece) -> Finding:
    """Point at the first stored number that differs from the printed one in its position."""
    numbers = list(stored.items())
    shown = ", ".join(n.text for n in piece.digits or piece.words) or "no number"
    for index, (name, number) in enumerate(numbers):
        there = piece.digits[index].text if index < len(piece.digits) else None
        if there is None or Printed.parse(there).text.lstrip("+") != number.text.lstrip("<>≤≥= "):
            same = there is not None and Printed.parse(there).same_print(Printed.parse(number.text.lstrip("<>≤≥= ")))
            if not same:
                return case.finding(
                    "VALUE_NOT_IN_QUOTE", "error", (*path, name),
                    f"{name} is stored as {number}, but {printed!r} prints {there or 'no further number'}",
                    f"numbers printed: {shown}; stored: {', '.join(str(n) for _, n in numbers)}",
                )  # fmt: skip
    return case.finding(
        "VALUE_NOT_IN_QUOTE", "error", (*path, "printed"),
        f"{printed!r} prints more numbers ({shown}) than are stored "
        f"({', '.join(str(n) for _, n in numbers) or 'none'})",
        "give each its key, or shorten `printed` to the piece that holds only these numbers",
    )  # fmt: skip


def _short(text: str, limit: int = 80) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _longest_start(wanted: str, text: str) -> str:
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in text else (low, middle - 1)
    return wanted[:low] if low >= 10 else ""
