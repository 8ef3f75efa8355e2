"""The Glasgow Coma Scale against its three parts: "13 (E3, V3, M5)" is eleven."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("COMPONENTS",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "methods")
_GAP = r"[\s,;:=/+and-]{0,6}"
_IS = r"(?:ye|erbal|otor|yes)?(?:[ -]?(?:opening|response|score))?[\s:=]{0,3}(?:of |was )?"
_PARTS = Expression(rf"\b[Ee]{_IS}(?P<e>\d)(?!\d){_GAP}[Vv]{_IS}(?P<v>\d)(?!\d){_GAP}[Mm]{_IS}(?P<m>\d)(?![\d%]|\.\d)")
_NAMED = Expression(r"\bGCS\b|\bGlasgow[ -][Cc]oma|\b[Cc]oma [Ss](?:cale|core)")
_FIRST = Expression(r"(?<![\w./,+-])(?P<n>\d{1,2})(?:\s?/\s?15)?(?![\w.%])")
_AFTER = Expression(
    r"^\s?[)\]]?[,;:\s]*(?:=|i\.e\.,?|total(?:ling)?|sum(?: score)?|giving|making|GCS)[^\d;.]{0,20}"
    r"(?P<n>\d{1,2})(?![\d.%])"
)
_MOST = {"e": 4, "v": 5, "m": 6}


def coma_scale(reading: Reading) -> Iterator[Finding]:
    """Compare a score of the scale with the parts told right behind or before it, and each part with its most."""
    for line in lines(reading, _ROLES):
        if not _NAMED.search(line.words):
            continue
        for match in _PARTS.finditer(line.words):
            parts = {k: int(match[k]) for k in "evm"}
            beyond = [k for k, v in parts.items() if v > _MOST[k] or v < 1]
            if beyond:
                yield reading.finding(
                    "COMPONENTS", "error", f"'{match[0]}': eye 1 to 4, verbal 1 to 5 and motor 1 to 6 are possible",
                    "a digit may be misprinted", quotes=(line.piece(match),),
                )  # fmt: skip
                continue
            total = sum(parts.values())
            before, after = line.words[: match.start()], line.words[match.end() :]
            named = [m.end() for m in _NAMED.finditer(before)]
            lead = before[named[-1] :] if named else ""
            first = _FIRST.search(lead)
            told = first if first is not None and len(lead) - first.end() < 30 else _AFTER.search(after)
            if told is None or int(told["n"]) == total or not 0 <= int(told["n"]) <= 30:
                continue
            start = match.end() + told.start("n") if told is not first else named[-1] + told.start("n")
            spot = line.start + start, line.start + start + len(told["n"])
            yield reading.finding(
                "COMPONENTS", "error",
                f"a score of {told['n']} is not the sum of its parts, {match[0]}, which is {total}",
                "the score may be of another time; otherwise a digit is misprinted",
                quotes=((min(spot[0], line.piece(match)[0]), max(spot[1], line.piece(match)[1])),),
                computed=(("sum", str(total)),),
            )  # fmt: skip
