"""Counts, percentages, categories and groups: for each code many rows that are found, and as many left alone."""

from __future__ import annotations

from typing import Any

from in_memory import Row
from test_reported_check import drug, v


def share(percent: str, count: int | str | None = None, arm: str = "drug", **more: Any) -> Row:
    """Give a percentage, with its count or alone: of 30 (drug), 40 (usual) or 70 (all) patients."""
    return ({"arm": arm, "variable": "improved", "at": "baseline", **({} if count is None else {"count": count}),
             "percent": percent, **more},)  # fmt: skip


def count(number: int | str, arm: str = "drug", **more: Any) -> Row:
    """Give a count."""
    return ({"arm": arm, "variable": "improved", "at": "baseline", "count": number, **more},)


def sexes(female: int | str, male: int | str | None, arm: str = "drug", **more: Any) -> Row:
    """Give two categories that make up a group."""
    both = [{"arm": arm, "variable": "female", "count": female, **more}]
    return tuple(both if male is None else [*both, {"arm": arm, "variable": "male", "count": male, **more}])


def grades(*counts: int, arm: str = "drug", **more: Any) -> Row:
    """Give three grades that make up a group."""
    return tuple({"arm": arm, "variable": f"grade-{g}", "count": k, **more} for g, k in enumerate(counts))


def kinds(exclusive: str, exhaustive: str) -> dict[str, Any]:
    """Give the two sexes as categories of another kind."""
    text = f"[{{label: Sex, variables: [female, male], exclusive: {exclusive}, exhaustive: {exhaustive}}}]"
    return {"given": {"categories": text}}


def parts(whole: Any, mild: Any = None, severe: Any = None, name: str = "count", variable: str = "worse") -> Row:
    """Give a number of all 70 patients, of the 28 mild and of the 42 severe ones."""
    found = (("all", whole), ("mild", mild), ("severe", severe))
    return tuple({"arm": arm, "variable": variable, name: x} for arm, x in found if x is not None)


def halves(whole: Any, one: Any = None, two: Any = None, name: str = "count", variable: str = "worse") -> Row:
    """Give a number of all 70 patients, of the 30 treated and of the 40 others."""
    found = (("all", whole), ("drug", one), ("usual", two))
    return tuple({"arm": arm, "variable": variable, name: x} for arm, x in found if x is not None)


def sizes(whole: int | None, *groups: int | None, exhaustive: str = "true", exclusive: str = "true") -> Row:
    """Give a cohort with groups of these sizes."""
    printed = ["" if n is None else f", patients: {n}" for n in groups]
    arms = "".join(
        f"\n      - {{arm: g{i}, label: Group, role: subgroup, within: all{n}}}" for i, n in enumerate(printed)
    )
    first = f"{{arm: all, label: All, role: whole{f', patients: {whole}' if whole is not None else ''}}}"
    names = ", ".join(f"g{i}" for i in range(len(groups)))
    text = f"""
  - cohort: main
    label: All
    design: single-arm series
    condition: invented
    arms:
      - {first}{arms}
    partitions:
      - {{of: all, parts: [{names}], exclusive: {exclusive}, exhaustive: {exhaustive}, because: invented}}"""
    return ({"given": {"cohorts": text}},)


ADJUSTED = {"adjustment": "weighted"}
SURVIVORS = {"population": "survivors"}
UNKNOWN = {"denominator": "unknown"}

FOUND: dict[str, list[Row]] = {
    "COUNT_PERCENT": [
        share("51", 15), share("3.4", 1), share("3.3", 0), share("99.0", 30), share("97.0", 29), share("66.6", 20),
        share("32.4", 13, "usual"), share("32.6", 13, "usual"), share("49.9", 35, "all"), share("11", 7, "all"),
        share("50.0", 12, of=25), share("38.0", 3, of=8), share("33.4", 1, of=3), share("28.5", 2, of=7),
        share("1.0", 0, of=10), share("99.95", 999, of=1000), share("37.4", 3, patients=8),
        share("50.0", 12, analysed="25"), share("0", 1, of=40), share("100", 39, of=40), share("4.5", 1, of=25),
    ],
    "PERCENT_IMPOSSIBLE": [
        share("34.0"), share("51.0"), share("49.9"), share("1.0"), share("99.0"), share("3.4"), share("66.6"),
        share("33.0", None, "usual"), share("33.3", None, "usual"), share("1.2", None, "usual"),
        share("98.0", None, "usual"), share("50.5", None, "all"), share("2.0", None, "all"), share("99.9", None, "all"),
        share("33.4", of=9),
        share("14.0", of=7), share("12.6", patients=8), share("50", of=1), share("1", of=3),
    ],
    "COUNT_EXCEEDS": [
        count(31), count(300), count(41, "usual"), count(71, "all"), count(29, "mild"), count(43, "severe"),
        count(12, of=10), count(2, of=1), count(101, of=100), count(9, patients=8), count(26, analysed="25"),
        count(31, category="late"), share("103.3", 31), share("50.0", 31), share("102.5", 41, "usual"),
        share("110", 11, of=10), (drug("worse", count=40),),
    ],
    "PARTS_EXCEED": [
        sexes(16, 15), sexes(30, 1), sexes(20, 11), sexes(1, 30), sexes(20, 21, "usual"), sexes(40, 1, "usual"),
        sexes(40, 40, "usual"), sexes(36, 35, "all"), sexes(70, 1, "all"), sexes(14, 15, "mild"),
        sexes(42, 42, "severe"),
        sexes(16, 15, at="month-6"), sexes(5, 4, of=8), sexes(5, 4, analysed="8"), grades(10, 12, 9), grades(30, 0, 1),
        (kinds("true", "false"), *sexes(16, 15)),
        ({**sexes(16, None)[0], "place": "Text"}, {**sexes(0, 15)[1], "place": "Table 1"}),
    ],
    "PARTS_FALL_SHORT": [
        sexes(14, 15), sexes(0, 0), sexes(29, 0), sexes(0, 29), sexes(20, 19, "usual"), sexes(1, 1, "usual"),
        sexes(35, 34, "all"), sexes(14, 13, "mild"), sexes(20, 21, "severe"), sexes(14, 15, at="month-6"),
        sexes(4, 3, of=8),
        sexes(4, 3, analysed="8"), grades(10, 10, 9), grades(0, 0, 0), grades(12, 13, 14, arm="usual"),
        ({**sexes(14, None)[0], "place": "Text"}, {**sexes(0, 15)[1], "place": "Table 1"}),
    ],
    "SUBGROUPS": [
        parts(20, 6, 15), parts(20, 6, 13), parts(0, 0, 1), parts(1, 0, 0), parts(70, 28, 41), parts(30, 10, 21),
        parts(42, 1, 40), parts(5, 6), parts(65, 20), parts(20, None, 21), parts(60, None, 10), parts(43, 0),
        halves(20, 5, 14), halves(20, 6, 15), halves(5, 6), halves(60, 5), halves(70, 30, 39), halves(0, 1, 0),
    ],
    "WHOLE_OF_PARTS": [
        parts("54.9", "50.2", "53.1", "mean", "age"), parts("50.1", "50.2", "53.1", "mean", "age"),
        parts("51.6", "50.2", "53.1", "mean", "age"), parts("52.3", "50.2", "53.1", "mean", "age"),
        parts("53", "50.2", "53.1", "mean", "age"), parts("-1.0", "-0.5", "-0.2", "mean", "crp"),
        parts("0.10", "0.0", "0.0", "mean", "crp"), parts("100", "90", "95", "mean", "crp"),
        parts("30", "20", "25", "median", "dose"), parts("18", "20", "25", "median", "dose"),
        parts("25.7", "20.0", "25.5", "median", "dose"), parts("0.8", "1.0", "1.0", "median", "dose"),
        halves("54.9", "50.2", "53.1", "mean", "age"), halves("50.2", "50.2", "53.1", "mean", "age"),
        halves("12", "20", "25", "median", "dose"), halves("3.00", "1.00", "2.00", "mean", "crp"),
    ],
    "GROUPS": [
        sizes(70, 30, 39), sizes(70, 30, 41), sizes(70, 35, 36), sizes(70, 69, 0), sizes(70, 0, 0), sizes(1, 0, 0),
        sizes(70, 20, 20, 20), sizes(70, 20, 20, 31), sizes(70, 40, 40, exhaustive="false"),
        sizes(10, 6, 5, exhaustive="false"), sizes(3, 1, 1, 2, exhaustive="false"), sizes(250, 93, 158),
        sizes(250, 93, 156), sizes(41, 34, 4, 2), sizes(100, 50, 51),
        sizes(30, 31, None),  # a part larger than its whole: impossible
        sizes(30, None, 40, exhaustive="false"),
    ],
    "GROUPS_UNEXPLAINED": [
        sizes(70, *groups, exhaustive="false")
        for groups in ((30, 39), (30, 35), (1, 1), (0, 0), (69, 0), (20, 20, 20), (10, 10, 10, 10), (34, 35), (35, 34),
                       (68, 1), (25, 25), (22, 22, 22), (15, 0, 15), (50, 10), (7, 62))
    ],
}  # fmt: skip
LEFT_ALONE: dict[str, list[Row]] = {
    "COUNT_PERCENT": [
        share("50", 15), share("50.0", 15), share("3.3", 1), share("3", 1), share("3.333", 1), share("0", 0),
        share("0.0", 0), share("100", 30), share("100.0", 30), share("66.7", 20), share("67", 20),
        share("32", 13, "usual"), share("33", 13, "usual"), share("32.5", 13, "usual"), share("6.2", 1, of=16),
        share("6.3", 1, of=16), share("28.571", 2, of=7), share("50.0", 12, **UNKNOWN), share("50.0", 12, **SURVIVORS),
        share("50.0", 12, **ADJUSTED), share("<1", 0), share("37.5", 3, patients=8), share("48.0", 12, analysed="25"),
        share("99.9", 999, of=1000), share("100", 999, of=1000),
    ],
    "PERCENT_IMPOSSIBLE": [
        share("33.3"), share("50"), share("50.0"), share("3.3"), share("96.7"), share("0"), share("0.0"), share("100"),
        share("100.0"), share("32", None, "usual"), share("33", None, "usual"), share("2.5", None, "usual"),
        share("1.4", None, "all"), share("98.6", None, "all"), share("51", None, "all"), share("33.3", of=9),
        share("12", of=8), share("13", of=8), share("100", of=1), share("33.1", **UNKNOWN), share("33.1", **SURVIVORS),
        share("33.1", **ADJUSTED), share("<5"), share(">95"),
    ],
    "COUNT_EXCEEDS": [
        count(30), count(0), count(40, "usual"), count(70, "all"), count(28, "mild"), count(10, of=10), count(1, of=1),
        count("<31"), count(">31"), count(0, of=0), count(33, patients=35), count(33, **SURVIVORS),
        count(33, **ADJUSTED),
        count(33, **UNKNOWN), count(41, of=100), count("30.0"), share("100", 30),
        (v(contrast="versus", variable="improved", at="baseline", count=60),),
    ],
    "PARTS_EXCEED": [
        sexes(15, 15), sexes(30, 0), sexes(0, 30), sexes(20, 20, "usual"), sexes(35, 35, "all"), sexes(14, 14, "mild"),
        sexes(4, 4, of=8), sexes(16, None), sexes(16, "<20"), sexes(16, 15, **SURVIVORS), sexes(16, 15, **ADJUSTED),
        sexes(16, 15, **UNKNOWN), sexes(16, 15, basis="external", cites="4"), sexes(16, 15, patients=30),
        (kinds("false", "false"), *sexes(16, 15)), (kinds("false", "true"), *sexes(30, 30)), grades(10, 12, 8),
        grades(30, 0), (*sexes(16, None), {**sexes(0, 15)[1], "at": "month-6"}),
        (*sexes(16, None), {**sexes(0, 15)[1], "of": 20}),
    ],
    "PARTS_FALL_SHORT": [
        sexes(15, 15), sexes(30, 0), sexes(20, 20, "usual"), sexes(14, None), sexes(14, "<20"),
        sexes(14, 15, **SURVIVORS),
        sexes(14, 15, **ADJUSTED), sexes(14, 15, **UNKNOWN), sexes(14, 15, basis="external", cites="4"),
        sexes(14, 15, patients=30), (kinds("true", "false"), *sexes(14, 15)), (kinds("true", "false"), *sexes(0, 0)),
        (kinds("false", "false"), *sexes(0, 1)), grades(10, 10), grades(15, 15, 0), sexes(3, 5, analysed="8"),
        (*sexes(14, None), {**sexes(0, 15)[1], "at": "month-6"}),
    ],
    "SUBGROUPS": [
        parts(21, 6, 15), parts(0, 0, 0), parts(70, 28, 42), parts(6, 6), parts(48, 6), parts(20, None, 20),
        parts(43, None, 15), parts(20), parts(None, 6, 15), parts("<20", 6, 15), parts(20, "<6", 16), halves(20, 5, 15),
        halves(45, 5), halves(20, None, 20), (*parts(20), {**parts(None, 21)[0], **SURVIVORS}),
        (*parts(20), {**parts(None, 21)[0], "at": "month-6"}), (*parts(20), {**parts(None, 21)[0], "of": 25}),
        (*parts(20), {**parts(None, 21)[0], **ADJUSTED}), (*parts(20), {**parts(None, 21)[0], "variable": "improved"}),
        (*parts(20), {**parts(None, 21)[0], "basis": "external", "cites": "4"}),
    ],
    "WHOLE_OF_PARTS": [
        parts("51.9", "50.2", "53.1", "mean", "age"), parts("52", "50.2", "53.1", "mean", "age"),
        parts("51.94", "50.2", "53.1", "mean", "age"), parts("50.0", "50.0", "50.0", "mean", "age"),
        parts("<54", "50.2", "53.1", "mean", "age"), parts("54.9", "50.2", None, "mean", "age"),
        parts(None, "50.2", "53.1", "mean", "age"), parts("24", "20", "25", "median", "dose"),
        parts("20", "20", "25", "median", "dose"), parts("25", "20", "25", "median", "dose"),
        parts("25.5", "20", "25", "median", "dose"), parts("19", "20", "25", "median", "dose"),  # 19.5, either way
        halves("51.9", "50.2", "53.1", "mean", "age"),
        (*parts("54.9", "50.2", None, "mean", "age"), v(arm="severe", variable="age", mean="53.1", analysed="30")),
        (*parts("54.9", "50.2", None, "mean", "age"), v(arm="severe", variable="age", mean="53.1", patients=30)),
        (*parts("54.9", "50.2", None, "mean", "age"), v(arm="severe", variable="age", mean="53.1", **SURVIVORS)),
        (*parts("54.9", "50.2", None, "mean", "age"), v(arm="severe", variable="age", median="53.1")),
        (*parts("54.9", "50.2", None, "mean", "age"), v(arm="severe", variable="age", mean="53.1", at="month-6")),
        (*parts("54.9", "50.2", None, "mean", "age"), v(arm="severe", variable="age", mean="53.1", unit="months")),
    ],
    "GROUPS": [
        sizes(70, 30, 40), sizes(70, 70, 0), sizes(0, 0, 0), sizes(1, 1, 0), sizes(70, 20, 20, 30), sizes(70, 35, 35),
        sizes(None, 30, 39), sizes(70, 30, None), sizes(70, None, None), sizes(70, 40, 40, exclusive="false"),
        sizes(70, 40, 40, exclusive="false", exhaustive="false"), sizes(70, 70, 70, exclusive="false"),
        sizes(70, 30, 39, exclusive="false"), sizes(250, 93, 157), sizes(41, 34, 4, 3),
        sizes(70, 40, 30, exhaustive="false"),
        sizes(70, 70, None, exhaustive="false"),
    ],
    "GROUPS_UNEXPLAINED": [
        *(sizes(70, *groups, exhaustive="false") for groups in ((30, 40), (70, 0), (0, 70), (35, 35), (20, 20, 30),
                                                                 (30, None), (None, 10), (None, None), (10, 10, None))),
        *(sizes(70, *groups) for groups in ((30, 40), (35, 35), (69, 1), (1, 69), (20, 25, 25))),
        sizes(None, 10, 10, exhaustive="false"), sizes(70, 30, 35, exhaustive="false", exclusive="false"),
    ],
}  # fmt: skip
