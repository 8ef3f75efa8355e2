from __future__ import annotations

import pytest

from evsynth.sources.door import DoorError, Request, Response
from evsynth.sources.medline import read_medline
from evsynth.sources.pubmed import BATCH, fetch_medline
from evsynth.sources.search.eutilities import ADDRESS
from evsynth.sources.search.faults import PubMedError

RECORD = "PMID- {0}\nOWN - NLM\nTI  - Otters {0}.\nSO  - J Otter Med. 2031.\n"


def shelf(request: Request) -> Response:
    """A door to a PubMed that has every record."""
    ids = dict(request.form)["id"].split(",")
    return Response(200, "".join(f"\n{RECORD.format(pmid)}" for pmid in ids).encode())


def answering(body: str | bytes, status: int = 200):
    return lambda request: Response(status, body if isinstance(body, bytes) else body.encode())


def test_the_request_says_what_is_wanted():
    seen = []

    def door(request):
        seen.append(request)
        return shelf(request)

    fetch_medline(["11", "12"], door)
    (request,) = seen
    assert request.url == f"{ADDRESS}/efetch.fcgi"
    assert dict(request.form) == {
        "db": "pubmed",
        "rettype": "medline",
        "retmode": "text",
        "id": "11,12",
    }


def test_records_come_in_order_each_once_in_batches():
    seen = []

    def door(request):
        seen.append(len(dict(request.form)["id"].split(",")))
        return shelf(request)

    pmids = [str(n) for n in range(1, 2 * BATCH + 6)]
    text = fetch_medline([*pmids, "1", " 2 "], door)
    assert [record.pmid for record in read_medline(text).records] == pmids
    assert seen == [BATCH, BATCH, 5]


@pytest.mark.parametrize(
    ("door", "words"),
    [
        pytest.param(answering(""), "with nothing for PMID 1, 2", id="nothing"),
        pytest.param(answering("\r\n \n"), "with nothing", id="blanks"),
        pytest.param(answering(RECORD.format(1)), "no record of PMID 2. Check the numbers", id="one is missing"),
        pytest.param(answering(RECORD.format(12)), "no record of PMID 1, 2", id="another record"),
        pytest.param(answering("\n1: id: 1 Error occurred: cannot get\n"), "no record of PMID 1, 2", id="id error"),
        pytest.param(answering("<x><ERROR>Empty id list</ERROR></x>"), "an error: Empty id list", id="ERROR"),
        pytest.param(answering('{"error": "API rate limit exceeded"}'), "API rate limit exceeded", id="JSON error"),
        pytest.param(answering("<html>Maintenance</html>"), "not MEDLINE: '<html>Maintenance</html>'", id="HTML"),
        pytest.param(answering('{"error":"API rate limit exceeded"}', 429), "429: too many requests", id="429"),
        pytest.param(answering('{"error":"API key invalid"}', 400), "(400): API key invalid", id="bad key"),
        pytest.param(answering("<h1>Too long</h1>", 414), "(414): '<h1>Too long</h1>'", id="414"),
        pytest.param(answering("", 404), "(404): 'no text'", id="404"),
        pytest.param(answering("<h1>Bad gateway</h1>", 502), "failed (502): '<h1>Bad gateway</h1>'", id="502"),
        pytest.param(answering(RECORD.format(1), 302), "failed (302)", id="302"),
        pytest.param(
            answering((RECORD.format(1) + "\n" + RECORD.format(2)).encode() + b"\xc3"),
            "not whole",
            id="half a letter",
        ),
    ],
)
def test_whatever_is_not_all_records_is_an_error(door, words):
    with pytest.raises(PubMedError) as error:
        fetch_medline(["1", "2"], door)
    assert words in str(error.value)


def test_offline_is_said_so():
    def door(request):
        raise DoorError("eutils.ncbi.nlm.nih.gov cannot be reached: no route")

    with pytest.raises(PubMedError, match=r"PubMed was not reached: .* no route\. Check the connection"):
        fetch_medline(["1"], door)


def test_nothing_is_returned_when_a_later_batch_fails():
    calls = []

    def door(request):
        calls.append(1)
        return shelf(request) if len(calls) == 1 else Response(500, b"")

    with pytest.raises(PubMedError, match="500"):
        fetch_medline([str(n) for n in range(1, BATCH + 2)], door)


@pytest.mark.parametrize("pmids", [[], ["0"], ["PMC12"], ["12", ""], ["1234567890"], ["1,2"]])
def test_what_is_no_pmid_is_refused_before_any_request(pmids):
    def door(request):
        pytest.fail("the door was used")

    with pytest.raises(ValueError, match="PMID"):
        fetch_medline(pmids, door)


def test_many_missing_are_counted():
    with pytest.raises(PubMedError, match=r"9, 10 and 5 more\."):
        fetch_medline([str(n) for n in range(1, 16)], answering("\n1: id: 1 Error occurred\n"))
