"""The full text of a JATS article as plain text that can be quoted, with the place of every part in it.

Headings begin with `#`, table rows with a tab; superscripts keep their tags (`0.03<sup>a</sup>`), because without them
a footnote sign would read as a digit. Each paragraph is one line.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from evsynth.sources.formats.elements import local
from evsynth.sources.formats.jats_tables import table
from evsynth.sources.tags import one_line

PartKind = Literal["title", "authors", "heading", "paragraph", "table", "figure", "footnote", "reference"]
DEEPEST = 150
_SKIPPED = {
    "object-id", "graphic", "inline-graphic", "media", "tex-math", "front-stub", "processing-meta", "permissions",
    "ext-link-info", "index-term",
}  # fmt: skip
_BLOCKS = {
    "p", "list", "list-item", "table-wrap", "table-wrap-group", "fig", "fig-group", "boxed-text", "disp-quote", "sec",
    "disp-formula", "disp-formula-group", "def-list", "def-item", "verse-group", "statement", "supplementary-material",
    "ack", "app", "app-group", "fn-group", "fn", "glossary", "notes", "title", "preformat", "array", "floats-group",
    "abstract", "trans-abstract",
}  # fmt: skip


class Part(NamedTuple):
    """One part of the text: what it is, its label (`Table 1`), and its first and last place in the text."""

    kind: PartKind
    label: str
    start: int
    end: int


class FullText(NamedTuple):
    """The text of an article and its parts in order; `text[part.start : part.end]` is the part."""

    text: str
    parts: tuple[Part, ...]


class _Writer:
    """Text as it grows, with the places of its parts."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[Part] = []
        self.length = 0

    def add(self, kind: PartKind, words: str, label: str = "", *, gap: bool = True) -> None:
        if not words.strip():
            return
        if self.lines and gap:
            self.lines.append("")
            self.length += 1
        self.parts.append(Part(kind, label, self.length, self.length + len(words)))
        self.lines.append(words)
        self.length += len(words) + 1

    def text(self) -> str:
        return "\n".join(self.lines) + "\n" if self.lines else ""


def full_text(article: Element) -> FullText:
    """Return the text of an `article`: title, authors, abstracts, body, notes, references. Raises `ValueError`."""
    if _too_deep(article):
        raise ValueError(f"elements stand in each other more than {DEEPEST} deep")
    out = _Writer()
    meta = article.find("./front/article-meta")
    if meta is not None:
        title = meta.find("./title-group/article-title")
        out.add("title", f"# {inline(title)}" if title is not None else "")
        names = [contributor(one) for one in meta.findall("./contrib-group/contrib")]
        out.add("authors", ", ".join(filter(None, names)))
        for abstract in [*meta.findall("abstract"), *meta.findall("trans-abstract")]:
            if abstract.find("title") is None:
                kind = abstract.get("abstract-type", "")
                out.add("heading", f"## Abstract{f' ({kind})' if kind else ''}")
            _blocks(abstract, 2, out)
    for name in ("body", "floats-group"):
        part = article.find(name)
        if part is not None:
            _blocks(part, 1, out)
    back = article.find("back")
    if back is not None:
        for child in back:
            if local(child) == "ref-list":
                _references(child, out)
            elif local(child) == "sec" or child.find(".//p") is not None:
                _blocks_of([child], 1, out)
    for child in article:
        if local(child) in {"sub-article", "response"}:
            inner = child.find("./front-stub/title-group/article-title")
            out.add("heading", f"## {inline(inner)}" if inner is not None else "")
            body = child.find("body")
            if body is not None:
                _blocks(body, 2, out)
    return FullText(out.text(), tuple(out.parts))


def contributor(element: Element) -> str:
    """Return a contributor as `Given Family`, or the name of a group."""
    group = element.find("collab")
    if group is not None:
        return inline(group)
    name = element.find(".//name")
    if name is None:
        whole = element.find(".//string-name")
        return inline(whole) if whole is not None else ""
    parts = (name.find(part) for part in ("given-names", "surname", "suffix"))
    return " ".join(inline(part) for part in parts if part is not None)


def inline(element: Element) -> str:
    """Return the running text of an element, its blocks left out."""
    return one_line("".join(_inside(element, [])))


def _inside(element: Element, blocks: list[Element]) -> list[str]:
    """Return the pieces of running text; blocks on the way are put aside, not rendered."""
    parts = [element.text or ""]
    for child in element:
        name = local(child)
        if name in _BLOCKS and name != "title":
            blocks.append(child)
            parts.append(" ")
        elif name == "alternatives":
            chosen = next((one for one in child if local(one) == "mml:math"), next(iter(child), None))
            parts += _inside(chosen, blocks) if chosen is not None and local(chosen) not in _SKIPPED else []
        elif name in {"break", "xref-sep"}:
            parts.append(" ")
        elif name not in _SKIPPED:
            inner = _inside(child, blocks)
            words = "".join(inner)
            if name == "sup" and words.strip():
                inner = [f"<sup>{words.strip()}</sup>"]
            elif name == "sub" and words.strip() and "".join(parts[-3:])[-1:].isdigit():
                inner = [f"<sub>{words.strip()}</sub>"]
            elif (
                name == "xref"
                and child.get("ref-type") in {"table-fn", "fn"}
                and "<sup>" not in words
                and words.strip()
            ):
                inner = [f"<sup>{words.strip()}</sup>"]
            parts += inner
        parts.append(child.tail or "")
    return parts


def _blocks(element: Element, level: int, out: _Writer) -> None:
    _blocks_of(list(element), level, out)


def _blocks_of(children: list[Element], level: int, out: _Writer) -> None:
    for child in children:
        name = local(child)
        if name in {"title", "subtitle"}:
            out.add("heading", f"{'#' * min(level, 6)} {inline(child)}" if inline(child) else "")
        elif name == "table-wrap":
            _table(child, out)
        elif name in {"fig", "supplementary-material"}:
            label, words = _captioned(child)
            out.add("figure", words, label)
        elif name == "ref-list":
            _references(child, out)
        elif name in {"sec", "app", "ack", "boxed-text", "glossary", "notes", "fn-group", "abstract", "trans-abstract"}:
            _blocks(child, level + 1, out)
        elif name in _SKIPPED or name in {"label", "sec-meta"}:
            continue
        elif name in {"p", "disp-formula", "preformat"} or (name not in _BLOCKS and not _holds_blocks(child)):
            _paragraph(child, level, out)
        else:
            _blocks(child, level, out)


def _holds_blocks(element: Element) -> bool:
    return any(local(child) in _BLOCKS for child in element)


def _paragraph(element: Element, level: int, out: _Writer) -> None:
    """Write a paragraph; tables, figures and lists that stand inside it follow it."""
    blocks: list[Element] = []
    formulas = [one for one in element if local(one) == "disp-formula"]
    for one in formulas:
        one.tag = "inline-formula"
    words = one_line("".join(_inside(element, blocks)))
    out.add("paragraph", words)
    _blocks_of(blocks, level, out)


def _captioned(element: Element) -> tuple[str, str]:
    label, caption = element.find("label"), element.find("caption")
    name = inline(label).rstrip(".:") if label is not None else ""
    words = (
        " ".join(inline(one) for one in caption.iter() if local(one) in {"title", "p"}) if caption is not None else ""
    )
    return name, " | ".join(filter(None, (name, words.strip())))


def _table(element: Element, out: _Writer) -> None:
    label, words = _captioned(element)
    lines = [words] if words else []
    for found in element.iter():
        if local(found) == "table":
            lines += table(found, lambda cell: one_line(" ".join(cell_text(cell)))).lines()
    out.add("table", "\n".join(lines), label)
    for foot in element.findall("table-wrap-foot"):
        for note in foot.iter():
            if local(note) in {"fn", "attrib"} or (local(note) == "p" and foot.find("fn") is None):
                mark = note.find("label")
                said = " ".join(inline(one) for one in note.iter() if local(one) == "p") or inline(note)
                whole = f"<sup>{inline(mark)}</sup> {said}" if mark is not None and inline(mark) else said
                out.add("footnote", whole, label, gap=False)


def cell_text(element: Element) -> list[str]:
    """Return the text of a table cell, of its paragraphs too."""
    blocks: list[Element] = []
    words = ["".join(_inside(element, blocks))]
    for block in blocks:
        words += cell_text(block)
    return words


def _references(element: Element, out: _Writer) -> None:
    title = element.find("title")
    out.add("heading", f"## {inline(title) if title is not None and inline(title) else 'References'}")
    first = True
    for ref in element.findall("ref"):
        label = ref.find("label")
        words = " ".join(filter(None, (inline(label) if label is not None else "", reference_text(ref))))
        out.add("reference", words, ref.get("id", ""), gap=first)
        first = False
    for inner in element.findall("ref-list"):
        _references(inner, out)


def reference_text(ref: Element) -> str:
    """Return a reference as printed, or composed of its parts where only parts are given."""
    for name in ("mixed-citation", "citation", "nlm-citation", "element-citation"):
        found = ref.find(f".//{name}")
        if found is None:
            continue
        if (found.text or "").strip() or any((child.tail or "").strip() for child in found):
            return inline(found)
        people = [_short(one) for one in found.iter() if local(one) in {"name", "collab", "string-name"}]
        title, source = _part(found, "article-title"), _part(found, "source")
        volume, first, last = (
            _part(found, "volume"),
            _part(found, "fpage") or _part(found, "elocation-id"),
            _part(found, "lpage"),
        )
        where = volume + (f":{first}" if first else "") + (f"-{last}" if last else "")
        dated = ";".join(filter(None, (_part(found, "year"), where)))
        sentences = (", ".join(filter(None, people)), title, source, dated)
        return " ".join(f"{one.rstrip('.')}." for one in sentences if one)
    return inline(ref)


def _short(element: Element) -> str:
    if local(element) != "name":
        return inline(element)
    return " ".join(filter(None, (_part(element, "surname"), _part(element, "given-names"))))


def _part(element: Element, name: str) -> str:
    found = element.find(f".//{name}")
    return inline(found) if found is not None else ""


def _too_deep(element: Element) -> bool:
    level = [element]
    for _ in range(DEEPEST):
        level = [child for one in level for child in one]
        if not level:
            return False
    return True


_LICENCES = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero|mark)/(\d\.\d))", re.I)


def licence(article: Element) -> str:
    """Return the licence that an article states: `CC BY 4.0`, its own words, or `""` where it states none."""
    found = article.find("./front/article-meta/permissions/license")
    if found is None:
        return ""
    everything = " ".join([*(v for one in found.iter() for v in one.attrib.values()), *found.itertext()])
    known = _LICENCES.search(everything)
    if known and known[1]:
        return f"CC {known[1].upper()} {known[2]}"
    if known:
        return f"CC0 {known[4]}" if known[3].lower() == "zero" else f"Public Domain Mark {known[4]}"
    return one_line(" ".join(found.itertext()))[:300]


def credit(article: Element) -> str:
    """Return the copyright line that an article prints, or `""`."""
    permissions = article.find("./front/article-meta/permissions")
    if permissions is None:
        return ""
    statement = _part(permissions, "copyright-statement")
    return statement or " ".join(
        filter(None, (_part(permissions, "copyright-year"), _part(permissions, "copyright-holder")))
    )
