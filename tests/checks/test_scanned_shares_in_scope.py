"""Shares and rates in dense sentences, of a number told a few words or sentences before: found, and left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.elsewhere import rates_retold
from evsynth.checks.scanned.facts.groups_named import groups_named
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.judging import CHECKS, Reading, reading
from evsynth.checks.scanned.told import (
    bases_in_scope,
    bases_of_groups,
    person_time,
    rate_ratios,
    rates_of_fractions,
    rates_of_groups,
    share_bases,
    shares_of_all,
    shares_of_nothing,
)
from evsynth.scan.document import read_document

CHECK = {
    "scope": bases_in_scope.bases_in_scope, "groups": bases_of_groups.bases_of_groups,
    "nothing": shares_of_nothing.shares_of_nothing, "all": shares_of_all.shares_of_all,
    "fractions": rates_of_fractions.rates_of_fractions, "rates": rates_of_groups.rates_of_groups,
    "time": person_time.person_time, "bases": share_bases.share_bases, "ratio": rate_ratios.rate_ratios,
    "retold": rates_retold.rates_retold,
}  # fmt: skip


def subject(text: str) -> Reading:
    """Read an abstract."""
    return reading(read_document("x", f"Two treatments of a disease in adults\n\nAbstract\n{text}\n"))


def messages(check: str, text: str) -> list[str]:
    """Run one check on an abstract; notes are left out."""
    return [f.message for f in CHECK[check](subject(text)) if f.severity != "note"]


SAFETY = (
    "We randomised 276 patients (drug, n = 184; control, n = 92). In the safety population (181 and 90 patients who "
    "took a dose), neutropenia was seen in 33 [18.2%] v {}, hypertension in 21 [11.6%] v one [1.1%] and diarrhoea in "
    "16 [8.8%] v four [4.4%]."
)
SWAB = (
    "Of 412 infants randomised, 237 were boys. A nasal swab was taken from 391 infants, of whom 274 (70.1%) had RSV, "
    "78 ({}%) rhinovirus and 31 (7.9%) more than one virus."
)
TREATED = (
    "Women were managed with diet alone (n = 702), metformin (n = 388) or insulin without metformin (n = 252); 71 "
    "women in the metformin group ({}%) later needed insulin."
)
SESSIONS = (
    "Hypotension complicated 808 of 7344 sessions (11.0 per 100) with cool and 1212 of 7102 sessions ({} per 100) with "
    "standard dialysate."
)
STROKES = (
    "During 94,870 and 487,300 person-years, 187 and 652 strokes occurred, respectively, i.e. 1.97 and {} per 1,000 "
    "person-years, giving a ratio of 1.47, and after adjustment for education one of 1.43."
)
INFECTIONS = (
    "Follow-up was 106.8 patient-years in sum. Thirteen serious infections arose in nine patients (23.7%), equivalent "
    "to {} per 100 patient-years."
)
EYES = "We treated 62 adults with A and 71 with B. Conjunctivitis was seen in {} patients ({}%), namely in 14 (22.6%) of 62 on A and 5 (7.0%) of 71 on B."  # noqa: E501
CULTURES = (
    "Sputum was collected in 88 patients at baseline. Of these, 31 (35.2%) harboured Pseudomonas, 12 ({}%) Haemophilus "
    "and 9 (10.2%) Moraxella; the trial had enrolled 104."
)

CALVES = (
    "A total of 1,284 calves on 36 farms were examined; 231 (18.0%) had diarrhoea, 164 (12.8%) respiratory disease and "
    "58 ({}%) both."
)
FOUND = (
    ("scope", CALVES.format("5.4")),
    ("scope", "In the per-protocol set (95 and 93 adults), cure was seen in 81 (85.3%) and 70 (75.3%), and relapse in "
              "6 (6.3%) and 14 (13.7%)."),
    ("nothing", "Of 64 implants in 29 patients, 58 (96.0%) survived."),
    ("bases", "Vaccination was complete in 1,882 girls (72.4% of 2,601) and 1,340 boys (54.4% of 2,644)."),
    ("bases", "Reactions led to discontinuation in 4.8% (17 of 604)."),
    ("bases", "Recurrence was seen in 12/88 knees (13.6%) v. 21/92 knees (28.8%)."),
    ("scope", SAFETY.format("13 [14.1%]")),
    ("scope", SWAB.format("18.9")),
    ("scope", CULTURES.format("11.5")),
    ("scope", "Among 512 isolates, 133 (26.0%) were resistant to A, 88 (17.2%) to B, 61 (14.9%) to both and 40 (7.8%) "
              "to C."),
    ("scope", "The prevalence rose (22% [n = 18] and 35% [n = 18], respectively) against (9% [n = 7] and 19% [n = 15], "
              "respectively) in 80 children each. In those 80 mothers, 20 (25.0%) smoked, 9 (11.3%) drank and 31 "
              "(48.8%) worked."),
    ("scope", "Three hundred and six nurses replied. Of them, 204 (66.7%) worked nights, 51 (16.7%) days only, and 38 "
              "(14.2%) part time."),
    ("groups", TREATED.format("10.1")),
    ("groups", "We gave apixaban (n = 412) or warfarin (n = 289). Bleeding was seen in 19 patients in the apixaban "
               "group (6.6%)."),
    ("groups", "Of 500 adults, 350 were assigned to coaching and 150 to usual care. At one year 84 of those assigned "
               "to coaching (56.0%) had stopped smoking."),
    ("nothing", "Twenty-three children (77.8%) preferred the whistle."),
    ("nothing", "Twelve children experienced an event (34.5%)."),
    ("nothing", "There were 39 patients with low-grade disease (74.0%)."),
    ("all", EYES.format("16", "14.3")),
    ("all", EYES.format("19", "16.3")),
    ("fractions", SESSIONS.format("15.8")),
    ("fractions", "Dysfunction complicated 318 of 5120 sessions (52.1 per 1000)."),
    ("fractions", "We saw 31 reactions in 2140 doses (41.5 per 1000)."),
    ("rates", STROKES.format("13.38")),
    ("rates", "During 3120 and 2984 patient-years there were 41 and 66 strokes, i.e. 1.31 and 2.82 per 100 "
              "patient-years; after adjustment for age the hazard ratio was 0.61."),
    ("time", INFECTIONS.format("21.2")),
    ("bases", "Mortality was lower with steroids (43.4%, 99/288) than without (46.9%, 46/98)."),
    ("bases", "Relapse was seen in 99 of 288 patients (43.4%, 95% CI 38 to 50)."),
    ("bases", "Relapse was seen in 43.4% of the 288 women (n = 99)."),
    ("bases", "Relapse was seen in 99 of a total of 288 (43.4%)."),
    ("bases", "Relapse was seen in ninety-nine samples from 288 patients (43.4%)."),
    ("retold", "Fracture occurred at 44.4 per 1000 person-years. Pain was common. In short, fractures ran to 44.4 per "
               "100 person-years."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "text"), FOUND)
def test_finds_the_share_or_rate_of_another_number(check: str, text: str) -> None:
    assert len(messages(check, text)) == 1


LEFT = (
    ("scope", CALVES.format("4.5")),
    ("bases", "Vaccination was complete in 1,882 girls (72.4% of 2,601) and 1,340 boys (50.7% of 2,644)."),
    ("bases", "Mortality was 8.1% (n = 13) among 160 cooled infants and 14.7% (n = 23) among 156 controls."),
    ("bases", "Clearance was seen in 63% (48/76) versus 41% (33/80)."),
    ("nothing", "Of 64 implants in 29 patients, 58 (90.6%) survived."),
    ("scope", SAFETY.format("13 [14.4%]")),
    ("scope", SWAB.format("19.9")),
    ("scope", CULTURES.format("13.6")),
    # its own base, in words or as a number told before
    ("scope", SWAB.format("18.9").replace("rhinovirus", "of all infants rhinovirus")),
    ("scope", "Of 200 adults, 100 (50.0%) had pain, 30 (15.0%) fever and 12 (12.0%) of those with pain a rash."),
    ("scope", "Of 391 infants, 274 (70.1%) had RSV, of whom 78 (28.5%) were treated and 31 (7.9%) had rhinovirus."),
    # some without data
    ("scope", "Of 391 infants, 274 (70.1%) had RSV, 78 (20.5%) rhinovirus and 31 (7.9%) both."),
    # two shares of the odd kind
    ("scope", SWAB.format("18.9").replace("31 (7.9%)", "31 (7.5%)")),
    ("groups", TREATED.format("18.3")),
    ("groups", TREATED.format("5.3")),  # of all
    ("groups", TREATED.format("18.9")),  # some without data
    ("groups", "We gave apixaban (n = 412) or warfarin (n = 389). Bleeding fell by 71 (10.1%) in the apixaban group."),
    ("nothing", "Twenty-three children (63.9%) preferred the whistle."),
    ("nothing", "Compounds 5 (78.9%) and 9 (73.4%) were active."),
    ("nothing", "The most common stage at presentation was stage 4 (48.3%)."),
    ("nothing", "At 1 year 61 of 90 (67.8%) were free of pain."),
    ("all", EYES.format("19", "14.3")),
    ("all", "Of the 40 births, 21 (52.5%) needed help: 18 of 40 (45.0%) by forceps, 1 of 40 (2.5%) by hand and 2 of 40 "
            "(5.0%) by section."),
    ("fractions", SESSIONS.format("17.1")),
    ("fractions", "27 flares were recorded in 27 patients, 6.9 per 100 patient-years."),
    ("fractions", "We searched 9/10 or 10/10 matched donors first."),
    ("rates", STROKES.format("1.34")),
    ("time", INFECTIONS.format("12.2")),
    ("bases", "Mortality was lower with steroids (34.4%, 99/288) than without (46.9%, 46/98)."),
    ("bases", "At week 24, 14 of 16 had a score of 20 or more (87.5%), eight of 40 or more (50.0%) and one of 60 "
              "(6.3%)."),
    ("ratio", "The rate was 21.8 per 1000 person-years in men (rate ratio 0.91) and 24.0 in women."),
    ("retold", "Fracture occurred at 44.4 per 1000 person-years, that is 4.44 per 100 person-years."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "text"), LEFT)
def test_leaves_what_can_be_right(check: str, text: str) -> None:
    assert not messages(check, text)


def test_compares_the_base_of_a_rate_with_that_of_the_full_text() -> None:
    full = reading(
        read_document("full", "Title of a study\n\nResults\nThere were 44.4 and 30.0 per 1000 person-years.\n")
    )
    summary = subject("Fractures were seen at about 44 per 100 person-years.")
    (found,) = rates_retold.rates_retold(summary._replace(related=(full,)))
    assert "per 1000 in full" in found.message
    right = subject("Fractures were seen at about 30 per 1000 person-years.")
    assert not list(rates_retold.rates_retold(right._replace(related=(full,))))


def test_names_the_groups_of_the_sentence_that_tells_most() -> None:
    named = groups_named(subject(TREATED.format("18.3")))
    assert [(g.name, g.size.whole) for g in named] == [
        (("diet",), 702), (("metformin",), 388), (("insulin", "without", "metformin"), 252),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["(43.4%, 99/288)", "43.4% (99/288)", "99/288 [43.4%]", "43.4% of the 288 women (n = 99)",
     "43.4% (95% CI 38-50; 99/288)", "99 (43.4%) of 288 patients", "ninety-nine of 288, or 43.4%"],
)  # fmt: skip
def test_reads_count_percentage_and_denominator(text: str) -> None:
    (share,) = proportions(marked(f"Relapse was seen {text}."))
    assert (share.events and share.events.whole, share.of and share.of.whole) == (99, 288)
    assert share.percent is not None
    assert str(share.percent.printed) == "43.4"


def test_every_check_is_registered() -> None:
    assert set(CHECK.values()) <= {check.run for check in CHECKS}
