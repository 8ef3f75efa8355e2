"""One quantity in several places: for each code many rows that are found, and as many left alone."""

from __future__ import annotations

from typing import Any

from in_memory import Row

TEXT, TABLE = "Results, first paragraph", "Table 2, row one"
NAMES = ("median", "q1", "q3")


def twice(one: dict[str, str], other: dict[str, str], variable: str = "age", **more: Any) -> Row:
    """Give one quantity of the treated patients as two places print it; `more` qualifies the second."""
    first = {"arm": "drug", "variable": variable, "at": "baseline"}
    return {**first, **one, "place": TEXT}, {**first, **other, "place": TABLE, **more}


def compared(one: dict[str, str], other: dict[str, str], variable: str = "death", **more: Any) -> Row:
    """Give one comparison as two places print it."""
    first = {"contrast": "hazard", "variable": variable}
    return {**first, **one, "place": TEXT}, {**first, **other, "place": TABLE, **more}


def triplet(numbers: str) -> dict[str, str]:
    """Give median and quartiles of "26.5 12.5 46.5"."""
    return dict(zip(NAMES, numbers.split(), strict=True))


def cell(variable: str, numbers: str, place: str, **more: Any) -> dict[str, Any]:
    """Give median and quartiles of the treated patients in a place."""
    return {"arm": "drug", "variable": variable, "at": "baseline", **triplet(numbers), "place": place, **more}


def repeated(numbers: str, one: str = "age", other: str = "dose", **more: Any) -> Row:
    """Give two rows of one table with the same triplet."""
    return (cell(one, numbers, "Table 1, row one"), cell(other, numbers, more.pop("place", "Table 1, row two"), **more))


def shifted(*numbers: str, table: str = "Table 2", **more: Any) -> Row:
    """Give a table of rows, and a second one in which each row stands one line too high."""
    names = ["age", "dose", "esr", "crp"][: len(numbers)]
    right = [cell(name, n, f"Table 1, row {name}") for name, n in zip(names, numbers, strict=True)]
    moved = zip(names, [*numbers[1:], numbers[-1]], strict=True)
    return (*right, *(cell(name, n, f"{table}, row {name}", **more) for name, n in moved))


def rotated(*numbers: str, **more: Any) -> Row:
    """Give a table of rows, and a second one in which they stand in another order."""
    names = ["age", "dose", "esr", "crp"][: len(numbers)]
    right = [cell(name, n, f"Table 1, row {name}") for name, n in zip(names, numbers, strict=True)]
    moved = zip(names, [*numbers[1:], numbers[0]], strict=True)
    return (*right, *(cell(name, n, f"Table 2, row {name}", **more) for name, n in moved))


def columns(
    one: tuple[int, str], other: tuple[int, str], arms: tuple[str, str] = ("drug", "usual"), **more: Any
) -> Row:
    """Give a row with counts and percentages of two groups, in one passage."""
    return tuple(
        {"arm": arm, "variable": "improved", "at": "baseline", "count": k, "percent": p, "row": "a", **more}
        for arm, (k, p) in zip(arms, (one, other), strict=True)
    )


def journals(own: str, *named: str) -> Row:
    """Give the journal of a study, and those that its reports name."""
    listed = "".join(f"\n  - {{source: report-{i}, journal: '{name}'}}" for i, name in enumerate(named))
    return ({"given": {"journal": f"'{own}'" if own else "~", "reports": listed or "[]"}},)


RATIO = {"hazard_ratio": "0.63", "lower": "0.41", "upper": "0.98"}

FOUND: dict[str, list[Row]] = {
    "PRINTED_DIFFERENTLY": [
        twice({"mean": "51"}, {"mean": "52"}), twice({"mean": "51.2"}, {"mean": "52"}),
        twice({"mean": "51.2"}, {"mean": "51.3"}),
        twice({"mean": "51.2"}, {"mean": "15.2"}), twice({"mean": "51.2", "sd": "9.8"}, {"mean": "51.2", "sd": "8.9"}),
        twice({"median": "51"}, {"median": "52"}), twice({"median": "51", "q1": "40"}, {"median": "51", "q1": "41"}),
        twice({"count": "17"}, {"count": "18"}, "improved"),
        twice({"percent": "40.0"}, {"percent": "43.3"}, "improved"),
        twice({"percent": "40"}, {"percent": "46.7"}, "improved"), compared({"p": ".04"}, {"p": "<.001"}),
        compared({"p": "0.04"}, {"p": "0.05"}), compared({"p": ">0.05"}, {"p": "0.04"}),
        compared({"p": "<0.01"}, {"p": "0.02"}),
        compared(RATIO, {**RATIO, "hazard_ratio": "0.64"}), compared(RATIO, {**RATIO, "upper": "0.99"}),
        compared({"hazard_ratio": "0.63"}, {"hazard_ratio": "0.7"}), twice({"count": "0"}, {"count": "1"}, "improved"),
        (*twice({"mean": "51"}, {"mean": "52"}), {"arm": "drug", "variable": "age", "at": "baseline", "mean": "52",
                                                   "place": "Abstract"}),
    ],
    "REPEATED_TRIPLET": [
        repeated("52 41 63"), repeated("26.5 12.5 46.5"), repeated("4.97 1.05 11.77"), repeated("0.31 0.12 0.55"),
        repeated("16 12.25 21"), repeated("5 3 8"), repeated("1.0 0.5 2.0"), repeated("120 90 160"), repeated("9 8 10"),
        repeated("52 41 63", "esr", "crp"), repeated("52 41 63", "age", "crp"), repeated("52 41 63", "dose", "esr"),
        repeated("-2 -5 1", "esr", "crp"), repeated("0 -1 2", "esr", "crp"), repeated("3.5 2.5 4.5"),
        repeated("1500 1200 2100", "esr", "crp"),
    ],
    "ROWS_SHIFTED": [
        shifted("50.5 40.5 60.5", "21.5 12.25 30.5"), shifted("50.5 40.5 60.5", "21.5 12.25 30.5", "26.5 12.5 46.5"),
        shifted("50.5 40.5 60.5", "21.5 12.25 30.5", "26.5 12.5 46.5", "4.97 1.05 11.77"),
        shifted("50.1 40.2 60.3", "21.4 12.5 30.6"), shifted("150 140 160", "215 125 305"),
        shifted("11.1 10.2 12.3", "99.4 92.5 99.6"),
        shifted("50.5 40.5 60.5", "21.5 12.25 30.5", table="Table 5"), shifted("50.5 40.5 60.5", "2.15 1.25 3.05"),
        shifted("0.51 0.40 0.62", "2.15 1.25 3.05"), shifted("501 402 603", "21.4 12.5 30.6"),
        shifted("50.1 40.2 60.3", "1214 1125 1306"), shifted("5.01 4.02 6.03", "21.4 12.5 30.6", "33.3 22.2 44.4"),
        shifted("70.1 60.2 80.3", "71.4 62.5 80.6"), shifted("50.1 40.2 60.3", "21.4 12.5 30.6", table="Table 3"),
        shifted("58 47 69", "120 80 160"), shifted("58.5 47.25 69.75", "120 80.5 160"),
    ],
    "COLUMNS_EXCHANGED": [
        columns(*cells)
        for cells in (((14, "35.0"), (9, "30.0")), ((10, "25.0"), (7, "23.3")), ((21, "52.5"), (11, "36.7")),
        ((5, "12.5"), (2, "6.7")),
                      ((30, "75.0"), (20, "66.7")), ((26, "65.0"), (13, "43.3")), ((3, "7.5"), (8, "26.7")),
                      ((17, "42.5"), (4, "13.3")),
                      ((29, "72.5"), (25, "83.3")), ((1, "2.5"), (1, "3.3")), ((9, "22.5"), (10, "33.3")),
                      ((12, "30.0"), (14, "46.7")),
                      ((7, "17.5"), (22, "73.3")), ((28, "70.0"), (17, "56.7")), ((11, "27.5"), (26, "86.7")))
    ] + [columns((14, "33.3"), (9, "32.1"), ("mild", "severe"))],
    "REPORT_JOURNAL": [
        journals(own, named)
        for own, named in (
            ("J Rheumatol", "Annals of the Rheumatic Diseases"), ("Chest", "Thorax"), ("The Lancet", "BMJ"),
            ("Eur Respir J", "American Journal of Respiratory and Critical Care Medicine"),
            ("Rheumatology", "Rheumatology International"),
            ("Respir Med", "Respirology"), ("Front Immunol", "Frontiers in Medicine"), ("PLoS One", "PLoS Medicine"),
            ("Ann Intern Med", "JAMA Internal Medicine"), ("N Engl J Med", "The Lancet"), ("Thorax", "Chest"),
            ("Sarcoidosis", "Lung"), ("Clin Rheumatol", "Clinical and Experimental Rheumatology"), ("BMJ Open", "BMJ"),
            ("Scand J Rheumatol", "J Rheumatol"), ("Respiratory Medicine", "The Lancet Respiratory Medicine"),
            ("Lupus", "Lupus Science & Medicine"),
        )
    ],
}  # fmt: skip
LEFT_ALONE: dict[str, list[Row]] = {
    "PRINTED_DIFFERENTLY": [
        twice({"mean": "51.2"}, {"mean": "51"}), twice({"mean": "51.5"}, {"mean": "52"}),
        twice({"mean": "51.5"}, {"mean": "51"}),
        twice({"mean": "51"}, {"median": "52"}), twice({"mean": "51.20"}, {"mean": "51.2"}),
        twice({"mean": "51"}, {"mean": "52"}, at="month-6"), twice({"mean": "51"}, {"mean": "52"}, arm="usual"),
        twice({"mean": "51"}, {"mean": "52"}, population="completers"),
        twice({"mean": "51"}, {"mean": "52"}, patients=1),
        twice({"mean": "51"}, {"mean": "52"}, basis="external", cites="4"),
        twice({"mean": "51"}, {"mean": "52"}, category="men"),
        twice({"mean": "51"}, {"mean": "52"}, adjustment="two"), compared({"p": ".0004"}, {"p": "<.001"}),
        compared({"p": "0.04"}, {"p": "<0.05"}), compared({"p": "0.3"}, {"p": ">0.05"}),
        compared({"p": "<0.01"}, {"p": "<0.05"}),
        compared({"p": "0.04"}, {"p": "0.2"}, test="log-rank"), compared(RATIO, {"hazard_ratio": "0.6"}),
        compared(RATIO, {"odds_ratio": "0.70"}), twice({"count": "17"}, {"count": "17.0"}, "improved"),
    ],
    "REPEATED_TRIPLET": [
        repeated("52 41 63", place="Table 2, row two"), repeated("0 0 0"), repeated("1 0 1"), repeated("5 5 5"),
        repeated("0 0 1"),
        repeated("52 41 63", arm="usual"), repeated("52 41 63", at="month-6"),
        (cell("age", "52 41 63", "Table 1, row one"), cell("dose", "52 41 64", "Table 1, row two")),
        (cell("age", "52 41 63", "Table 1, row one"), cell("dose", "52 41.0 63", "Table 1, row two")),
        (cell("age", "52 41 63", "Table 1, row one"), cell("age", "52 41 63", "Table 1, row two")),
        (cell("age", "52 41 63", "Text"), cell("dose", "52 41 63", "Table 1")),
        (cell("age", "52 41 63", "Table 1, row one"),),
        tuple({"arm": "drug", "variable": name, "at": "baseline", "mean": "52", "sd": "41",
        "place": "Table 1"} for name in ("age", "dose")),
        tuple({"arm": "drug", "variable": name, "at": "baseline", "median": "52", "q1": "41",
        "place": "Table 1"} for name in ("age", "dose")),
        tuple({"contrast": "versus", "variable": name, "at": "baseline", **triplet("52 41 63"),
        "place": "Table 1"} for name in ("age", "dose")),
        (cell("age", "52 41 63", "Table 1, row one"),
        cell("dose", "41 52 63", "Table 3, row two", q1="40", median="41")),
    ],
    "ROWS_SHIFTED": [
        *(tuple(cell(name, n, f"{table}, row {name}") for table in ("Table 1", "Table 2") for name,
        n in (("age", one), ("dose", two)))
          for one, two in (("50.5 40.5 60.5", "21.5 12.25 30.5"), ("150 140 160", "215 125 305"), ("0 0 1", "0 0 2"),
                           ("11.1 10.2 12.3", "99.4 92.5 99.6"), ("5.01 4.02 6.03", "21.4 12.5 30.6"),
                           ("1 0 2", "3 1 4"))),
        *(rotated("50.5 40.5 60.5", "21.5 12.25 30.5", **more) for more in (
            {"at": "month-6"}, {"arm": "usual"}, {"population": "completers"}, {"basis": "external", "cites": "4"},
            {"category": "men"}, {"adjustment": "two"}, {"at": "month-6", "arm": "usual"}, {"patients": 1},
        )),
        rotated("50.5 40.5 60.5"), rotated("150 140 160"),
        rotated("50.5 40.5 60.5", "21.5 12.25 30.5", at="month-6")[:3],
    ],
    "COLUMNS_EXCHANGED": [
        *(columns(*cells) for cells in (((9, "30.0"), (14, "35.0")), ((7, "23.3"), (10, "25.0")),
        ((11, "36.7"), (21, "52.5")),
                                        ((2, "6.7"), (5, "12.5")), ((20, "66.7"), (30, "75.0")),
                                        ((0, "0.0"), (0, "0.0")),
                                        ((30, "100.0"), (40, "100.0")), ((15, "50.0"), (20, "50.0")),
                                        ((30, "100"), (20, "50")))),
        columns((14, "35.0"), (9, "30.0"), denominator="unknown"),
        columns((14, "35.0"), (9, "30.0"), population="completers"),
        columns((14, "35.0"), (9, "30.0"), adjustment="weighted"),
        ({**columns((14, "35.0"), (9, "30.0"))[0], "of": 40}, {**columns((14, "35.0"), (9, "30.0"))[1], "of": 30}),
        columns((9, "32.1"), (14, "33.3"), ("mild", "severe")), columns((3, "10"), (4, "10")),
        columns((1, "3"), (1, "2")),
    ],
    "REPORT_JOURNAL": [
        journals("J Rheumatol", "The Journal of Rheumatology"), journals("J Rheumatol", "J. Rheumatol."),
        journals("Chest", "Chest"),
        journals("Chest", "CHEST"), journals("Lancet", "The Lancet"),
        journals("N Engl J Med", "New England Journal of Medicine"),
        journals("Front Immunol", "Frontiers in Immunology"), journals("Eur Respir J", "European Respiratory Journal"),
        journals("Ann Rheum Dis", "Annals of the Rheumatic Diseases"), journals("BMJ", "BMJ"), journals("", "Thorax"),
        journals("Thorax"),
        journals("Respir Med", "Respiratory Medicine"), journals("PLoS One", "PLOS ONE"),
        journals("Clin Rheumatol", "Clinical Rheumatology"),
        journals("Rheumatology", "Rheumatology (Oxford, England)"), journals("Medicine", "Medicine (Baltimore)"),
        journals("Am J Respir Crit Care Med", "American Journal of Respiratory and Critical Care Medicine"),
    ],
}  # fmt: skip
