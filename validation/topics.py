"""Which function compares which kind of reference case, and why some kinds are compared elsewhere or not at all."""

from __future__ import annotations

from validation import (
    dependence,
    further,
    measures,
    medians,
    meta_package,
    network,
    normal_model,
    posterior,
    rare_events,
    sensitivity,
    small_study,
    tau2_intervals,
)
from validation.comparison import Topic

TOPICS: dict[str, Topic] = {
    **measures.TOPICS,
    **medians.TOPICS,
    **normal_model.TOPICS,
    **tau2_intervals.TOPICS,
    **rare_events.TOPICS,
    **small_study.TOPICS,
    **sensitivity.TOPICS,
    **dependence.TOPICS,
    **network.TOPICS,
    **posterior.TOPICS,
    **meta_package.TOPICS,
    **further.TOPICS,
}

NOT_OFFERED = "a conversion that evsynth does not offer"
ELSEWHERE: dict[str, str] = {
    "grim": "tests/checks",
    "grimmer": "tests/checks",
    "debit": "tests/checks",
    "statcheck": "tests/reanalyse",
    "preprocess+getIPD": "docs/methods/survival-curves.md: another algorithm, validated on data with known patients",
    **dict.fromkeys(
        (
            "transf.rtoz", "transf.logit", "transf.arcsin", "transf.pft", "transf.irft", "transf.ahw", "transf.abt",
            "transf.r2toz",
        ),
        "a forward transformation: compared through the measures that use it",
    ),
    **dict.fromkeys(
        (
            "transf.ztor.int", "transf.exp.int", "transf.ilogit.int", "transf.dtou1", "transf.dtou2", "transf.dtou3",
            "transf.dtorpb", "transf.dtocles", "transf.dtobesd", "transf.lnortord", "transf.lnortorr",
            "transf.lnortodl", "transf.dtolnorl",
        ),
        NOT_OFFERED,
    ),
}  # fmt: skip
"""Functions of reference files that no topic compares, and where they are compared or why they are not."""
