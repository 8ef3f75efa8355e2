"""Every figure fits its sheet, says in words what it shows, and has the same bytes every time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from plain_tables import BCG

import evsynth as ev
from evsynth.build.plain import Asked
from evsynth.build.plain_bias import survey_studies
from evsynth.build.plain_regression import compare_subgroups, regress_studies
from evsynth.build.plain_sensitivity import examine_studies
from evsynth.build.plain_table import studies_of
from evsynth.report.drawing import Shape, Write, text_width
from evsynth.text.table import read_table

LONG = BCG.replace("Aronson 1948", "Aronson and Ferguson and the Study Group of the Western Districts 1948")
ROOT = Path(__file__).resolve().parents[2]


def results() -> dict[str, ev.Found]:
    """Make a result of every kind, from a table with a very long name."""
    studies = studies_of(read_table(LONG, "a-table-with-a-rather-long-name-for-a-file.csv"), "RR")
    senn = (
        [0.2, 0.3, 0.15, 0.4, 0.1],
        [0.1, 0.1, 0.12, 0.2, 0.2],
        [*"aabab"],
        [*"bccbc"],
        ["s1", "s2", "s3", "s4", "s5"],
    )
    names = {"a": "usual care with a long name", "b": "a drug", "c": "another drug"}
    named = (*senn[:2], [names[t] for t in senn[2]], [names[t] for t in senn[3]], senn[4])
    return {
        "regression": regress_studies(studies, "latitude", Asked()),
        "coefficients": regress_studies(studies, "latitude + allocation", Asked()),
        "subgroups": compare_subgroups(studies, "allocation", Asked(), between="separate"),
        "sensitivity": examine_studies(studies, estimator="REML", interval="hksj", level=0.95),
        "bias": survey_studies(studies, level=0.95, favoured=None),
        "network": ev.network(*named, measure="OR"),
    }


@pytest.fixture(scope="module")
def pictures():
    return {f"{kind}/{name}": draw() for kind, found in results().items() for name, draw in found._drawn.items()}


EXPECTED = {
    "regression/bubbles", "regression/coefficients", "coefficients/coefficients", "subgroups/subgroups",
    "sensitivity/leave-one-out", "sensitivity/cumulative", "sensitivity/baujat", "sensitivity/gosh",
    "sensitivity/specification-curve", "bias/funnel", "network/against-reference", "network/network",
    "network/adjusted-funnel",
}  # fmt: skip


def test_every_kind_of_figure_is_here(pictures):
    assert set(pictures) >= EXPECTED


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nothing_leaves_the_sheet(pictures, name):
    """Words are measured with a font wider than the usual ones."""
    picture = pictures[name]
    for part in picture.parts:
        if isinstance(part, Write):
            width = text_width(part.text, part.size, bold=part.bold)
            left = part.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[part.anchor] * width
            assert left >= 0, (name, part.text)
            assert left + width <= picture.width + 0.5, (name, part.text, left + width, picture.width)
            assert 0 < part.y <= picture.height, (name, part.text)
        if isinstance(part, Shape):
            assert all(-1 <= x <= picture.width + 1 and -1 <= y <= picture.height + 1 for x, y in part.points), name


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_figure_says_in_words_what_it_shows(pictures, name):
    assert len(pictures[name].description) > 40


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_no_two_words_overlap(pictures, name):
    """Labels of one line keep clear of each other."""
    boxes = []
    for part in pictures[name].parts:
        if isinstance(part, Write) and part.text:
            width = text_width(part.text, part.size, bold=part.bold)
            left = part.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[part.anchor] * width
            boxes.append((left, left + width, part.y - 0.7 * part.size, part.y, part.text))
    for i, (a, b, top, low, text) in enumerate(boxes):
        for c, d, other_top, other_low, other in boxes[i + 1 :]:
            apart = b <= c + 0.5 or d <= a + 0.5 or low <= other_top + 0.5 or other_low <= top + 0.5
            assert apart, (name, text, other)


def digest(found: dict[str, ev.Found]) -> str:
    """Give one digest of all figures and all JSON."""
    made = hashlib.sha256()
    for result in found.values():
        for name in result.figures:
            made.update(result.figure(name))
        made.update(result.to_json().encode())
    return made.hexdigest()


def test_bytes_are_the_same_under_another_hash_seed(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_figures_of_results import digest, results; print(digest(results()))"
    )
    environment = {
        "PYTHONHASHSEED": "4242", "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "MPLCONFIGDIR": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script, str(Path(__file__).parent)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == digest(results())


def test_svg_is_well_formed_and_has_a_title():
    found = ev.pool([0.1, 0.2, 0.3], [0.01, 0.02, 0.03], title="Less <than> & more")
    root = ElementTree.fromstring(found.figure())
    assert root[0].text == "Less <than> & more"
