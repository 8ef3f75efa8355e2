"""The readings of discrepant prints and what the pool is with each of them, as CSV and as a table."""

from __future__ import annotations

import csv
import io

from evsynth.pooling.sensitivity.data_branches import DataBranches
from evsynth.report.account import Grid
from evsynth.report.numbers import six
from evsynth.report.tables import text

COLUMNS = ("study", "finding", "reading", "because", "reads", "branch", "why_not", "estimate", "lower", "upper")


def branches_csv(found: DataBranches) -> str:
    """Write one row for each reading: the pool with it and everything else as used; the last row is the whole range."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found.readings:
        r = one.reading
        reads = "; ".join(f"{name} = {value}" for name, value in r.reads)
        numbers = (six(one.estimate), six(one.lower), six(one.upper))
        branch = "yes" if one.estimate is not None else "no"
        writer.writerow([text(r.study), r.code, text(r.value), text(r.because), text(reads), branch, text(r.why_not),
                         *numbers])  # fmt: skip
    for name, value in (("lowest", found.lowest), ("highest", found.highest)):
        writer.writerow(
            ["all", "", name, f"{found.combinations} data sets; {found.how}", "", "", "", six(value), "", ""]
        )
    return out.getvalue()


def branches_grid(found: DataBranches) -> Grid:
    """Give the readings as a table of an account."""
    rows = tuple(
        (
            one.reading.study,
            one.reading.code,
            one.reading.value,
            one.estimate,
            one.lower,
            one.upper,
            one.reading.why_not,
        )
        for one in found.readings
    )
    held = "" if found.crossing is None else f" {found.crossing} of {found.listed} intervals hold no effect."
    return Grid(
        "data branches", ("study", "finding", "reading", "estimate", "lower", "upper", "no branch because"), rows,
        f"The pool with each reading alone; over {found.combinations} data sets ({found.how}) it lies from "
        f"{six(found.lowest)} to {six(found.highest)}.{held}",
    )  # fmt: skip
