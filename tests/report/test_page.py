"""The page: self-contained, escaped, complete, and small enough; every link leads somewhere."""

from __future__ import annotations

import re
import time
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import invented_answers as invented
import pytest

from evsynth.model.source import Source
from evsynth.report.marked_text import marked
from evsynth.report.page import page
from evsynth.text.extraction import read_study

VOID = {"meta", "br", "input", "rect", "line", "polygon"}


class Tags(HTMLParser):
    """Collects ids, links and attributes, and checks that elements nest."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.addresses: list[str] = []
        self.described: list[str] = []
        self.open: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if "href" in given else []
        self.addresses += [given[a] or "" for a in ("src", "srcset", "action", "data", "poster") if a in given]
        self.described += (given.get("aria-labelledby") or "").split()
        self.scripts += tag == "script"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag in VOID or self.open.pop() == tag


def made(**other: object) -> str:
    answers = [invented.pooled(3), invented.single(), invented.refused(2), invented.proportions(), invented.exact()]
    given: dict[str, object] = {
        "review": invented.REVIEW,
        "answers": answers,
        "extractions": {"alpha-2010": invented.extraction()},
        "findings": invented.findings(),
        "sources": invented.sources(),
        "offsets": invented.offsets(),
    }
    return page(**(given | other))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def html() -> str:
    return made()


@pytest.fixture(scope="module")
def tags(html: str) -> Tags:
    parser = Tags()
    parser.feed(html)
    parser.close()
    return parser


def test_elements_nest_ids_are_unique_and_links_and_labels_lead_somewhere(tags: Tags) -> None:
    assert not tags.open
    assert len(tags.ids) == len(set(tags.ids))
    assert all(link.startswith("#") for link in tags.links)
    assert {link[1:] for link in tags.links} <= set(tags.ids)
    assert set(tags.described) <= set(tags.ids)


def test_nothing_is_loaded_and_the_policy_allows_only_what_is_in_the_page(html: str, tags: Tags) -> None:
    assert not tags.addresses
    assert tags.scripts == 1
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)
    assert policy
    assert "default-src 'none'" in policy[1]
    for element in ("style", "script"):
        inside = re.search(f"<{element}>(.*?)</{element}>", html, re.DOTALL)
        assert inside
        wanted = b64encode(sha256(inside[1].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{wanted}'" in policy[1]
    assert "unsafe-inline" not in policy[1]
    assert " style=" not in html


def test_a_number_leads_to_itself_in_the_marked_quote_of_its_source(html: str) -> None:
    link = re.search(r'percent</span> <a href="#(n-\w+)">12\.5</a>', html)
    assert link
    assert f'<b id="{link[1]}">12.5</b>' in html
    quote = re.search(r'<mark data-q="(q-\w+)" ?|<mark id="(q-\w+)"', html)
    assert quote
    assert f'href="#{quote[1] or quote[2]}"' in html


def test_results_refusals_choices_warnings_and_citations_are_there(html: str) -> None:
    assert html.count("<svg ") == 5
    assert "Not pooled, because" in html
    assert "DIFFERENT_DEFINITIONS" in html
    assert "the pooled hazard ratio was 0.71" in html
    assert "FEW_STUDIES" in html
    assert "@misc{death-hazard-0123456789," in html
    assert "Death &amp; relapse" in html
    assert "reader one" in html
    assert 'lang="en"' in html


def test_text_of_closed_documents_is_withheld_and_open_ones_are_attributed(html: str) -> None:
    assert "© the invented authors" in html
    assert "The document is not held here" in html
    closed = invented.sources()["mike-2017-text"]._replace(text="Secret words.")
    shown = made(sources=invented.sources() | {"mike-2017-text": closed})
    assert "Secret words" not in shown
    assert "The licence does not let the text stand here" in shown


def test_hostile_words_are_escaped_everywhere() -> None:
    review = invented.REVIEW.model_copy(update={"title": "<script>alert(1)</script>"})
    shown = made(review=review, answers=[invented.hostile()])
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    assert "&lt;b&gt;not markup&lt;/b&gt;" in shown
    assert "12.5 &lt;i&gt; of 24" in shown


def test_marks_nest_touch_and_cross() -> None:
    shown = marked("abcdefgh", [(0, 5, "q1"), (1, 3, "q2"), (4, 8, "q3")], [(1, 2, "n1"), (1, 2, "n2")])
    assert re.sub(r"<[^>]+>", "", shown) == "abcdefgh"
    for anchor in ("q1", "q2", "q3", "n1", "n2"):
        assert shown.count(f'id="{anchor}"') == 1
    parser = Tags()
    parser.feed(shown)
    assert not parser.open


def test_a_review_without_anything_still_has_a_page() -> None:
    shown = made(answers=[], extractions={}, findings=(), sources={}, offsets={})
    assert "No check found anything." in shown


def test_a_thousand_values_take_less_than_a_second_and_three_megabytes() -> None:
    text, passages, places = "", [], {}
    for i in range(250):
        quote = f"In row {i} there were {i + 1} and {i + 2} of {i + 3} patients with {i + 4} more"
        places[i] = len(text)
        text += quote + ".\n"
        values = ", ".join(f"{{printed: '{i + k}', count: {i + k}, variable: death}}" for k in (1, 2, 3, 4))
        passages.append(f"  - {{source: alpha-2010-text, where: Row {i}, quote: '{quote}', values: [{values}]}}")
    head = invented.STUDY_FILE.split("passages:")[0]
    extraction = read_study(head + "passages:\n" + "\n".join(passages) + "\n", "s.yaml")
    assert sum(len(o.statistics) for o in extraction.observations) == 1000
    offsets = {
        o.name("count"): ("alpha-2010-text", at := text.index(o.printed, places[int(o.path[1])] + 10), at + 1)
        for o in extraction.observations
    }
    source = Source(invented.sidecar("alpha-2010-text", file="a.txt"), text, "0" * 64)
    made(answers=[invented.pooled(12)])
    start = time.perf_counter()
    shown = made(
        extractions={"alpha-2010": extraction}, sources={"alpha-2010-text": source}, offsets=offsets, findings=()
    )
    assert time.perf_counter() - start < 1.0
    assert len(shown.encode()) < 3_000_000
    assert shown.count('<b id="n-') == 1000
