"""The ranked order, what it saves in simulation, the estimate of recall, and labels as ASReview has them."""

from __future__ import annotations

import csv
import io
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.found import Found
from evsynth.model.record import Author, Dates, Identifier, Journal, Record, Section
from evsynth.sources.formats.any_format import read
from evsynth.sources.screening.labels import label_of, labels_csv, labels_ris
from evsynth.sources.screening.ranking import Ranker, text_of
from evsynth.sources.screening.recall import p_value, recall_bound
from evsynth.sources.screening.simulation import measures, simulate

RELEVANT = "tacrolimus treatment of interstitial lung disease in myositis patients survival"
OTHER = (
    "asthma inhaler education of children",
    "hip fracture surgery outcome in the elderly",
    "soil bacteria sequencing",
)


def texts(relevant: int = 8, other: int = 92) -> tuple[list[str], list[bool]]:
    """Records in a fixed mixed order; the relevant ones share words."""
    found = [(f"{RELEVANT} cohort{n % 3}", True) for n in range(relevant)]
    found += [(f"{OTHER[n % 3]} centre{n % 7}", False) for n in range(other)]
    found = [found[(37 * n) % len(found)] for n in range(len(found))]
    return [text for text, _ in found], [yes for _, yes in found]


def test_what_resembles_the_kept_records_comes_first():
    words, relevant = texts()
    labels = {relevant.index(True): True, relevant.index(False): False}
    order = Ranker(words).order(labels)
    assert sorted(order) == sorted(set(range(100)) - labels.keys())
    assert all(relevant[at] for at in order[:7])


def test_without_both_kinds_of_labels_the_order_stays():
    ranker = Ranker(texts()[0])
    assert ranker.scores({3: False}) is None
    assert ranker.order({3: False}) == [at for at in range(100) if at != 3]


def test_ranking_is_the_same_every_time():
    words, relevant = texts()
    assert Ranker(words).order({0: relevant[0], 1: not relevant[0]}) == Ranker(words).order(
        {1: not relevant[0], 0: relevant[0]}
    )


def test_a_record_is_compared_by_title_abstract_and_terms():
    record = Record(title="Title", abstract=(Section(label="AIM", text="To ask"),))
    assert text_of(record) == "Title AIM: To ask"


def test_simulation_reads_everything_once_and_saves_work_on_easy_records():
    words, relevant = texts()
    run = simulate(Ranker(words), relevant, seed=1)
    assert len(set(run.order)) == len(run.order) == 98
    assert run.wss95 == pytest.approx(1 - 7 / 98 - 0.05)
    assert run.recall10 == 1
    assert simulate(Ranker(words), relevant, seed=1) == run


def test_simulation_needs_two_relevant_records():
    words, relevant = texts(relevant=1, other=9)
    with pytest.raises(ValueError, match="1 relevant and 9 other records"):
        simulate(Ranker(words), relevant, seed=1)


def test_work_saved_by_hand():
    """20 records, 2 relevant: the second at the 4th place, so 16 of 20 are saved, and chance would save 5 %."""
    flags = [True, False, False, True] + [False] * 16
    assert measures(flags) == (pytest.approx(0.8 - 0.05), 0.5)


@given(st.lists(st.booleans(), min_size=10, max_size=60).filter(any))
def test_work_saved_is_never_more_than_95_percent_or_less_than_minus_5(flags):
    saved, tenth = measures(flags)
    assert -0.05 - 1e-9 <= saved <= 0.95
    assert 0 <= tenth <= 1


def test_recall_bound_by_hand():
    """10 read, 2 kept in the first two, 90 unread: nobody can say much; all read: 1."""
    assert recall_bound([True, True] + [False] * 8, 100) is None
    assert recall_bound([False] * 50, 100) is None
    assert recall_bound([True] * 5, 5) == 1.0
    assert recall_bound([True] * 20 + [False] * 400, 500) > 0.9


def test_the_p_value_is_that_of_the_urn():
    """1 kept, then 3 of the 4 others without a find: recall below 0.9 means at least one more among the 4: p = 1/4."""
    assert p_value([True, False, False, False], 5, 0.9) == pytest.approx(0.25)


def test_the_bound_holds_as_often_as_it_says_when_records_are_read_at_random():
    """Fixed seed. The smallest of many p-values is taken, so the share of failures may pass 5 %, but not by much."""
    chance = random.Random(7)
    wrong = asked = 0
    for _ in range(150):
        flags = [True] * 30 + [False] * 270
        chance.shuffle(flags)
        read_ = flags[: chance.randrange(60, 300)]
        bound = recall_bound(read_, 300)
        if bound is not None:
            asked += 1
            wrong += sum(read_) / 30 < bound
    assert asked > 30
    assert wrong / 150 < 0.1


FOUND = [
    Found("pubmed", "91", Record(pmid="91", title="=Tacrolimus", authors=(Author(full_name="Okabe, Yuki"),),
          dates=Dates(published="2014 Apr-Jun"), journal=Journal(title="J Invent"), abstract=(Section(text="One."),))),
    Found("embase", "c0ffee", Record(title="Rituximab", general_notes=("kept by hand",),
          article_ids=(Identifier(value="10.5555/x", kind="doi"),))),
    Found("embase", "beef", Record(title="Soil")),
]  # fmt: skip
LABELS = [True, False, None]


@pytest.mark.parametrize("write", [labels_ris, labels_csv])
def test_labels_and_ids_come_back(write):
    read_ = [label_of(record) for record in read(write(FOUND, LABELS).encode()).records]
    assert [one.relevant for one in read_] == LABELS
    assert [one.id for one in read_] == ["pubmed:91", "embase:c0ffee", "embase:beef"]


def test_the_table_has_the_column_that_asreview_reads():
    rows = list(csv.DictReader(io.StringIO(labels_csv(FOUND, LABELS))))
    assert [row["included"] for row in rows] == ["1", "0", ""]
    assert rows[0]["year"] == "2014"
    assert rows[0]["title"] == "'=Tacrolimus"


def test_ris_keeps_other_notes_and_replaces_an_older_label():
    again = [
        one._replace(record=one.record.model_copy(update={"general_notes": ("ASReview_irrelevant", "own")}))
        for one in FOUND
    ]
    text = labels_ris(again, [True, True, True])
    assert text.count("ASReview_relevant") == 3
    assert "ASReview_irrelevant" not in text
    assert text.count("own") == 3


@pytest.mark.parametrize("column", ["included", "final_included", "label_included"])
@pytest.mark.parametrize(("cell", "expected"), [("1", True), ("0", False), ("", None), ("-1", None)])
def test_columns_of_labelled_tables(column, cell, expected):
    (record,) = read(f"title,abstract,{column}\nA trial,Text,{cell}\n".encode()).records
    assert label_of(record).relevant is expected


def test_a_label_that_is_none_is_refused():
    (record,) = read(b"title,abstract,included\nA trial,Text,perhaps\n").records
    with pytest.raises(ValueError, match="'perhaps' in the column 'included' is neither 1, 0 nor empty"):
        label_of(record)


def test_learning_anew_from_2500_records_takes_less_than_ten_milliseconds():
    """Of the processor, in the middle of twenty; a key is answered before a person notices."""
    chance = random.Random(1)
    words = [f"word{number}" for number in range(4000)]
    ranker = Ranker([" ".join(chance.choices(words, range(1, 4001), k=120)) for _ in range(2500)])
    for known in (10, 2400):
        labels = {at: number % 10 == 0 for number, at in enumerate(chance.sample(range(2500), known))}
        took = []
        for _ in range(20):
            begun = time.process_time()
            order = ranker.order(labels)
            took.append(time.process_time() - begun)
        assert len(order) == 2500 - known
        assert sorted(took)[10] < 0.010
