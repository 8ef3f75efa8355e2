"""An answer is believed only if it is whole: one table of answers that are not, for each kind."""

from __future__ import annotations

import pytest
from eutilities_server import DTD, XML, Paper

from evsynth.sources.door import DoorError, Request, Response, open_door
from evsynth.sources.search.answers import found, tree
from evsynth.sources.search.articles import among, articles, checked
from evsynth.sources.search.faults import NotWhole, PubMedError

HEAD = XML + DTD.format(root="eSearchResult")


def search(count: str, *ids: str, more: str = "") -> Response:
    listed = "".join(f"<Id>{number}</Id>" for number in ids)
    return Response(
        200, f"{HEAD}<eSearchResult><Count>{count}</Count><IdList>{listed}</IdList>{more}</eSearchResult>".encode()
    )


def records(*papers: Paper) -> Response:
    return Response(200, f"{XML}<PubmedArticleSet>{''.join(p.xml for p in papers)}</PubmedArticleSet>".encode())


def test_a_whole_list_is_read():
    said = "<QueryKey>1</QueryKey><WebEnv>MCID_1</WebEnv><QueryTranslation>otters[tiab]\n OR x</QueryTranslation>"
    ignored = (
        "<ErrorList><PhraseNotFound>ottr</PhraseNotFound></ErrorList>"
        "<WarningList><PhraseIgnored>of</PhraseIgnored></WarningList>"
    )
    read = found(search("3", "9", "8", more=said + ignored), 2)
    assert (read.total, read.ids, read.history) == (3, ("9", "8"), ("MCID_1", "1"))
    assert read.translation == "otters[tiab] OR x"
    assert read.notes == ("phrase not found: ottr", "phrase ignored: of")
    assert found(search("0"), 10).history is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (search("2", "9"), "counts 2 records and lists 1"),
        (search("1", "9", "8"), "counts 1 records and lists 2"),
        (search("2", "9", "9"), "holds a PMID twice"),
        (search("1", "PMC9"), "'PMC9', which is no PMID"),
        (search("many", "9"), "has no number Count"),
        (Response(200, b"<eSearchResult><Count>1</Count>"), "not whole or not XML"),
        (Response(200, b"<ePostResult/>"), "'ePostResult' where 'eSearchResult' was asked for"),
        (Response(200, b'{"esearchresult":{}}'), "not whole or not XML"),
        (Response(200, b'<!DOCTYPE a [<!ENTITY b "c">]><eSearchResult>&b;</eSearchResult>'), "declares entities"),
        (Response(200, b'<!DOCTYPE a SYSTEM "x" [ ]><eSearchResult/>'), "declares entities"),
    ],
)
def test_a_list_that_is_not_whole_is_refused(answer, words):
    with pytest.raises(NotWhole) as raised:
        found(answer, 10)
    assert words in str(raised.value)


def test_an_external_document_type_is_not_looked_up():
    body = b'<!DOCTYPE eSearchResult SYSTEM "file:///etc/passwd"><eSearchResult/>'
    assert tree(Response(200, body), "eSearchResult").tag == "eSearchResult"


OTTER, STOAT, BOOK = Paper("1", "Otters"), Paper("2", "Stoats", cites=("1", "3")), Paper("3", "A book", book=True)


def test_whole_records_are_read_in_order_to_the_byte():
    read = checked(records(STOAT, BOOK, OTTER), ("1", "2", "3"))
    assert [article.pmid for article in read] == ["2", "3", "1"]
    assert [article.raw.decode() for article in read] == [STOAT.xml, BOOK.xml, OTTER.xml]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (records(OTTER), "did not send PMID 2"),
        (records(), "did not send PMID 1, 2"),
        (records(OTTER, STOAT, BOOK), "sent PMID 3, which was not asked for"),
        (records(OTTER, STOAT, STOAT), "sent a record twice"),
        (records(OTTER, STOAT._replace(pmid="")), "2 records, of which"),
        (Response(200, records(OTTER, STOAT).body[:-30]), "not whole or not XML"),
    ],
)
def test_records_that_are_not_those_asked_for_are_refused(answer, words):
    with pytest.raises(PubMedError) as raised:
        checked(answer, ("1", "2"))
    assert words in str(raised.value)


def test_some_of_the_records_may_be_missing_but_no_other_may_come():
    assert [a.pmid for a in among(records(OTTER), ("1", "2"))] == ["1"]
    with pytest.raises(NotWhole, match="sent PMID 3"):
        among(records(OTTER, BOOK), ("1", "2"))


def test_what_an_update_looks_for_is_read():
    (article,) = articles(records(OTTER._replace(retracted=True, concern=True)))
    assert (article.record.retracted, article.concern) == (True, True)
    (article,) = articles(records(OTTER))
    assert (article.record.retracted, article.concern) == (False, False)


def test_a_drip_of_bytes_ends(library, address):
    library.faults["esearch"] = ["drip"] * 10
    with pytest.raises(DoorError, match=r"sent no whole answer within 0\.1 s"):
        open_door(pause=0, seconds=5, whole=0.1)(Request(f"{address}/esearch.fcgi", (("term", "otters"),)))
