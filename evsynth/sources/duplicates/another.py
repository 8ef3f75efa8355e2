"""What says that two records are two reports however alike they are: a notice, a reply, a part, a meeting abstract.

Where such a thing is said, a third record that is like both does not join them either.
"""

from __future__ import annotations

from evsynth.sources.duplicates import pages, titles
from evsynth.sources.duplicates.compared import Compared
from evsynth.sources.duplicates.face import Face


def another(one: Face, other: Face, found: Compared) -> str:
    """Return what says that these are two reports, in words, or `""`."""
    ends = found.pages in ("same", "one end same")
    heading = titles.heading(one.title) or titles.heading(other.title)
    filled = found.pages == "same" and pages.filled(one.pages) >= 3
    if one.title.marks != other.title.marks:
        return f"one of them is marked as {', '.join(sorted(one.title.marks ^ other.title.marks))}"
    if one.title.marks & {"notice", "retraction", "answer"} and found.pages == "differ":
        return f"both are marked as {', '.join(sorted(one.title.marks))}, and stand on different pages"
    if one.registered != other.registered:
        return "one of them is the entry of a trial in a register"
    if found.pages == "differ" and not found.doi and _meeting(one, other):
        return "one of them stands on one page or in a supplement, the other elsewhere, as an abstract and its paper do"
    if found.title in ("similar", "shortened") and one.title.numbers != other.title.numbers and not (ends or found.doi):
        return "the numbers in the titles differ"
    if found.issue is False and (heading or not ends) and not found.doi:
        return "the issues differ"
    if found.author == "differs" and True not in (found.doi, found.abstract) and not filled:
        return "no author is the same"
    return ""


def _meeting(one: Face, other: Face) -> bool:
    """Return whether one of them is in a supplement, or prints one page where the other fills three or more."""
    one_page = one.one_page != other.one_page and max(pages.filled(one.pages), pages.filled(other.pages)) >= 3
    return one.supplement != other.supplement or one_page
