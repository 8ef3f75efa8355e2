"""From the bytes of a file to its text."""

from __future__ import annotations

from evsynth.model.finding import Finding, Place, Problems


def decode(raw: bytes, file: str) -> str:
    """Decode UTF-8 text, with or without a mark. Raises Problems NOT_TEXT with the place of the first bad byte."""
    try:
        text = raw.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode().removeprefix("\ufeff")
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"byte {error.start + 1} is not UTF-8 text"
        hint = "save the file as UTF-8; if it is a spreadsheet or PDF it cannot be read here"
        raise Problems((Finding("NOT_TEXT", "error", file, place, message, hint),)) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        message = "the file holds NUL characters, so it is not a text file"
        raise Problems((Finding("NOT_TEXT", "error", file, Place(file, line), message, "save it as UTF-8 text"),))
    return text
