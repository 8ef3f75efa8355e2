"""The term that is sent: query, filters and limits, joined so that PubMed reads them as they are meant."""

from __future__ import annotations

import pytest

from evsynth.model.search import Filter, Limit, Search
from evsynth.sources.search.term import Day, Days, term

LIMIT = Limit(limit="english[la]", because="We read no other.")
FILTER = Filter(filter="Humans", query="NOT (animals[mh] NOT humans[mh])", citation="Handbook")
TRIALS = Filter(filter="Trials", query="randomized[tiab]\n OR trial[ti]", citation="Handbook")
YEAR = Days("edat", Day(2031, 1, 1), Day(2031, 12, 31))


@pytest.mark.parametrize(
    ("filters", "limits", "within", "wanted"),
    [
        ((), (), (), "otters OR weasels"),
        ((), (LIMIT,), (), "(otters OR weasels) AND (english[la])"),
        ((FILTER,), (), (), "(otters OR weasels) NOT ((animals[mh] NOT humans[mh]))"),
        ((TRIALS,), (LIMIT,), (), "(otters OR weasels) AND (randomized[tiab] OR trial[ti]) AND (english[la])"),
        ((), (), (YEAR,), '(otters OR weasels) AND ("2031/01/01"[edat] : "2031/12/31"[edat])'),
        (
            (FILTER,),
            (LIMIT,),
            (YEAR,),
            "(otters OR weasels) NOT ((animals[mh] NOT humans[mh])) AND (english[la]) "
            'AND ("2031/01/01"[edat] : "2031/12/31"[edat])',
        ),
    ],
)
def test_the_parts_are_joined_from_left_to_right(filters, limits, within, wanted):
    search = Search(
        search="s",
        source="PubMed",
        query="otters OR\n   weasels",
        filters=filters,
        limits=limits,
        by="AB",
        date="2031-01-01",
    )
    assert term(search, within) == wanted
