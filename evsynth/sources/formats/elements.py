"""Parse one record of XML with the standard library's expat, and read the text of its elements, plain and marked up.

What is parsed is the bytes of one record (`sources.formats.pieces`), never a whole file. So no document type reaches
expat, and a reference to an entity that only a document type could declare is an error, not a look-up. The character
names that HTML and JATS share (`&nbsp;`, `&alpha;`) are read as those characters; everything else is refused.
"""

from __future__ import annotations

import html.entities
import re
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from evsynth.sources.reading import shown

MOST_TAGS = 1_000_000
_NAMED = re.compile(rb"&([A-Za-z_][\w.-]{0,60});")
_OWN = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_PREFIX = re.compile(rb"\sxmlns:[\w.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*')")
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_WHITE = re.compile(r"[ \t\r\n]+")


class Malformed(ValueError):
    """A record that is not well formed: where (line from 1 in the record), why, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class Parsed(NamedTuple):
    """The element of a record, and the names of characters in it that XML itself does not know."""

    element: Element
    names: tuple[str, ...] = ()


def parse(raw: bytes, head: bytes = b"") -> Parsed:
    """Return the element of a record's UTF-8 bytes. `head` is the start of the file, for prefixes declared there.

    Raises `Malformed`.
    """
    try:
        return Parsed(
            _too_many(raw) if len(raw) > 3 * MOST_TAGS and raw.count(b"<") > MOST_TAGS else ElementTree.fromstring(raw)
        )
    except ElementTree.ParseError as error:
        first = error
    named = tuple(dict.fromkeys(name.decode() for name in _NAMED.findall(raw) if name not in _OWN))
    known = tuple(name for name in named if f"{name};" in html.entities.html5)
    prefixes = b"".join(dict.fromkeys(found[0] for found in _PREFIX.finditer(head)))
    if not (known or prefixes):
        raise _malformed(first, raw, named)
    spelled = _NAMED.sub(_character, raw)
    try:
        if not prefixes:
            return Parsed(ElementTree.fromstring(spelled), known)
        root = ElementTree.fromstring(b"<set" + prefixes + b">" + spelled + b"</set>")
        return Parsed(root[0], known)
    except (ElementTree.ParseError, IndexError):
        raise _malformed(first, raw, tuple(name for name in named if name not in known)) from None


def _character(found: re.Match[bytes]) -> bytes:
    name = found[1]
    character = html.entities.html5.get(f"{name.decode()};")
    if name in _OWN or character is None:
        return found[0]
    return character.replace("&", "&amp;").replace("<", "&lt;").encode()


def _too_many(raw: bytes) -> Element:
    message = f"the record has more than {MOST_TAGS:,} tags; it begins {shown(raw[:60].decode('utf-8', 'replace'))}"
    raise Malformed(1, message, "Such a record is no bibliographic record; remove it from the file.")


def _malformed(error: ElementTree.ParseError, raw: bytes, named: tuple[str, ...]) -> Malformed:
    line, column = error.position
    why = str(error).partition(":")[0]
    if why == "undefined entity":
        what = f"the entity {f'&{named[0]};' if named else 'used here'} is not one of XML's own"
        return Malformed(line, what, "Entities that a file declares are never resolved. Replace it by its text.")
    lines = raw.split(b"\n")
    near = lines[line - 1][max(column - 20, 0) : column + 20] if line <= len(lines) else b""
    if b"\0" in near:
        why = "a NUL character"
    elif near and why.endswith("(invalid token)") and not _is_text(raw):
        why = "bytes that are not UTF-8 text"
    message = f"the record is not well-formed XML: {why}, near {shown(near.decode('utf-8', 'replace'))}"
    return Malformed(line, message, "The file was damaged or cut; export or fetch it again.")


def _is_text(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def text(element: Element | None) -> str:
    """Return the plain text of an element: its tags left out, runs of white space as one blank.

    A superscript right after a digit keeps its distance as `^`: 10<sup>-3</sup> is `10^-3`, not `10-3`.
    """
    if element is None:
        return ""
    inside = _plain(element) if len(element) else element.text
    if not inside:
        return ""
    if not inside.isprintable() or "  " in inside:
        inside = _WHITE.sub(" ", inside)
    return inside.strip(" ")


def _plain(element: Element) -> str:
    parts = [element.text or ""]
    left = [iter(element)]
    tails: list[str] = []
    while left:
        child = next(left[-1], None)
        if child is None:
            left.pop()
            parts.append(tails.pop() if tails else "")
            continue
        inside = child.text or ""
        if (
            child.tag == "sup"
            and inside
            and (last := next(filter(None, reversed(parts[-4:])), ""))
            and last[-1].isdigit()
        ):
            parts.append("^")
        parts.append(inside)
        if len(child):
            left.append(iter(child))
            tails.append(child.tail or "")
        else:
            parts.append(child.tail or "")
    return "".join(parts)


def marked(element: Element | None) -> str:
    """Return the text of an element with its inline markup as tags, or `""` where it has none."""
    if element is None or not len(element):
        return ""
    parts = [escaped(element.text)]
    left = [iter(element)]
    ends: list[str] = []
    while left:
        child = next(left[-1], None)
        if child is None:
            left.pop()
            parts.append(ends.pop() if ends else "")
            continue
        name = local(child)
        parts.append(f"<{name}{''.join(map(_attribute, child.attrib.items()))}>")
        parts.append(escaped(child.text))
        end = f"</{name}>{escaped(child.tail)}"
        if len(child):
            left.append(iter(child))
            ends.append(end)
        else:
            parts.append(end)
    return _WHITE.sub(" ", "".join(parts)).strip(" ")


def local(element: Element) -> str:
    """Return the name of an element without its name space; MathML keeps its usual prefix."""
    tag = str(element.tag)
    return tag.replace(_MATHML, "mml:") if tag.startswith(_MATHML) else _local(tag)


def _attribute(pair: tuple[str, str]) -> str:
    value = escaped(pair[1]).replace('"', "&quot;")
    return f' {_local(pair[0])}="{value}"'


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def escaped(inside: str | None) -> str:
    """Return text in which `&`, `<` and `>` are spelled as XML spells them."""
    return inside.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if inside else ""
