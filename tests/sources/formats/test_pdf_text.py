"""The text layer of a PDF."""

from __future__ import annotations

import pytest

from evsynth.sources.formats.pdf_text import pdf_text
from evsynth.sources.reading import ReadError


def pdf(*pages: str) -> bytes:
    """Return a PDF of these pages, each one line of text (or none), written by hand."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for words in pages:
        stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET" if words else ""
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(pages)}>>"
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode()


def test_pages_follow_each_other_and_say_where_they_begin():
    read = pdf_text(pdf("Forty otters", "Twenty had bark"))
    assert read.text == "Forty otters\n\nTwenty had bark\n"
    assert [read.text[at : at + 6] for at in read.pages] == ["Forty ", "Twenty"]
    assert read.doubts == ()


def test_a_page_without_text_is_said():
    read = pdf_text(pdf("Forty otters", ""))
    assert "page 2 holds no text" in read.doubts[0].message


@pytest.mark.parametrize(
    ("data", "said"), [(pdf(""), "it is a scan"), (b"%PDF-1.7 nothing", "damaged"), (pdf("x")[:60], "damaged")]
)
def test_what_cannot_be_read_is_refused(data, said):
    with pytest.raises(ReadError, match=said):
        pdf_text(data)
