"""The flow diagram: every number of the flow stands in it, nothing overlaps, and it is the same every time."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from evsynth.report.drawing import Shape, Write, png, svg, text_width
from evsynth.report.flow_diagram import flow_diagram
from evsynth.sources.screening.flow import Column, Excluded, Flow

LONG = "Wrong population: adults without a diagnosis of interstitial lung disease at entry"
SOURCES = (("central", 401), ("embase", 1202), ("pubmed", 803))
WHY = (Excluded("population", LONG, 107), Excluded("design", "Wrong design", 72))
DATABASES = Column("database", SOURCES, 504, 1902, 1705, 197, 6, 191, WHY, 12, 0, 0, 0, 0, 0)
OTHER = Column("other", (("snowball", 58),), 21, 33, 31, 2, 0, 1, (), 1, 3, 1, 0, 1, 0)
FINAL = Flow((DATABASES,), 12, 9, (), ())
BOTH = Flow((DATABASES, OTHER), 13, 10, (), ())


def words(flow: Flow) -> str:
    return " ".join(part.text.strip() for part in flow_diagram(flow).parts if isinstance(part, Write))


@pytest.mark.parametrize("flow", [FINAL, BOTH], ids=["one column", "two columns, unfinished"])
def test_every_number_of_the_flow_is_in_the_diagram(flow):
    drawn = re.findall(r"n = (\d+)", words(flow))
    for c in flow.columns:
        expected = [c.identified, c.duplicates, c.screened, c.excluded, c.sought, c.not_obtained, c.assessed]
        expected += [c.assessed - c.included, *(n for _, n in c.sources), *(e.reports for e in c.excluded_for)]
        for number in expected:
            assert str(number) in drawn
    assert {str(flow.studies), str(flow.reports)} <= set(drawn)


def test_an_unfinished_flow_says_so_and_a_final_one_does_not():
    assert "Screening is not finished" in words(BOTH)
    assert "title and abstract not screened (n = 3)" in words(BOTH)
    assert "not finished" not in words(FINAL)
    assert "Not decided" not in words(FINAL)


@pytest.mark.parametrize("flow", [FINAL, BOTH], ids=["one column", "two columns"])
def test_boxes_hold_their_words_and_do_not_overlap(flow):
    picture = flow_diagram(flow)
    boxes = [p.points for p in picture.parts if isinstance(p, Shape) and len(p.points) == 4]
    for one, other in combinations(boxes, 2):
        (a, b), (c, d) = one[0], one[2]
        (e, f), (g, h) = other[0], other[2]
        assert a >= g or e >= c or b >= h or f >= d
    for part in picture.parts:
        if isinstance(part, Write):
            width = text_width(part.text, part.size, bold=part.bold)
            left = part.x - (width / 2 if part.anchor == "middle" else 0)
            assert left >= 0
            assert left + width <= picture.width
            inside = [box for box in boxes if box[0][0] <= part.x <= box[2][0] and box[0][1] <= part.y <= box[2][1]]
            assert all(left >= box[0][0] and left + width <= box[2][0] for box in inside)
    assert max(y for box in boxes for _, y in box) < picture.height
    assert max(x for box in boxes for x, _ in box) < picture.width


@pytest.mark.parametrize("length", range(20, 60))
def test_a_number_stays_on_one_line(length):
    name = ("Cochrane Central Register of Controlled Trials and others of them")[:length].strip()
    flow = FINAL._replace(columns=(DATABASES._replace(sources=((name, 123456),)),))
    lines = [part.text.strip() for part in flow_diagram(flow).parts if isinstance(part, Write)]
    assert any(line.endswith("(n = 123456)") for line in lines)


def test_the_same_flow_gives_the_same_bytes():
    assert svg(flow_diagram(BOTH)) == svg(flow_diagram(BOTH))
    assert png(flow_diagram(FINAL)).startswith(b"\x89PNG")
    assert b"PRISMA 2020 flow diagram" in svg(flow_diagram(FINAL))
