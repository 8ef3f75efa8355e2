from __future__ import annotations

import pytest

from evsynth.sources.medline import read_medline
from evsynth.sources.relayout import MOST, is_flattened, relayout
from evsynth.sources.tags import fields, one_line

HEAD = "PMID- 90000001\nOWN - NLM\nDP  - 2031\n"
TAIL = "LA  - eng\nPT  - Letter\nTA  - J Otter Med\nJID - 999999999\nPST - ppublish\nSO  - J Otter Med. 2031.\n"
NAMES = "FAU - Oter, An\nAU  - Oter A\nAD  - Weir Hospital, Weirton.\n"


def unwrapped(text):
    return "\n".join(f"{f.tag:<4}- {f.value}".rstrip() for f in fields(text.split("\n"), 1)[0])


def laid(text):
    (record,) = relayout(one_line(text))
    return record


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("TI  - Type II - a study.\nAB  - Factor II - it.\n" + NAMES, id="unknown tags in prose"),
        pytest.param("TI  - A title.\nAB  - The 95% CI - 0.5 to 0.9 - was wide.\n" + NAMES, id="CI without CI"),
        pytest.param(
            "TI  - A title.\nAB  - The 95% CI - 0.5 - was.\nCI  - Copyright (c) 2031 Lutra.\n" + NAMES,
            id="CI before CI",
        ),
        pytest.param("TI  - A title.\nAB  - MCI and AD - Alzheimer, dementia - too.\n" + NAMES, id="AD"),
        pytest.param("TI  - A title.\nAB  - In AU - arbitrary units. Twice.\n" + NAMES, id="AU"),
        pytest.param("TI  - A title.\nAB  - So AU - Oter. Fine.\n" + NAMES, id="AU and a word like a name"),
        pytest.param("TI  - A title.\nAB  - The IS - 1234 - scale.\n" + NAMES, id="IS"),
        pytest.param("TI  - A title.\nAB  - By PT - physical therapy - only.\n" + NAMES, id="PT, a later tag"),
        pytest.param("TI  - Role of AB - antibodies - here.\nAB  - Text.\n" + NAMES, id="AB in the title"),
        pytest.param("TI  - A title without an end\nAB  - Text.\n" + NAMES, id="title without full stop"),
        pytest.param("TI  - A title.\nAB  - In PMID- 123 it was said.\n" + NAMES, id="PMID in the abstract"),
        pytest.param("TI  - A title.\nAB  - No end\nCI  - Copyright 2031 Oter.\n" + NAMES, id="abstract unfinished"),
        pytest.param("TI  - A title.\n" + NAMES + "AD  - Institute of Holts\nAD  - Otter House\n", id="addresses"),
        pytest.param(
            "TI  - A title.\nFAU - Oter, An\nAU  - Oter A\nAD  - Ward of AD - Alzheimer, Weirton.\n",
            id="AD in AD",
        ),
        pytest.param("TI  - A title.\nAB  - Text.\nAD  - Weir, Weirton.\nFAU - Oter, A\nAU  - Oter A\n", id="1990"),
        pytest.param("TI  - A title.\nAB  - Text.\nAU  - Oter A\nAU  - Vidra JB\nAU  - et al.\n", id="no full names"),
        pytest.param("TI  - A title.\nAB  - Text.\nCN  - Otter Group\nAD  - Weirton.\n" + NAMES, id="a group first"),
        pytest.param("TI  - A title.\nAB  - Text.\nFAU - O'Ter (Jr), A.\nAU  - O'Ter A\n", id="odd name"),
        pytest.param("TI  - A title.\nAB  -\n" + NAMES, id="empty abstract"),
    ],
)
def test_prose_does_not_fool_it(text):
    text = HEAD + text + TAIL
    assert laid(text).text == unwrapped(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("OTO - NOTNLM\nOT  - IR - spectroscopy\nOT  - SI - units\n", id="keywords with dashes"),
        pytest.param("COIS- A owns PL - Plc - shares.\n", id="interests"),
        pytest.param("IR  - Nutria C\nFIR - Nutria, Coy\nIR  - Oter B\nFIR - Oter, Bo\n", id="names, short first"),
        pytest.param("FIR - Nutria, Coy\nIR  - Nutria C\nAUID- ORCID: 1\nIRAD- Weir.\n", id="investigators"),
        pytest.param("GS  - IS1\nFPS - Darwin, Charles\nPS  - Darwin C\nRF  - 12\n", id="old fields"),
        pytest.param("EDAT- 2031/04/03 06:00\nXYZ - not in the list\nPST - ppublish\n", id="an unknown tag"),
    ],
)
def test_later_fields(text):
    text = HEAD + "TI  - A title.\n" + NAMES + "LA  - eng\n" + text + "SO  - J Otter Med. 2031.\n"
    assert laid(text).text == unwrapped(text)


def test_a_record_of_pmc_begins_with_its_pmcid():
    text = "PMC - PMC99\n" + HEAD + "TI  - A.\nPHST- 2031/01/01 [received]\nTA  - J\nSO  - J. 2031.\n"
    both = relayout(one_line(text + text.replace("90000001", "90000002")))
    assert [record.text for record in both] == [
        unwrapped(text),
        unwrapped(text.replace("90000001", "90000002")),
    ]
    assert "".join(record.raw for record in both) == one_line(text + text.replace("90000001", "90000002"))


def test_clean_text_leaves_no_doubt(proper):
    tidy = HEAD + "TI  - A title.\n" + NAMES + TAIL
    assert laid(tidy).doubts == ()
    assert laid(proper).doubts == (
        "left as text of TI: AD -, CI -",
        "left as text of AB: CI -, AD -, IS -, AU -",
    )


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "TI  - A.\nPG  - 1-9\nLID - see above\n",
            "LID reads 'see above', which is not the form of that field",
        ),
        ("TI  - A.\nDEP - 20310101\nAB  - Late.\n" + NAMES, "AB stands after DEP"),
    ],
)
def test_doubts_say_what_was_decided(text, doubt):
    assert doubt in laid(HEAD + text + TAIL).doubts


def test_a_finished_sentence_before_a_tag_that_fits_is_beyond_the_rule():
    """The limit that the module states: nothing tells this sentence from the copyright field."""
    text = HEAD + "TI  - A.\nAB  - It was seen. CI - Copyright law was kept.\n" + NAMES + TAIL
    assert "\nCI  - Copyright law was kept.\n" in laid(text).text


@pytest.mark.parametrize(
    ("text", "flattened"),
    [
        ("PMID- 1 OWN - NLM", True),
        ("  PMID- 1 TI - A.", True),
        ("PMC - PMC1 PMID- 2 TI - A.", True),
        ("PMID- 1 OWN -", False),
        ("PMID- 1\nOWN - NLM", False),
        ("PMID- 1 and II - more", False),
        ("TI  - In PMID- 1 TI - A.", False),
        ("", False),
    ],
)
def test_is_flattened(text, flattened):
    assert is_flattened(text) is flattened


def test_long_records_take_little_time():
    """Eight hundred authors: the search is linear where nothing is in doubt."""
    names = "".join(f"FAU - Oter{n}, An\nAU  - Oter{n} A\nAD  - Weir {n}, Weirton.\n" for n in range(800))
    text = HEAD + "TI  - A title.\n" + names + TAIL
    assert laid(text).text == unwrapped(text)


def test_a_record_of_too_many_signs_costs_itself_and_little_time():
    """Each sign is weighed against those before it, so that harm could keep the program busy for an hour."""
    many = f"PMID- 2 OWN - NLM TI  - Otters. {'AB  - x CI  - y ' * (MOST // 2)}SO  - J Otter. 2031.\n"
    reading = read_medline(f"PMID- 1\nTI  - A.\nSO  - B.\n\n{many}\nPMID- 3\nTI  - C.\nSO  - D.\n")
    assert [record.pmid for record in reading.records] == ["1", "3"]
    (failure,) = reading.failures
    assert failure.line == 5
    assert "its line breaks were lost, and more than 20000 signs in it may begin a field" in failure.message


def test_many_signs_that_are_no_tags_stay_text():
    text = f"PMID- 1 TI  - Otters {'XYZ - a ' * 200}seen. SO  - J Otter. 2031.\n"
    (record,) = read_medline(text).records
    assert record.title.startswith("Otters XYZ - a XYZ - a")
    assert record.title.endswith("seen.")
