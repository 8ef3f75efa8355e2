"""Whatever the E-utilities do, in whatever order: all records or a clear error, and the next run finishes."""

from __future__ import annotations

import shutil

from eutilities_server import BODIES, SHAPES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evsynth.model.finding import Problems
from evsynth.sources.search import divide

ALL = {"77", *(str(1000 + n) for n in range(45))}
FAULTS = sorted({"", *BODIES, *SHAPES} - {"drip"})  # a drip needs time; it has its own tests

CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def run(shelf, *, fresh=False):
    """Take a snapshot; None if it ended with the one error that is meant for the reader."""
    try:
        return shelf.take(fresh=fresh).snapshot
    except Problems as problems:
        (finding,) = problems.findings
        assert finding.code == "SEARCH"
        assert finding.hint
        assert shelf.finished() == []
        return None


@settings(max_examples=25, deadline=None, suppress_health_check=CHECKS)
@given(
    searching=st.lists(st.sampled_from(FAULTS), max_size=8),
    fetching=st.lists(st.sampled_from(FAULTS), max_size=8),
    most=st.sampled_from([8, 9999]),
)
def test_all_records_or_a_clear_error(shelf, library, searching, fetching, most):
    kept = divide.divide.__defaults__
    divide.divide.__defaults__ = (most,)
    library.most = most
    library.faults = {"esearch": list(searching), "efetch": list(fetching)}
    try:
        snapshot = run(shelf)
        library.faults = {}
        # A list that is wrong but whole is believed until the records come; then only a fresh run can help.
        snapshot = snapshot or run(shelf) or run(shelf, fresh=True)
        assert {row.pmid for row in snapshot.rows()} == ALL
        assert {article.pmid for article in snapshot.articles()} == ALL
    finally:
        divide.divide.__defaults__ = kept
        shutil.rmtree(shelf.home / "2031-02-03", ignore_errors=True)
        shutil.rmtree(shelf.home / "unfinished.part", ignore_errors=True)
