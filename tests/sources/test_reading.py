from __future__ import annotations

from evsynth.sources.reading import Doubt, shown


def test_long_texts_are_cut_in_messages():
    assert shown("a" * 100) == repr("a" * 59 + "…")
    assert str(Doubt(3, "look")) == "line 3: look"
