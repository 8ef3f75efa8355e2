"""Whatever the E-utilities do: all records, or one clear error and nothing half written; then it goes on."""

from __future__ import annotations

import pytest

from evsynth.model.finding import Problems
from evsynth.sources.door import Response
from evsynth.sources.search.faults import PubMedError, passing, refuse
from evsynth.sources.search.snapshot import read_records

ALL = {"77", *(str(1000 + n) for n in range(45))}

PASSING = [
    "429", "rate in 200", "500 page", "502", "page in 200", "error in 200", "backend", "empty", "bomb",
    "half", "half with length", "reset", "drip", "one fewer", "twice", "other record",
]  # fmt: skip
"""Faults that a later answer makes good."""


def records(shelf):
    rows = read_records(shelf.bytes()["records.csv"].decode())
    return [row.pmid for row in rows]


def test_the_table_names_every_fault_of_the_server():
    from eutilities_server import BODIES, SHAPES

    assert {*PASSING, *LASTING, "expired", "expired 400"} == {*BODIES, *SHAPES}


@pytest.mark.parametrize(
    ("utility", "fault"),
    [(u, f) for u in ("esearch", "efetch") for f in PASSING if (u, f) != ("esearch", "other record")],
)
def test_a_fault_that_passes_costs_nothing(shelf, library, utility, fault):
    library.faults[utility] = [fault, "", fault] if utility == "efetch" else [fault, fault]
    shelf.take(shelf.door(seconds=0.3, whole=0.2) if fault == "drip" else None)
    assert library.faults[utility] == [] or fault in ("one fewer", "twice", "other record")
    assert set(records(shelf)) == ALL
    assert len(records(shelf)) == len(ALL)


@pytest.mark.parametrize(
    ("utility", "good", "fault"),
    [
        (utility, good, fault)
        for utility, good in (("esearch", 0), ("efetch", 2))
        for fault in PASSING
        if (utility, fault) != ("esearch", "other record")
    ],
)
def test_a_fault_that_stays_is_a_clear_error_and_the_next_run_goes_on(shelf, library, utility, good, fault):
    library.faults[utility] = [""] * good + [fault] * 60
    with pytest.raises(Problems) as raised:
        shelf.take(shelf.door(seconds=0.3, whole=0.1) if fault == "drip" else None)
    (finding,) = raised.value.findings
    assert finding.code == "SEARCH"
    assert finding.message.startswith(("PubMed", "The")), finding.message
    assert "search run otters" in finding.hint
    assert shelf.finished() == []
    library.faults.clear()
    before = len(library.asked("efetch"))
    shelf.take()
    assert set(records(shelf)) == ALL
    assert len(library.asked("efetch")) - before == 3 - good


@pytest.mark.parametrize(
    ("status", "body"),
    [(414, b"<html>no</html>"), (413, b""), (400, b'{"error":"Request-URI Too Long"}'), (400, b"too many ids")],
)
def test_a_request_that_is_too_long_is_said_to_be_that(status, body):
    with pytest.raises(PubMedError, match="It is too long: shorten the query, or ask for fewer records"):
        refuse(Response(status, body))


def test_what_is_refused_for_another_reason_is_not_said_to_be_too_long():
    with pytest.raises(PubMedError, match="Check the PMIDs and the key"):
        refuse(Response(400, b'{"error":"API key invalid"}'))


LASTING = {"414": "refused the request (414)", "400 key": "API key invalid", "empty term": "Empty term"}


@pytest.mark.parametrize("fault", LASTING)
def test_what_asking_again_cannot_help_is_asked_once(shelf, library, fault):
    library.faults["esearch"] = [fault] * 5
    with pytest.raises(Problems, match="PubMed") as raised:
        shelf.take()
    assert LASTING[fault] in str(raised.value)
    assert len(library.calls) == 1
    assert shelf.finished() == []


@pytest.mark.parametrize("fault", ["expired", "expired 400"])
def test_a_history_that_expired_is_replaced_by_the_numbers(shelf, library, fault):
    library.faults["efetch"] = ["", fault]
    shelf.take()
    assert set(records(shelf)) == ALL
    asked = ["WebEnv" if "WebEnv" in form else "id" for form in library.asked("efetch")]
    assert asked == ["WebEnv", "WebEnv", "id", "id"]


def test_a_record_that_was_removed_meanwhile_is_noted(shelf, library):
    """The search is asked anew, within the same run; what had come of other batches is not lost."""
    door = shelf.door()

    def removing(request):
        answer = door(request)
        library.papers.pop("1005", None)
        return answer

    snapshot = shelf.take(removing).snapshot
    assert set(records(shelf)) == ALL - {"1005"}
    assert len(library.asked("esearch")) == 2
    assert snapshot.manifest.notes == ("it listed PMID 1005, and took it off the list",)


def test_a_list_that_names_a_wrong_record_is_asked_anew(shelf, library):
    """A list that is whole but wrong cannot be told from a right one before the records come."""
    library.faults["esearch"] = ["other record"]
    shelf.take()
    assert set(records(shelf)) == ALL
    assert shelf.finished() == ["2031-02-03"]


def test_a_record_that_never_comes_ends_with_what_to_do_and_the_next_run_needs_nothing(shelf, library):
    """PubMed's index may list for days what EFetch does not have."""
    hidden = library.papers["1005"]
    door = shelf.door()

    def hiding(request):
        if "efetch" in request.url:
            library.papers.pop("1005", None)
        else:
            library.papers["1005"] = hidden
        return door(request)

    with pytest.raises(Problems, match=r"did not send PMID 1005, .* limit 'NOT 1005\[uid\]' and the reason"):
        shelf.take(hiding)
    assert shelf.finished() == []
    assert len(library.asked("esearch")) == 3
    library.papers["1005"] = hidden
    shelf.take()
    assert set(records(shelf)) == ALL


def test_no_network_is_said_so(shelf):
    shelf.address = "http://127.0.0.1:9/entrez/eutils"
    with pytest.raises(Problems, match=r"PubMed was not reached: 127.0.0.1 cannot be reached"):
        shelf.take()


@pytest.mark.parametrize(
    ("body", "again"),
    [
        (b"<eSearchResult><Count>0</Count></eSearchResult>", False),
        (b"<eSearchResult><Count>0</Count></eSearchResul", True),
        (b'\nPMID- 1\nTI  - "error": "a title"\n', False),
        (b'{"esearchresult":{"ERROR":"Invalid db name specified: otters"}}', False),
        (b'{"error":"API rate limit exceeded"}', True),
        (b"<r><ERROR>Search Backend failed: 'retstart' cannot be larger than 9998.</ERROR></r>", False),
        (b"<r><ERROR>Position 15000 is out of acceptable range [9999,9998]</ERROR></r>", False),
        (b"<r><ERROR>Search Backend failed: read failed</ERROR></r>", True),
        (b"<PubmedArticleSet/>", False),
    ],
)
def test_what_passes_by_itself(body, again):
    from evsynth.sources.door import Response

    assert passing(Response(200, body)) is again
