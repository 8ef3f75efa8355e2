from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.record import DatabankId, Event, Grant, Identifier, Issn, Substance
from evsynth.sources import entries

VALUES = st.text(min_size=1) | st.text("ab (/)[]*", min_size=1)


@pytest.mark.parametrize(
    ("read", "value", "expected"),
    [
        (entries.identifier, "10.9/x [doi]", Identifier(value="10.9/x", kind="doi")),
        (entries.identifier, "S1(31)[2] [pii]", Identifier(value="S1(31)[2]", kind="pii")),
        (entries.identifier, "978429", Identifier(value="978429")),
        (entries.event, "2031/01/26 00:00 [received]", Event(when="2031/01/26 00:00", status="received")),
        (entries.event, "2031 [ecollection]", Event(when="2031", status="ecollection")),
        (entries.issn, "9990-001X (Print)", Issn(number="9990-001X", kind="Print")),
        (entries.issn, "9990-001X", Issn(number="9990-001X")),
        (entries.substance, "0 (A (b))", Substance(registry="0", name="A (b)")),
        (entries.substance, "EC 3.6.1.- (GTPase)", Substance(registry="EC 3.6.1.-", name="GTPase")),
        (entries.substance, "123-45-6", Substance(registry="123-45-6")),
        (entries.databank_id, "R/OTT/1", DatabankId(databank="R", accession="OTT/1")),
        (entries.databank_id, "12563", DatabankId(accession="12563")),
        (
            entries.grant,
            "R01/OT/Institute/Freedonia",
            Grant(
                printed="R01/OT/Institute/Freedonia",
                number="R01",
                acronym="OT",
                agency="Institute",
                country="Freedonia",
            ),
        ),
        (entries.grant, "2014/01626-3/FAPESP", Grant(printed="2014/01626-3/FAPESP")),
        (entries.grant, "The Holt Foundation", Grant(printed="The Holt Foundation")),
    ],
)
def test_reading(read, value, expected):
    assert read(value) == expected


@pytest.mark.parametrize("name", ["identifier", "event", "issn", "substance", "databank_id", "heading"])
@given(VALUES)
def test_writing_gives_back_what_was_read(name, value):
    assert getattr(entries, f"write_{name}")(getattr(entries, name)(value)) == value


@pytest.mark.parametrize(
    ("citation", "pmid"),
    [("J. 2031;1:5. PMID: 12", "12"), ("J. doi: 10.9/PMID. PMID:12", "12"), ("J. 2031;1:5.", "")],
)
def test_a_link_names_its_pmid(citation, pmid):
    link = entries.link("ROF", citation)
    assert (link.pmid, link.citation, link.relation) == (pmid, citation, "retraction of")
