"""The text layer of a PDF, page by page, through pypdfium2 (extra `pdf`). What a scan shows is not text."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.sources.reading import Doubt, ReadError

_EXTRA = "Install the extra: pip install 'evsynth[pdf]'."


class PdfText(NamedTuple):
    """The text of all pages, where each page begins in it, and doubts."""

    text: str
    pages: tuple[int, ...]
    doubts: tuple[Doubt, ...] = ()


def pdf_text(data: bytes) -> PdfText:
    """Return the text of a PDF: pages one after the other, an empty line between them, line ends as `\\n`.

    Raises `ReadError` for a PDF that is damaged, locked, or holds no text at all.
    """
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ModuleNotFoundError:
        raise ReadError(1, "reading a PDF needs pypdfium2", _EXTRA) from None
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "the PDF is locked by a password" if locked else "the PDF is damaged and cannot be opened"
        raise ReadError(1, why, "Get an open copy of the article, or its text.") from None
    texts: list[str] = []
    doubts: list[Doubt] = []
    try:
        for number in range(len(document)):
            page = document[number]
            layer = page.get_textpage()
            words = (
                layer.get_text_range()
                .replace("\r\n", "\n")
                .replace("\r", "\n")
                .replace("\ufffe", "-")
                .replace("\0", "")
            )
            layer.close()
            page.close()
            if not words.strip():
                doubts.append(Doubt(number + 1, f"page {number + 1} holds no text; it may be a scan or a figure"))
            texts.append(words.strip("\n"))
    except pypdfium2.PdfiumError as error:
        raise ReadError(1, f"page {len(texts) + 1} of the PDF cannot be read: {error}", "Get another copy.") from None
    finally:
        document.close()
    if not any(text.strip() for text in texts):
        raise ReadError(
            1, "the PDF holds no text: it is a scan", "Run text recognition over it first, or get its text."
        )
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text) + 2
    return PdfText("\n\n".join(texts) + "\n", tuple(starts), tuple(doubts))
