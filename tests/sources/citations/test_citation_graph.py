"""The citation graph says who leads where, who stands alone, and who cites in a circle."""

from __future__ import annotations

import csv
import io

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.record import Record
from evsynth.sources.citations.candidate_table import COLUMNS, candidate_table
from evsynth.sources.citations.candidates import candidates
from evsynth.sources.citations.graph import graph, graphml, shape
from evsynth.sources.citations.links import Link, linked, neighbours
from evsynth.sources.door import Response
from evsynth.sources.search.faults import PubMedError

# 1, 2 and 3 are included; 10 is cited by 1 and 2, 20 cites 1, 30 cites 2 and is cited by 2, 3 stands alone.
LINKS = (Link("1", "10"), Link("2", "10"), Link("20", "1"), Link("30", "2"), Link("2", "30"), Link("1", "2"))


def test_candidates_are_ranked_with_their_reason():
    made = graph(LINKS, ("1", "2", "3"), {})
    assert [(c.pmid, c.links, c.reason, c.known) for c in candidates(made, {"20"})] == [
        ("10", 2, "cited by 2 included", False),
        ("30", 1, "cited by 1 included, cites 1 included", False),
        ("20", 1, "cites 1 included", True),
    ]


def test_a_record_two_steps_away_is_no_candidate():
    made = graph((*LINKS, Link("40", "20")), ("1", "2", "3"), {})
    assert "40" not in {c.pmid for c in candidates(made)}


def test_shape_names_isolated_studies_and_circles():
    found = shape(graph(LINKS, ("1", "2", "3"), {}))
    assert found.isolated == ("3",)
    assert found.unlinked == ("3",)
    assert found.cycles == (("2", "30"),)
    assert found.groups == (("1", "2"), ("3",))


def test_a_study_that_cites_itself_is_a_circle_and_stays_isolated():
    found = shape(graph((Link("1", "1"), Link("1", "9")), ("1", "2"), {}))
    assert found.cycles == (("1",),)
    assert found.isolated == ("1", "2")
    assert found.unlinked == ("2",)


def test_graphml_is_read_by_others():
    made = graph(LINKS, ("1", "2", "3"), {"1": {"title": "Otters & <rivers>\x0b", "year": "2031"}})
    text = graphml(made)
    read = nx.read_graphml(io.BytesIO(text))
    assert set(read.edges) == set(LINKS)
    assert read.nodes["1"] == {"included": True, "title": "Otters & <rivers>", "year": "2031"}
    assert text == graphml(graph(LINKS[::-1], ("3", "2", "1"), {"1": {"year": "2031", "title": "Otters & <rivers>"}}))


pmids = st.integers(1, 12).map(str)


@given(st.lists(st.builds(Link, pmids, pmids)), st.sets(pmids, max_size=5))
def test_every_neighbour_of_a_study_is_a_study_or_a_candidate(links, studies):
    made = graph(links, studies, {})
    found = candidates(made)
    around = {p for link in links if studies.intersection(link) for p in link} - studies
    assert {c.pmid for c in found} == around
    assert [c.links for c in found] == sorted((c.links for c in found), reverse=True)
    assert sum(len(c.cited_by) + len(c.cites) for c in found) == len(
        {x for x in links if (x[0] in studies) != (x[1] in studies)}
    )


@given(st.lists(st.builds(Link, pmids, pmids)), st.sets(pmids, max_size=5), st.randoms())
def test_the_order_of_links_does_not_matter(links, studies, chance):
    mixed = list(links)
    chance.shuffle(mixed)
    one, other = graph(links, studies, {}), graph(mixed, studies, {})
    assert shape(one) == shape(other)
    assert candidates(one) == candidates(other)
    assert graphml(one) == graphml(other)


def test_the_table_holds_every_candidate_and_no_formula():
    made = graph(LINKS, ("1", "2", "3"), {})
    titles = {"10": '=HYPERLINK("http://x")', "20": "Otters, young", "30": "@sum"}
    records = {pmid: Record(pmid=pmid, title=title) for pmid, title in titles.items()}
    head, *rows = list(csv.reader(io.StringIO(candidate_table(candidates(made), records))))
    assert tuple(head) == COLUMNS
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("1", "10", '\'=HYPERLINK("http://x")'),
        ("2", "30", "'@sum"),
        ("3", "20", "Otters, young"),
    ]


def answer(sets: str) -> Response:
    return Response(200, f"<eLinkResult>{sets}</eLinkResult>".encode())


def linkset(pmid: str, *others: str, name: str = "pubmed_pubmed_refs") -> str:
    found = "".join(f"<Link><Id>{other}</Id></Link>" for other in others)
    holds = f"<LinkSetDb><DbTo>pubmed</DbTo><LinkName>{name}</LinkName>{found}</LinkSetDb>" if others else ""
    return f"<LinkSet><DbFrom>pubmed</DbFrom><IdList><Id>{pmid}</Id></IdList>{holds}</LinkSet>"


def test_links_point_from_the_citing_to_the_cited():
    assert linked(("1",), "cites")(answer(linkset("1", "10"))) == (Link("1", "10"),)
    cited = linkset("1", "20", name="pubmed_pubmed_citedin")
    assert linked(("1",), "cited by")(answer(cited)) == (Link("20", "1"),)
    assert linked(("1",), "cites")(answer(cited)) == ()
    assert linked(("1", "2"), "cites")(answer(linkset("2") + linkset("1", "10"))) == (Link("1", "10"),)


@pytest.mark.parametrize(
    ("sets", "words"),
    [
        ("", "did not answer once for each study (PMID 1, 2)"),
        (linkset("1"), "did not answer once for each study (PMID 2)"),
        (linkset("1") + linkset("2") + linkset("2"), "did not answer once"),
        (linkset("1") + linkset("2") + linkset("3"), "did not answer once for each study (PMID 3)"),
        (linkset("1", "x") + linkset("2"), "'x', which is no PMID"),
        ("<LinkSet><IdList><Id>1</Id><Id>2</Id></IdList></LinkSet>", "belong to 2 studies at once"),
        (
            "<LinkSet><DbFrom>pubmed</DbFrom><IdList><Id>1</Id></IdList><ERROR>backend</ERROR></LinkSet>"
            + linkset("2"),
            "an error: backend",
        ),
    ],
)
def test_links_that_are_not_whole_are_an_error(sets, words):
    with pytest.raises(PubMedError) as raised:
        linked(("1", "2"), "cites")(answer(sets))
    assert words in str(raised.value)


def test_neighbours_are_in_the_order_of_their_numbers():
    assert neighbours(LINKS, ("1", "3")) == ("1", "2", "3", "10", "20", "30")
