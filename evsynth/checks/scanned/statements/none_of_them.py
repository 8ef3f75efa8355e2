"""'No patient died', 'no cases of A were seen', against a count of the same in a table or sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.named_rows import row_key
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import group_key, key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NONE_CONTRADICTS",)

_NO = Expression(
    r"\b(?:there (?:was|were) )?no (?:cases? of |instances? of |episodes? of |reports? of "
    r")?(?P<what>[A-Za-z][A-Za-z -]{3,50}?)\s*"
    r"(?:(?:was|were) (?:observed|seen|reported|recorded|noted|documented|found)|occurred|developed)\b",
    re.I,
)
_THERE = Expression(
    r"\bthere (?:was|were) no (?:cases? of )?(?P<what>(?:drug-related )?(?:deaths?|mortality|relapses?|recurrences?|"
    r"infections?|"
    r"serious adverse events?|strokes?|[a-z]{4,20}))(?=\s+(?:in (?:either|any|both)|during the (?:study|trial))\b|"
    r"\s*[.,;]|\s*$)",
    re.I,
)
_NOBODY = Expression(
    r"\b(?:no|none of (?:the|these|our)) (?:patients?|participants?|subjects?|children|women|men|one)\s+(?:in "
    r"either group )?"
    r"(?P<verb>died|had|developed|experienced|suffered|required|underwent|discontinued)\b(?:\s+(?:an? |any "
    r")?(?P<what>[A-Za-z][A-Za-z -]{3,50}?))?"
    r"(?=\s+(?:during|in|at|after|within|due|because|and|or|by)\b|\s*[.,;(]|\s*$)",
    re.I,
)
_SEEN = r"(?:was|were) (?:observed|seen|reported|recorded|noted|documented|found|encountered)|occurred|developed|arose"
_ANY = (
    r"(?:in|among|for|by) (?:any(?:one|body)?|either)\b(?: of)?(?: the| these| our)?(?: (?:study )?(?:patients?|"
    r"participants?|subjects?|children|child|women|woman|men|man|one|person|people|group|arm|treatment group))*"
)
_WORDS = r"[A-Za-z][A-Za-z -]{2,50}?"
_ALTERNATIVES = (
    Expression(rf"\bneither (?P<a>{_WORDS}) nor (?P<b>{_WORDS}) (?:{_SEEN})(?: {_ANY}|(?=\s*[.,;]|\s*$))", re.I),
    Expression(
        rf"\bno (?P<a>{_WORDS}) (?:or|and no|nor) (?P<b>{_WORDS}) (?:{_SEEN})(?: {_ANY}|(?=\s*[.,;]|\s*$))", re.I
    ),
    Expression(
        rf"\b(?:no (?:patient|participant|subject|child|woman|man|one)|nobody|none of (?:the|these|our) (?:patients|"
        rf"participants|subjects|children|women|men))s?(?: in either (?:group|arm))? (?:had|developed|experienced|"
        rf"suffered|showed) (?:either )?(?P<a>{_WORDS}) (?:or|nor) (?P<b>{_WORDS})(?=\s*[.,;]|\s*$)", re.I,
    ),
    Expression(
        rf"(?:^|[.;:,] (?:and |but )?)(?P<a>{_WORDS}) did not (?:occur|develop|arise|(?P<v>rise|"
        rf"increase|fall|drop)) {_ANY}",
        re.I,
    ),
    Expression(rf"\bin (?:no|none of the) (?:patients?|participants?|child(?:ren)?) did (?P<a>{_WORDS}) "
               r"(?:occur|develop|arise|(?P<v>rise|increase|fall|drop))(?=\s*[.,;]|\s*$)", re.I),
    Expression(rf"(?:^|[.;:,] (?:and |but )?)(?P<a>{_WORDS}) (?:was|were) not (?:observed|seen|reported|recorded|noted|"
               rf"found) {_ANY}", re.I),
    Expression(rf"\b(?:there (?:was|were) )?no (?P<a>{_WORDS}) (?:{_SEEN}) {_ANY}", re.I),
    Expression(rf"\b[Nn]either (?:group|arm) (?:had|showed|recorded|reported) (?:any |an? )?(?P<a>{_WORDS})"
               r"(?=\s*[.,;]|\s*$)", re.I),
)  # fmt: skip
_ARTICLE = Expression(r"^(?:an?|any|the|either|cases? of|episodes? of|instances? of)\s+", re.I)
_RISE, _FALL = (
    "rise rising raised risen increase increased elevation elevated",
    "fall decrease decreased reduced drop low",
)
_SAME = {w: words.split()[0] for words in (_RISE, _FALL) for w in words.split()}
"""A rise or fall as rows of adverse events and sentences call it."""
_DIED = Expression(
    r"\b(?P<n>[1-9][0-9]{0,3}|one|two|three|four|five|six|seven|eight|nine|ten) (?:\([0-9.]+ ?%\) )?(?:of (?:the "
    r")?[0-9]+ )?"
    r"(?:patients?|participants?|subjects?|children|women|men|deaths?)\s*(?:\([0-9.]+ ?%\)\s*)?(?:had )?(?:died|"
    r"occurred)\b",
    re.I,
)
_NARROW = Expression(
    r"\b(?:significan\w*|difference\w*|statistic\w*|correlat\w*|associat\w*|relationship\w*|trend\w*|change\w*|"
    r"effect\w*|improvement\w*|"
    r"evidence|data|other|further|additional|missing|"
    r"interaction\w*|"
    r"between|increase|decrease|benefit|documented|clinically)\b",
    re.I,
)
_WHEN = Expression(
    r"\bduring (?:surgery|the operation|hospital|the procedure|infusion)|\bperi-?operative|\bin-?hospital|\bwithin "
    r"[0-9]|"
    r"\bat baseline|\bintra-?operative|\b(?:30|28|90)[- ]day|\bfrom\b|\battribut|\bdue to\b|\brelated\b|\bof (?:the "
    r")?(?:drug|treatment)|"
    r"\bbefore\b|\bexclu",
    re.I,
)
_LEVEL = Expression(
    r"\b(?:significan\w*|difference\w*|statistic\w*|correlat\w*|associat\w*|trend\w*|effect\w*|improvement\w*|evidence|"
    r"data|other|further|additional|missing|interaction\w*|between|benefit|clinically|new|severe|serious|major|grade|"
    r"related|of these|means?|medians?|average|levels?)\b", re.I,
)  # fmt: skip
"""Words that narrow an event of one patient."""
_BASELINE = Expression(r"baseline|characteristic|demographic|histor|comorbid", re.I)


def none_of_them(reading: Reading) -> Iterator[Finding]:
    """Compare 'none' with a row of a table that names exactly the same and counts some, or with a count of deaths.

    In a clause that names a group of the table only its column counts. Left alone: narrowed statements (severe, new,
    related, within 30 days, during surgery), tables of baseline, and 'no significant …'.
    """
    rows = table_lines(reading)
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        for clause in clauses(line):
            found = list(_singly(reading, rows, clause, line.words))
            yield from found or _alternatives(reading, rows, clause, line.words)


def _singly(reading: Reading, rows: tuple[TableLine, ...], clause: Line, words: str) -> Iterator[Finding]:
    for match in (m for p in (_NO, _THERE, _NOBODY) for m in p.finditer(clause.words)):
        said = match.groupdict()
        what = said.get("what") or ("death" if said.get("verb") == "died" else "")
        if not what or _NARROW.search(what) or _WHEN.search(words):
            continue
        yield from _in_rows(reading, rows, clause, match, what)
        if key(what) in ({"death"}, {"mortality"}):
            yield from _deaths(reading, clause, match)


def _alternatives(reading: Reading, rows: tuple[TableLine, ...], clause: Line, words: str) -> Iterator[Finding]:
    """Compare each of "neither A nor B occurred in any patient"; a rise of a patient is a row "creatinine increase"."""
    if _WHEN.search(words):
        return
    for match in (m for p in _ALTERNATIVES for m in p.finditer(clause.words)):
        for name in ("a", "b"):
            said = match.groupdict()
            what = _ARTICLE.sub("", " ".join(filter(None, (said.get(name), said.get("v")))).strip())
            found = list(_in_rows(reading, rows, clause, match, what)) if what and not _LEVEL.search(what) else []
            if found:
                yield found[0]
                return


def _in_rows(
    reading: Reading, rows: tuple[TableLine, ...], clause: Line, match: re.Match[str], what: str
) -> Iterator[Finding]:
    for row in rows:
        caption = row.table.caption.text if row.table.caption else ""
        if _folded(row_key(row)) != _folded(key(what)) or _BASELINE.search(caption):
            continue
        groups = {group_key(c.group.text) for c in row.cells if c.group}
        named = {g for g in groups if g and set(g.split()) <= set(group_key(clause.words).split())}
        for cell in row.cells:
            count = cell.figure("count")
            if count is None or count.printed.bound or count.printed.value == 0:
                continue
            if (named or _in_group(clause.words)) and not (cell.group and group_key(cell.group.text) in named):
                continue
            yield reading.finding(
                "NONE_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with Table {row.table.number}: {row.name} "
                f"{count.printed}",
                "the sentence may mean another time, another severity or another population than the table",
                quotes=(clause.piece(match), (cell.start, cell.end)),
            )  # fmt: skip
            return


def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(_SAME.get(w, w) for w in words)


def _in_group(words: str) -> bool:
    return (
        bool(
            re.search(r"\b(?:group|arm|receiving|assigned|treated with|those|subgroup|induction|either)\b", words, re.I)
        )
        and "either" not in words
    )


_PHASE = Expression(
    r"\b(?:induction|maintenance|extension|open-label|double-blind|run-in|titration|consolidation|treatment|follow-up)\b"
    r"(?= (?:study|studies|period|phase|part|trial))", re.I,
)  # fmt: skip


def _deaths(reading: Reading, clause: Line, match: re.Match[str]) -> Iterator[Finding]:
    if _in_group(clause.words):
        return
    for line in lines(reading, ("abstract", "results", "body")):
        found = _DIED.search(line.words)
        if (
            found
            and not _in_group(line.words)
            and _PHASE.findall(line.words) == _PHASE.findall(clause.words)
            and not re.search(r"\bafter (?:the )?(?:study|trial|end)|\bbefore\b", line.words, re.I)
        ):
            yield reading.finding(
                "NONE_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with '{' '.join(found[0].split())}'",
                "deaths at another time, or from another cause, may be meant",
                quotes=(clause.piece(match), line.piece(found)),
            )  # fmt: skip
            return
