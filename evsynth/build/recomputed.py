"""The reanalysis of each study as an output: reported results beside what the numbers printed with them give."""

from __future__ import annotations

from evsynth.model.review import Review
from evsynth.reanalyse.prints import reanalyse
from evsynth.report.reanalysis import as_csv, rows
from evsynth.text.canonical import digest
from evsynth.text.extraction import Extraction

FOLDER = "reanalysis"
"""Folder of these files under outputs/; each is called after its study."""


def name(study: str) -> str:
    """Give the path of a study's file under outputs/."""
    return f"{FOLDER}/{study}.csv"


def made_from(extraction: Extraction, review: Review) -> str:
    """Give a digest of all that the file of a study is made from."""
    instruments = [i.model_dump(mode="json") for i in review.instruments]
    return digest({"study": extraction.tree.data, "instruments": instruments})


def outputs(extraction: Extraction, review: Review) -> dict[str, bytes]:
    """Give the file of a study."""
    results = reanalyse(extraction, review.instruments)
    return {name(extraction.study.study): as_csv(rows(results, extraction.observations)).encode()}
