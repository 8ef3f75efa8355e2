"""Cite one result: its permanent identifier, the studies it rests on, and the methods that made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from evsynth.model.estimate import Answer, Estimate
from evsynth.model.review import Review
from evsynth.model.study import Study
from evsynth.report.forest_rows import abbreviation
from evsynth.report.measures import words
from evsynth.report.methods_references import Reference, references, used
from evsynth.report.numbers import level, with_interval
from evsynth.report.reference_formats import Style, as_bibtex, as_csl, as_ris, as_text
from evsynth.report.statement import statement, study_references


def cite(answer: Answer, review: Review, studies: Mapping[str, Study], style: str = "text") -> str:
    """Write the citation of an answer in `style`. Raises ValueError for a style that is not known.

    The first reference is the result itself, then come the studies, then the methods; as text, the sentences that cite
    the numbered references stand between.
    """
    itself = result_reference(answer, review)
    if style == "text":
        said = statement(answer, review, studies)
        why = [f"- {message} [{code}]" for code, message in said.reasons]
        studied = [f"- {line}" for line in said.reported] if why else []
        lines = [f"{i}. {as_text(r)}" for i, r in enumerate(said.references, 1)]
        return "\n".join([as_text(itself), "", said.result, *why, *studied, said.methods, "", *lines]) + "\n"
    listed = (itself, *study_references(answer, studies), *references(sum(used(answer), ())))
    writers = {"bibtex": as_bibtex, "csl-json": as_csl, "ris": as_ris}
    if style not in writers:
        raise ValueError(f"{style!r} is not a citation style; choose one of {', '.join(get_args(Style))}")
    return writers[style](listed)


def result_reference(answer: Answer, review: Review) -> Reference:
    """Give the reference of the result: authors and title of the review, the result in words, and `pool@hash`."""
    return Reference(
        key=answer.result.id,
        type="dataset",
        authors=review.authors or (f"{{{review.title}}}",),
        title=f"{answer.pool.title}: {headline(answer)} [{answer.result.id}]",
        journal=review.title,
        note=f"Licence: {review.licence}.",
    )


def headline(answer: Answer) -> str:
    """Give the result in a few words.

    It names a refusal as such: there is no number to cite.
    """
    result = answer.result
    if not isinstance(result, Estimate):
        return "not pooled (" + ", ".join(dict.fromkeys(reason.code for reason in result.reasons)) + ")"
    return f"{words(result.figures.measure).name} {number(result)}, {result.kind}, k = {result.k}"


def number(result: Estimate) -> str:
    """Write the estimate with its interval and level."""
    f = result.figures
    written = with_interval(f.estimate, f.lower, f.upper, f.measure)
    return written.replace("(", f"({level(f.level)} {abbreviation(f)} ", 1)
