"""An answer as Markdown: the result as it would stand in a paper, and its methods with numbered references."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evsynth.model.estimate import Answer
from evsynth.model.review import Review
from evsynth.model.study import Study
from evsynth.report.reference_formats import as_text
from evsynth.report.statement import statement


def sentence(answer: Answer, review: Review, studies: Mapping[str, Study]) -> str:
    """Write result, reasons, methods, evidence and references of an answer in Markdown."""
    said = statement(answer, review, studies)
    blocks = [f"# {plain(answer.pool.title)}", f"**Result.** {plain(said.result)}"]
    if said.reasons:
        blocks.append("\n".join(["**Not pooled, because:**", "", *_list(said.reasons)]))
    blocks.append(f"**The reviewers' reasons.** {plain(answer.pool.because)}")
    if said.reported and (said.reasons or len(said.reported) > 1):
        blocks.append("\n".join(["**What the studies report:**", "", *(f"- {plain(line)}" for line in said.reported)]))
    if said.companions:
        beside = (f"- {plain(line)}" for line in said.companions)
        blocks.append("\n".join(["**The same question answered otherwise:**", "", *beside]))
    if said.methods:
        blocks.append(f"**Methods.** {plain(said.methods)}")
    blocks.append(f"**Evidence.** {plain(said.evidence)}")
    if said.overrides:
        blocks.append("\n".join(["**Refusals set aside by the reviewers:**", "", *_list(said.overrides)]))
    if said.warnings:
        blocks.append("\n".join(["**Warnings:**", "", *_list(said.warnings)]))
    if said.references:
        lines = [f"{i}. {plain(as_text(r))}" for i, r in enumerate(said.references, 1)]
        blocks.append("\n".join(["**References**", "", *lines]))
    blocks.append(f"`{answer.result.id}`")
    return "\n\n".join(blocks) + "\n"


def plain(text: str) -> str:
    r"""Escape what Markdown would read as markup.

    >>> print(plain("a_b <i> 3*4"))
    a\_b \<i> 3\*4
    """
    return re.sub(r"([\\`*_<#|])", r"\\\1", " ".join(text.split()))


def _list(coded: tuple[tuple[str, str], ...]) -> list[str]:
    return [f"- {plain(message)} (`{code}`)" for code, message in coded]
