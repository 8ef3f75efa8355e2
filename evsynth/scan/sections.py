"""Sections of a document, each with its role; an unknown heading keeps the role of the section it stands in."""

from __future__ import annotations

import re
from dataclasses import replace

from evsynth.scan.headings import Heading, headings, role_named
from evsynth.scan.parts import Field, Role, Section

_MAIN: frozenset[Role] = frozenset({"background", "methods", "results", "discussion", "conclusion"})
_ASIDE: frozenset[Role] = frozenset({"keywords", "registration", "back matter", "front matter", "references"})
_LONGEST_PART = 3500
"""A labelled part of an abstract is never longer than this many characters."""
_LONGEST_ABSTRACT = 7000
_VERB = re.compile(r"\b(?:was|were|is|are|had|have|has|we|showed|did)\b", re.IGNORECASE)
_TITLE_LINE = re.compile(r"\s*([^\n\t]{20,250}[^\n\t.;:])[ ]*\n\s*(?=[A-Z0-9(\"])")
"""A first line without a full stop is the title, where nothing else is marked."""


def sections(plain: str) -> tuple[Section, ...]:
    """Cut a text at its headings. The text before the first is `front matter`, or `body` if nothing else is there."""
    found = headings(plain)
    labels = _abstract_labels(found, plain)
    found = tuple(h for h in found if not h.inline or h in labels)
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
        if s.role == "front matter" and not role_named(s.heading) and _runs(plain[s.body : s.end])
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
            heading.text[:1].isdigit() or (plain[heading.start :].lstrip()[:1] == "#" and 0 < heading.level <= outer)
        )
        fits = labels and style and end - heading.end <= _LONGEST_PART
        joins = i > 0 and bool(runs) and runs[-1][-1] is found[i - 1] and not _opens_article(found, i, plain)
        if fits and joins:
            runs[-1].append(heading)
        elif fits:
            runs.append([heading])
    chosen: set[Heading] = set()
    for whole in runs:
        run = [h for h in whole if h.inline or not h.text.lower().startswith("introduction")]
        main = [h for h in run if h.names in _MAIN]
        if len({h.names for h in main}) < 2:
            continue
        length = (found[found.index(run[-1]) + 1].start if found[-1] is not run[-1] else len(plain)) - run[0].start
        inline = sum(h.inline for h in run) * 2 >= len(run)
        again = any(h.names in {m.names for m in main} and h not in run for h in found if h.start > run[-1].start)
        earlier = [h for h in found if h.start < run[0].start]
        first = not any(h.names in _MAIN for h in earlier) or earlier[-1].names == "abstract"
        if length <= _LONGEST_ABSTRACT and (inline or (first and (again or len(plain) < _LONGEST_ABSTRACT))):
            chosen |= set(run)
    return frozenset(chosen)


def _opens_article(found: tuple[Heading, ...], i: int, plain: str) -> bool:
    """Say whether the heading at `i` opens the article after its abstract: the introduction, or long methods."""
    if found[i].names not in ("background", "methods") or found[i].inline:
        return False
    after = next((h.start for h in found[i + 1 :] if h.names in _MAIN and h.names != found[i].names), len(plain))
    if found[i].text.lower().startswith("introduction"):
        return True
    return after - found[i].end > _LONGEST_PART
