"""Sections of a document, each with its role; an unknown heading keeps the role of the section it stands in."""

from __future__ import annotations

import re
from dataclasses import replace

from evsynth.scan.headings import Heading, headings, role_named
from evsynth.scan.legends import captions
from evsynth.scan.parts import Field, Role, Section
from evsynth.text.expressions import Expression

_MAIN: frozenset[Role] = frozenset({"background", "methods", "results", "discussion", "conclusion"})
_ASIDE: frozenset[Role] = frozenset({"keywords", "registration", "back matter", "front matter", "references"})
_LONGEST_PART = 3500
"""A labelled part of an abstract is never longer than this many characters."""
_LONGEST_ABSTRACT = 7000
_LONGEST_ABSTRACT_ALONE = 4000
"""A text that is nothing but an abstract is no longer than this."""
_LONGEST_LEAD = 200
"""An abstract with labels has no more text than this before the first of them."""
_NUMBER = Expression(r"(?:[0-9]+(?:\.[0-9]+)*\.?|[IVX]{1,4}\.)\s+(?=\S)")
_VERB = Expression(r"\b(?:was|were|is|are|had|have|has|we|showed|did)\b", re.IGNORECASE)
_LETTER = Expression(r"correspondence:?|letters?", re.IGNORECASE)
"""Heads the addresses of authors in a paper, and the whole text of a letter."""
_TITLE_LINE = Expression(r"\s*+(\S[^\n\t]{19,249}[^\s.;:])[ ]*\n\s*(?=[A-Z0-9(\"])")
"""A first line without a full stop is the title, where nothing else is marked."""


def sections(plain: str) -> tuple[Section, ...]:
    """Cut a text at its headings. The text before the first is `front matter`, or `body` if nothing else is there."""
    found = headings(plain)
    labels = _abstract_labels(found, plain)
    lead = _lead_lines(found, labels, plain)
    found = tuple(h for h in found if not h.inline or h in labels or h in lead)
    result: list[Section] = []
    role: Role
    if not found or found[0].start > 0:
        end = found[0].start if found else len(plain)
        first = _TITLE_LINE.match(plain)
        if first and not found:
            result.append(Section(0, first[1].strip(), 1, "title", "title", 0, 0, first.end(1)))
        role = "front matter" if found else "body"
        start = result[-1].end if result else 0
        result.append(Section(len(result), "", 0, role, role, start, start, end))
    main: Role = "body"
    level = 0
    seen_title = False
    for i, heading in enumerate(found):
        end = found[i + 1].start if i + 1 < len(found) else len(plain)
        part: Role
        if heading in labels:
            part = heading.names or "body"
            role = part if part in _ASIDE else "abstract"
        elif heading.names == "abstract":
            role = part = main = "abstract"
        elif heading.names is not None and _leads(heading, main, level):
            role = part = main = heading.names
            level = heading.level
        elif heading.names is not None and main in _MAIN and (heading.names in _ASIDE or heading.names == "conclusion"):
            role = part = heading.names
        elif not seen_title and heading.level == 1 and main in ("body", "front matter"):
            seen_title = True
            result.append(
                Section(len(result), heading.text, 1, "title", "title", heading.start, heading.start, heading.end)
            )
            main = "front matter"
            result.append(Section(len(result), "", 1, main, main, heading.end, heading.end, end))
            continue
        else:
            role = part = main
        result.append(Section(len(result), heading.text, heading.level, role, part, heading.start, heading.end, end))
    return _with_unlabelled_text(tuple(result), plain)


def _with_unlabelled_text(found: tuple[Section, ...], plain: str) -> tuple[Section, ...]:
    """Give running text in the front matter its role: an abstract without a heading, or the whole of a short text."""
    named = {section.role for section in found}
    if "abstract" in named:
        return found
    role: Role = "abstract" if named & _MAIN else "body"
    return tuple(
        replace(s, role=role, part=role)
        if s.role == "front matter"
        and (not role_named(s.heading) or (role == "body" and _LETTER.fullmatch(s.heading.strip())))
        and _runs(plain[s.body : s.end])
        else s
        for s in found
    )


def _runs(text: str) -> bool:
    """Say whether a text holds a paragraph of sentences, not only names, addresses and dates."""
    paragraphs = re.split(r"\n[ \t]*\n", text)
    return any(len(p) > 250 and len(_VERB.findall(p)) >= 3 for p in paragraphs)


def _leads(heading: Heading, main: Role, level: int) -> bool:
    """Say whether a heading that names a role begins it, rather than being a part of the section `main`."""
    if main not in _MAIN:
        return True
    if _numbered(heading):
        return False
    if main in ("results", "discussion") and heading.names in ("methods", "background"):
        return bool(re.search(r"method|introduction", heading.text, re.IGNORECASE)) and heading.level <= level
    return heading.level <= level


def field_sections(plain: str, fields: tuple[Field, ...]) -> tuple[Section, ...]:
    """Cut a record into one section a field, the abstract by its labels."""
    result: list[Section] = []
    roles: dict[str, Role] = {"TI": "title", "TT": "title", "AB": "abstract", "OT": "keywords", "MH": "keywords"}
    roles |= {"SI": "registration", "COIS": "back matter", "CI": "back matter"}
    for field in fields:
        role = roles.get(field.tag, "field")
        part: Role = role
        start, heading, body = field.start, field.tag, field.start
        if field.tag == "AB":
            text = plain[field.start : field.end]
            for h in (h for h in headings(text) if h.inline):
                if field.start + h.start > start:
                    result.append(Section(len(result), heading, 1, role, part, start, body, field.start + h.start))
                start, heading, body = field.start + h.start, h.text, field.start + h.end
                part = h.names or "body"
                role = part if part in _ASIDE else "abstract"
        result.append(Section(len(result), heading, 1, role, part, start, body, field.end))
    return tuple(result)


def _numbered(heading: Heading) -> bool:
    return bool(re.match(r"[0-9]+\.[0-9]", heading.text))


def _abstract_labels(found: tuple[Heading, ...], plain: str) -> frozenset[Heading]:
    """Choose the headings that are labels of a structured abstract: short labelled parts before the introduction.

    A text can hold its abstract more than once; every run of at least two labels counts. Own-line labels count only
    where a further heading names one of them again, or the whole text is no longer than an abstract.
    """
    runs: list[list[Heading]] = []
    outer = next((h.level for h in found if h.names == "abstract" and not h.inline), 0)
    for i, heading in enumerate(found):
        end = found[i + 1].start if i + 1 < len(found) else len(plain)
        labels = heading.names in _MAIN or heading.names in _ASIDE
        style = heading.inline or not (
            _NUMBER.match(heading.text) or (plain[heading.start :].lstrip()[:1] == "#" and 0 < heading.level <= outer)
        )
        fits = labels and style and end - heading.end <= _LONGEST_PART
        joins = i > 0 and bool(runs) and runs[-1][-1] is found[i - 1] and not _opens_article(found, i, plain)
        joins = joins and not _begins_again(runs[-1], heading)
        if joins and not heading.inline and runs[-1][0].inline and heading.names in {h.names for h in runs[-1]}:
            joins = False  # the results on a line of their own, after an abstract that has told them
        if fits and joins:
            runs[-1].append(heading)
        elif fits:
            runs.append([heading])
    chosen: set[Heading] = set()
    for whole in runs:
        run = [h for h in whole if h.inline or not _introduces(h)]
        main = [h for h in run if h.names in _MAIN]
        if len({h.names for h in main}) < 2:
            continue
        length = (found[found.index(run[-1]) + 1].start if found[-1] is not run[-1] else len(plain)) - run[0].start
        inline = sum(h.inline for h in run) * 2 >= len(run)
        if inline and _holds_table(plain[run[0].start : run[-1].start]):
            continue
        again = any(h.names in {m.names for m in main} and h not in run for h in found if h.start > run[-1].start)
        earlier = [h for h in found if h.start < run[0].start]
        first = not any(h.names in _MAIN for h in earlier) or earlier[-1].names == "abstract"
        alone = not again and _abstract_alone(run, found, plain)
        if length <= _LONGEST_ABSTRACT and (inline or (first and (again or alone))):
            chosen |= set(run)
    return frozenset(chosen)


def _abstract_alone(run: list[Heading], found: tuple[Heading, ...], plain: str) -> bool:
    """Say whether labels on lines of their own, with nothing else in the text, are an abstract rather than an article.

    An abstract tells its conclusion under that name and has no discussion, no numbered or Markdown headings (but under
    the heading "Abstract"), no headings of other names, no table and no legend. Under a heading "Abstract" with text of
    its own they are the article after it.
    """
    names = {h.names for h in run}
    before = [h for h in found if h.start < run[0].start]
    under = bool(before) and before[-1].names == "abstract"
    if under:
        return len(plain[before[-1].end : run[0].start].strip()) < _LONGEST_LEAD
    marked = any(plain[h.start : h.end].lstrip()[:1] == "#" or _NUMBER.match(h.text) for h in run)
    others = any(h.names is None and not h.inline for h in found if h.start > run[0].start)
    told = "conclusion" in names and "discussion" not in names and not marked and not others
    return told and len(plain) <= _LONGEST_ABSTRACT_ALONE and not _holds_table(plain[run[0].start :])


def _holds_table(text: str) -> bool:
    """Say whether a text holds the rows of a table or the caption of a table or figure."""
    return bool(captions(text)) or any("\t" in line.strip() or line.count("|") >= 2 for line in text.split("\n"))


def _lead_lines(found: tuple[Heading, ...], labels: frozenset[Heading], plain: str) -> frozenset[Heading]:
    """Choose labels with their text behind them ("RESULTS: …") that head sections where no other headings do."""
    own = [h for h in found if h.inline and h not in labels and h.names in _MAIN and _opens_line(plain, h.start)]
    if len({h.names for h in own}) < 2 or any(not h.inline and h.names in _MAIN for h in found):
        return frozenset()
    return frozenset(own)


def _opens_line(plain: str, offset: int) -> bool:
    return not plain[plain.rfind("\n", 0, offset) + 1 : offset].strip(" *_")


def _begins_again(run: list[Heading], heading: Heading) -> bool:
    """Say whether a heading on a line of its own names again what a run of labels before their text has told."""
    return not heading.inline and all(h.inline for h in run) and heading.names in {h.names for h in run}


def _introduces(heading: Heading) -> bool:
    return _NUMBER.sub("", heading.text).lower().startswith("introduction")


def _opens_article(found: tuple[Heading, ...], i: int, plain: str) -> bool:
    """Say whether the heading at `i` opens the article after its abstract: the introduction, or long methods."""
    if found[i].names not in ("background", "methods") or found[i].inline:
        return False
    after = next((h.start for h in found[i + 1 :] if h.names in _MAIN and h.names != found[i].names), len(plain))
    if _introduces(found[i]):
        return True
    return after - found[i].end > _LONGEST_PART
