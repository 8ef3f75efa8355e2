"""Find headings: Markdown, numbered, bare key words on a line, and labels inside a structured abstract."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression


class Heading(NamedTuple):
    """One heading: its words, level (1 is outermost), the role its words name (if any), and where it stands.

    `inline` is a label followed by its text on the same line ("Results: …").
    """

    text: str
    level: int
    names: Role | None
    start: int
    end: int
    inline: bool


_NAMES: tuple[tuple[Role, str], ...] = (
    ("abstract", r"(?:structured |plain[- ]language )?(?:abstract|summary)"),
    (
        "background",
        r"background(?: and (?:aims?|objectives?|purpose|significance))?|introduction|rationale|context|importance|"
        r"(?:study )?(?:objectives?|aims?|purposes?)(?: of the study)?|aims? and objectives?|what is known.{0,40}",
    ),
    (
        "methods",
        r"(?:(?:patients?|materials?|subjects?|participants?|study|data|study design|design)(?:,| and| &|/) ?)*"
        r"(?:materials?|methods?|methodology|experimental section|study design and methods)"
        r"(?:(?: and| &|/) ?(?:materials?|patients|subjects|participants|design|methods))*|"
        r"patients|design|study design|setting|design and setting|design, setting,? and participants|participants|"
        r"interventions?|exposures?|main outcomes?(?: (?:and )?measures?)?|main outcomes and measures|"
        r"measurements?|statistical analys[ei]s|research design and methods|study selection|data extraction|"
        r"data sources",
    ),
    ("results", r"(?:main )?(?:results?|findings)(?: (?:of|in) .{3,80}|: .{3,80})?|results? and discussion"),
    ("discussion", r"discussion(?: and conclusions?)?|comment|strengths and limitations|limitations"),
    (
        "conclusion",
        r"(?:summary and )?conclusions?(?: and relevance)?|concluding remarks|interpretation|key messages?|"
        r"summary points",
    ),
    ("references", r"references|literature(?: cited)?|bibliography"),
    (
        "back matter",
        r"data availability(?: statement)?|availability of data.{0,30}|ethics(?: statement| approval.{0,40})?|"
        r"ethical (?:approval|statement|considerations)|authors?'? contributions?|author contributions?|"
        r"contributors?|contributorship.{0,20}|funding(?: (?:statement|information|sources?))?|financial support|"
        r"acknowledge?ments?|(?:declaration of )?(?:conflicts? of|competing) interests?(?: statement)?|disclosures?"
        r"(?: statement)?|publisher's note|supplementary (?:materials?|data|information|files?)|supporting information|"
        r"abbreviations?|consent.{0,40}|patient consent.{0,30}|declarations?|generative ai.{0,30}|orcid.{0,20}|"
        r"additional (?:files?|information)|appendix.{0,30}|provenance and peer review|footnotes?",
    ),
    (
        "front matter",
        r"open access|edited by|reviewed by|\*? ?correspond(?:ence|ing authors?).{0,20}|specialty section|citation|"
        r"copyright(?: and licen[cs]e.{0,20})?|received|accepted|published|affiliations?|authors?|"
        r"article info(?:rmation)?|"
        r"article history|license|how to cite.{0,30}|author information|author details",
    ),
    ("front matter", r"disclaimer"),
    ("keywords", r"key ?words?|index terms|mesh terms"),
    (
        "registration",
        r"(?:clinical )?trials? (?:registration|registry)(?: (?:number|information|details))?|registration"
        r"(?: number)?|systematic review registration|prospero registration(?: number)?",
    ),
)
_NAMED = tuple((role, Expression(rf"(?:{pattern})", re.IGNORECASE)) for role, pattern in _NAMES)
_MARKDOWN = Expression(r"^[ \t]*(#{1,6})[ \t]+([^\n]+?)[ \t#]*$", re.MULTILINE)
_NUMBERED = Expression(
    r"^[ ]*((?:[0-9]{1,2}\.?|[IVX]{1,4}\.)(?:[0-9]{1,2}\.?){0,3})[ ]+([A-Z][^\n\t|]{2,110}?)[ ]*$", re.MULTILINE
)
_BARE = Expression(r"^[ ]*([A-Za-z*][A-Za-z',:/&() -]{3,60}?)[ ]*:?[ ]*$", re.MULTILINE)
_GLUED = Expression(r"(?<=[.\])])([1-9](?:\.[1-9][0-9]?){1,3})[ ]+([A-Z][^\n\t.|]{4,100})$", re.MULTILINE)
_LABELS = (
    r"backgrounds?(?:\s*(?:and|&|/)\s*(?:aims?|objectives?|purpose))?|context|importance|objectives?|aims?|purpose|"
    r"introduction|rationale|"
    r"(?:patients?|materials?|subjects|participants)\s+and\s+methods|methods?(?:\s+and\s+(?:materials|results))?|"
    r"materials?\s+(?:and|&)\s+methods?|design(?:,\s*setting,?\s*and\s*participants)?|study\s+design|setting|"
    r"participants|"
    r"question|data\s+(?:sources?|extraction|synthesis)|study\s+selection|synthesis|setting\s+and\s+design|"
    r"patients|interventions?|exposures?|main\s+outcomes?(?:\s+and)?\s+measures?|"
    r"measurements?(?:\s+and\s+main\s+results)?|"
    r"results?|findings|main\s+results?|conclusions?(?:\s+and\s+relevance)?|interpretation|discussion|limitations|"
    r"(?:clinical\s+)?trials?\s+registration(?:\s+number)?|registration|funding|key\s?words?|received|"
    r"copyright|disclaimer|"
    r"correspondence|citation"
)
_ABSTRACT = Expression(
    r"^[ *_]{0,6}((?:structured )?(?:abstract|summary))[ *_]{0,4}(?::[ *_]*|\.[ *_]+|[ ]?[―-]+[ ]?)(?=[A-Z0-9])",
    re.IGNORECASE | re.MULTILINE,
)
"""The word "Abstract" at the start of a line, its text behind it."""
_INLINE = Expression(
    rf"(?:(?:^|\n)[ *_©]{{0,6}}|(?<=[.?!)\]\"]) {{1,8}}|(?<=- ))({_LABELS})[ *_]{{0,4}}:[ *_]*(?=\S)", re.IGNORECASE
)
_BOLD = Expression(rf"(?:(?:^|\n) {{2,6}}|(?<=[.?!)]) {{3,6}})({_LABELS})[.]? {{2,6}}(?=[A-Z0-9])", re.IGNORECASE)
"""A label in bold without a colon: its stars are blanks by now."""

LEAST = 3
"""Labels without a colon that must stand in a text before they are taken for labels."""
_PLAIN = Expression(
    rf"(?:(?:^|\n)[ *_]{{0,6}}(?P<opening>{_LABELS}|comment|main\s+outcomes?(?:\s+and)?\s+measures?|"
    r"patients?\s+and\s+methods?|measures(?:\s+and\s+analysis)?)(?:\.[ ]{1,3}|[ ]?[―—–-][ ]{0,3}|[ ]{1,3})|"
    rf"(?<=[.?!)]) {{1,3}}(?-i:(?P<within>{_LABELS.upper().replace(chr(92) + 'S', chr(92) + 's')}))[ ]{{1,3}})"
    r"(?=(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
"""A label without a colon, as in "Results. Of 40 patients", "RESULTS Of 40 patients": counts where others stand so."""


def role_named(words: str) -> Role | None:
    """Give the role that the words of a heading name, or nothing."""
    words = re.sub(r"\s+", " ", words).strip(" *_:#.")
    return next((role for role, pattern in _NAMED if pattern.fullmatch(words)), None)


def headings(plain: str) -> tuple[Heading, ...]:
    """Find the headings of a text without markup, in order; where two rules find the same place, the first counts."""
    found = _Places(len(plain))
    for match in _MARKDOWN.finditer(plain):
        found.put(Heading(_words(match[2]), len(match[1]), role_named(match[2]), match.start(), match.end(), False))
    for match in _GLUED.finditer(plain):
        if match.start() - plain.rfind("\n", 0, match.start()) < 20:
            continue
        found.put(Heading(_words(match[0]), match[1].count(".") + 1, None, match.start(), match.end(), False))
    for match in _NUMBERED.finditer(plain):
        words, number = match[2].strip(), match[1].rstrip(".")
        level = number.count(".") + 1
        named = role_named(words)
        if named is None and (level == 1 or words.endswith((".", ",", ";")) or _sentence(words)):
            continue
        found.put(Heading(_words(match[0]), level, named, match.start(), match.end(), False))
    for match in _BARE.finditer(plain):
        named = role_named(match[1])
        if named is not None:
            found.put(Heading(_words(match[1]), 1, named, match.start(), match.end(), False))
    for match in _ABSTRACT.finditer(plain):
        if plain[match.end()].isupper() or plain[match.end()].isdigit():
            found.put(Heading(_words(match[1]), 1, "abstract", match.start(1), match.end(), False))
    for match in _BOLD.finditer(plain):
        found.put(Heading(_words(match[1]), 1, role_named(match[1]) or "methods", match.start(1), match.end(), True))
    for match in _INLINE.finditer(plain):
        named = role_named(match[1]) or "methods"
        found.put(Heading(_words(match[1]), 1, named, match.start(1), match.end(), True))
    unmarked = [
        (m, m["opening"] or m["within"], m.start("opening" if m["opening"] else "within"))
        for m in _PLAIN.finditer(plain)
    ]
    named_so = {role_named(words) for _, words, _ in unmarked}
    if (
        len({words.lower() for _, words, _ in unmarked}) >= LEAST
        and "results" in named_so
        and named_so & {"methods", "conclusion"}
    ):
        for match, words, start in unmarked:
            found.put(Heading(_words(words), 1, role_named(words) or "methods", start, match.end(), True))
    return tuple(sorted(found.headings, key=lambda heading: heading.start))


class _Places:
    """Headings found so far; of two that overlap the first is kept."""

    def __init__(self, length: int) -> None:
        self.headings: list[Heading] = []
        self._taken = bytearray(length)

    def put(self, heading: Heading) -> None:
        """Keep a heading unless one stands there already."""
        if not any(self._taken[heading.start : heading.end]):
            self.headings.append(heading)
            self._taken[heading.start : heading.end] = b"\1" * (heading.end - heading.start)


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" #*_:")


def _sentence(words: str) -> bool:
    return bool(re.search(r"\d{4}|et al|;|, [A-Z]{1,2}\b", words)) or len(words.split()) > 18
