"""Works cited as what they are not, abbreviations explained in two ways, grades: what is found, what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import cases, paper

from evsynth.checks.scanned.elsewhere import cited_designs
from evsynth.checks.scanned.facts.reference_list import citations_in, reference_list
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.reporting import explained_twice, scale_minimum

TITLES = (
    "A randomised trial of amlodarin in gout. N Engl J Med (2014) 370:2083-92.",
    "Amlodarin in gout: a retrospective review of 40 patients. Rheumatology (2015) 54:39-44.",
    "An open-label study of the long-term safety of amlodarin. Respiration (2017) 94:408-15.",
    "Amlodarin for gout. Lancet (2011) 377:1760-9.",
    "Amlodarin in gout: a case series. Eur Respir J (2010) 35:821-9.",
    "A prospective, double-blind comparison of amlodarin and placebo. Chest (2016) 36:46-52.",
    "Gout and its treatment: a review of the literature. Drugs (2012) 31:1493-8.",
    "Amlodarin: a systematic review of randomised trials and observational studies. BMJ (2018) 5:44-9.",
)
NUMBERED = "\n".join(f"{n}. Miller AB, Jones C. {title}" for n, title in enumerate(TITLES, 1))
DASHED = "\n".join(f"- Miller AB, Jones C. {title}" for title in TITLES)
SQUARE = "\n".join(f"[{n}] Miller AB, Jones C. {title}" for n, title in enumerate(TITLES, 1))


def cites(sentence: str, listed: str = NUMBERED) -> dict[str, str]:
    return {"discussion": f"{sentence}\n\n## References\n\n{listed}"}


def note(words: str, text: str = "") -> dict[str, str]:
    table = f"Table 1. Patients.\n\n| Finding | Drug (n = 30) |\n|---|---|\n| Age | 61.2 (9.4) |\n\n{words}\n"
    return {"tables": table, "discussion": text}


def graded(methods: str, cell: str, label: str = "Traction bronchiectasis", size: str = " (n = 22)") -> dict[str, str]:
    lesions = (
        f"Table 2. Scans.\n\n| Lesion | Drug{size} | Placebo (n = 12) |\n|---|---|---|\n"
        f"| {label}, mean (SD) | {cell} | 6.10 (2.00) |\n"
    )
    return {"methods": methods, "tables": lesions}


LOBES = "Traction bronchiectasis and ground-glass opacity were sought. Each lobe was graded on a scale of 1 to 4."
JOINTS = "Synovial thickening was judged, and every joint was scored from 2 to 6."

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    cited_designs.cited_designs: (
        [
            cites("Previous randomized clinical trials of amlodarin showed fewer attacks (1, 2)."),
            cites("Randomised trials found that amlodarin is safe (1, 3, 4).", DASHED),
            cites("In double-blind trials the drug was better [4, 5].", SQUARE),
            cites("Several randomized controlled trials support this [1-3].", SQUARE),
            cites("RCTs have shown that it prevents attacks<sup>4,5</sup> in adults."),
            cites("A prospective study gave the same result (2)."),
            cites("Prospective cohort studies found it safe (4, 5).", DASHED),
            cites("Retrospective studies suggested a benefit (4, 6)."),
            cites("It is a common disease (4), and randomised trials showed that amlodarin works (7)."),
        ],
        [
            cites("Previous randomized clinical trials of amlodarin showed fewer attacks (1, 4)."),
            cites("Case series and randomised trials found that amlodarin is safe (1, 3, 5)."),
            cites("Randomised trials and their extensions found it safe (1, 3)."),
            cites("There are no randomised trials, and use rests on experience (5)."),
            cites("Further randomised trials are needed (2)."),
            cites("Randomised trials showed a benefit (8)."),
            cites("A prospective study gave the same result (6)."),
            cites("Amlodarin is safe (1, 2, 3)."),
            cites("Randomised trials found 12 attacks (2)."[:-4] + "in 40 adults."),
            cites("Randomised trials found a benefit (2).", NUMBERED.replace("3. Mil", "9. Mil")),
            cites("Randomised trials found a benefit (1); it is also used in children (5)."),
        ],
    ),
    explained_twice.explained_twice: (
        [
            note("AIP, acute pneumonia; OP, organising pneumonia.", "Acute interstitial pneumonitis (AIP) is rare."),
            note("DAD, diffuse alveolar damage; UIP, usual interstitial pneumonia.\n\nFigure 2. Course. "
                 "UIP, usual intersitial pneumonia."),
            note("CADM, clinical asympyopathic dermatomyositis; PM, polymyositis.",
                 "Patients with clinically amyopathic dermatomyositis were rare."),
            note("LVEF: left ventricular ejection fraction; MI: myocardial infarction.\n\nFigure 2. Course. "
                 "LVEF: left ventricular emptying fraction."),
            note("AE, adverse event; QoL, quality of life.", "Any adverse effect (AE) was noted."),
            {"methods": "We noted systolic blood pressure (SBP).", "results": "Systemic blood pressure (SBP) fell."},
            {"abstract": "Forced vital capacity (FVC).", "methods": "Functional vital capacity (FVC) fell."},
            {"methods": "Intensive care unit (ICU) stay.", "results": "Intermediate care unit (ICU) stay rose."},
        ],
        [
            note("AIP, acute interstitial pneumonitis; OP, organising pneumonia.",
                 "Acute interstitial pneumonitis (AIP) is rare."),
            note("AE, adverse event; QoL, quality of life.", "Adverse events (AEs) were noted."),
            note("VAS, visual analogue scale; PM, polymyositis.", "A visual analog scale (VAS) was used."),
            note("HRCT, high-resolution computed tomography.", "High resolution computerised tomography (HRCT)."),
            {"methods": "Hazard ratios (HR) were found.", "results": "Heart rates (HR) fell."},
            note("LV, left ventricle; RV, right ventricle.", "Left ventricular (LV) mass rose."),
            note("IQR, interquartile range; PM, polymyositis.", "An inter-quartile range (IQR) is given."),
            {"methods": "Acute pneumonia (the AIP of old) was seen. Acute interstitial pneumonitis (AIP) is rare."},
            note("AIP, acute pneumonia; OP, organising pneumonia; UIP, usual interstitial pneumonia; "
                 "DAD, diffuse alveolar damage; FVC, forced vital capacity.", "Acute interstitial pneumonia (AIP)."),
            note("TNF, tumor necrosis factor; PM, polymyositis.", "Tumour necrosis factor (TNF) was measured."),
        ],
    ),
    scale_minimum.scale_minimum: (
        [
            graded(LOBES, "1.27 (1.72)"),
            graded(LOBES, "1.00 (0.40)"),
            graded(LOBES, "0.80 (0.30)"),
            graded(LOBES, "1.10 (0.71)"),
            graded(LOBES, "1.27 (1.31)"),
            graded(LOBES, "1.00 (1.71)", size=""),
            graded(LOBES, "1.40 (2.10)", label="Ground-glass opacity"),
            graded(JOINTS, "2.10 (0.90)", label="Synovial thickening"),
            graded(LOBES.replace("Each lobe was", "Each of the five lobes was"), "4.40 (2.10)"),  # sums
        ],
        [
            graded(LOBES, "1.27 (1.29)"),
            graded(LOBES, "1.00 (0.02)"),
            graded(LOBES, "1.10 (0.45)"),
            graded(LOBES, "2.40 (3.90)"),
            graded(LOBES, "1.27 (1.72)", size=""),
            graded(LOBES, "1.27 (1.72)", label="Pleural thickening"),
            graded(LOBES + " Lobes without a lesion scored 0.", "1.27 (1.72)"),
            graded(LOBES.replace("1 to", "0 to"), "1.27 (1.72)"),
            graded(JOINTS, "2.50 (2.30)", label="Synovial thickening"),
        ],
    ),
}  # fmt: skip
SEVERITY = {"cited_designs": "concern", "explained_twice": "note", "scale_minimum": "inconsistent"}


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity == SEVERITY[check.__name__]
    assert found[0].hint
    assert len(found[0].quotes) >= 2


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


@pytest.mark.parametrize("listed", [NUMBERED, DASHED, SQUARE])
def test_a_list_is_read_by_number(listed: str) -> None:
    entries = reference_list(paper(**cites("Gout is common (4).", listed)))
    assert [e.number for e in entries.values()] == list(range(1, 9))
    assert "a case series" in entries[5].words


def _cited(reading: Reading) -> list[tuple[int, ...]]:
    return [
        c.numbers for x in lines(reading, ("discussion",)) for c in citations_in(reading, x, reference_list(reading))
    ]


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("Gout is common (2, 4).", [(2, 4)]),
        ("Gout is common [2-5].", [(2, 3, 4, 5)]),
        ("Gout<sup>1,3</sup> is common.", [(1, 3)]),
        ("Gout is common (1) and painful (2-3, 5).", [(1,), (2, 3, 5)]),
        ("Gout is common (12).", []),  # no such entry
        ("Gout is common (3.5).", []),
    ],
)
def test_citations_are_read(sentence: str, numbers: list[tuple[int, ...]]) -> None:
    assert _cited(paper(**cites(sentence))) == numbers


def test_every_cell_beyond_is_named() -> None:
    parts = graded(LOBES, "1.27 (1.72)")
    parts["tables"] = parts["tables"].replace("6.10 (2.00)", "1.00 (1.71)")
    (found,) = scale_minimum.scale_minimum(paper(**parts))
    assert [q.text for q in found.quotes[:2]] == ["1.27 (1.72)", "1.00 (1.71)"]


def test_three_spellings_are_told_together() -> None:
    words = "CADM, clinical asympyopathic dermatomyositis.\n\nFigure 2. CADM, clinical asympmyopathic dermatomyositis."
    parts = note(words, "Clinical amyopathic dermatomyositis was rare.")
    (found,) = explained_twice.explained_twice(paper(**parts))
    assert found.message.count("dermatomyositis") == 3
