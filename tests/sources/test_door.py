"""The real door above a transport that is a function: nothing here opens a connection."""

from __future__ import annotations

import httpx2
import pytest
import stamina

from evsynth.sources.door import DoorError, Request, Response, open_door

ASK = Request("https://eutils.example/efetch", (("id", "1,2"), ("db", "pubmed")))


@pytest.fixture(autouse=True)
def _no_waiting():
    with stamina.set_testing(True, attempts=3):
        yield


def door(answer, **options):
    return open_door(pause=0, transport=httpx2.MockTransport(answer), **options)


def test_a_request_is_posted_and_its_answer_returned():
    def answer(request):
        assert (request.method, str(request.url)) == ("POST", ASK.url)
        assert request.content == b"id=1%2C2&db=pubmed"
        return httpx2.Response(200, content=b"PMID- 1")

    assert door(answer)(ASK) == Response(200, b"PMID- 1")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_it_asks_again_after_a_passing_fault(status):
    answers = [httpx2.Response(status), httpx2.Response(200, content=b"well")]
    assert door(lambda request: answers.pop(0))(ASK) == Response(200, b"well")
    assert answers == []


@pytest.mark.parametrize("status", [400, 404, 414])
def test_it_does_not_ask_again_what_was_refused(status):
    answers = [httpx2.Response(status, content=b"no")]
    assert door(lambda request: answers.pop(0))(ASK) == Response(status, b"no")


def test_the_last_answer_is_returned_when_the_fault_stays():
    count = []

    def answer(request):
        count.append(1)
        return httpx2.Response(503, content=b"busy")

    assert door(answer)(ASK) == Response(503, b"busy")
    assert len(count) == 3


def test_a_host_that_cannot_be_reached_is_tried_three_times_unless_it_answered_before():
    count = []

    def answer(request):
        count.append(1)
        if len(count) in (3, 9):
            return httpx2.Response(200, content=b"well")
        raise httpx2.ConnectError("no route")

    with stamina.set_testing(True, attempts=20):
        opened = door(answer)
        assert opened(ASK).body == b"well"
        with pytest.raises(DoorError):
            opened(ASK)
    assert len(count) == 6


def test_an_address_that_is_none_is_not_tried_again():
    with pytest.raises(DoorError, match="cannot be reached"):
        open_door(pause=0)(Request("eutils.example/efetch"))


def test_who_asks_stands_in_every_form_and_a_key_that_is_repeated_is_blanked_out():
    def answer(request):
        assert request.content == b"id=1%2C2&db=pubmed&tool=otters&api_key=secret"
        return httpx2.Response(400, content=b'{"error":"API key invalid","api-key":"secret"}')

    who = (("tool", "otters"), ("api_key", "secret"))
    assert door(answer, who=who)(ASK) == Response(400, b'{"error":"API key invalid","api-key":"(key)"}')


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (httpx2.ConnectError("no route"), "eutils.example cannot be reached: no route"),
        (httpx2.ReadTimeout("slow"), "eutils.example did not answer within 7 s"),
        (httpx2.RemoteProtocolError("cut"), "eutils.example cannot be reached: cut"),
    ],
)
def test_no_answer_is_a_door_error(fault, words):
    def answer(request):
        raise fault

    with pytest.raises(DoorError) as error:
        door(answer, seconds=7)(ASK)
    assert str(error.value) == words
