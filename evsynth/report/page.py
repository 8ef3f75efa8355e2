"""One self-contained HTML page of a review, in which every number leads to its quote.

Nothing is loaded from anywhere: style and script are in the page, a content security policy forbids everything else,
and the page works without its script.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from evsynth.model.effect import Effect, Leaf
from evsynth.model.estimate import Answer, Estimate
from evsynth.model.finding import SEVERITIES, Finding, Quoted, order
from evsynth.model.review import Review
from evsynth.model.source import Source, is_open
from evsynth.reanalyse.prints import reanalyse
from evsynth.report.anchors import Anchors, Offset, anchors
from evsynth.report.citation import cite, number, result_reference
from evsynth.report.composition import Composition, composition, parts
from evsynth.report.drawing import svg
from evsynth.report.forest import draw
from evsynth.report.marked_text import marked
from evsynth.report.measures import words
from evsynth.report.numbers import six, with_interval
from evsynth.report.page_studies import study_view
from evsynth.report.reanalysis import summary
from evsynth.report.reference_formats import as_text
from evsynth.report.statement import Statement, outcome_label, statement
from evsynth.report.unused import Unused, in_words, unused
from evsynth.text.extraction import Extraction


class InputView(NamedTuple):
    """An input of a pool, with the links to its number and to its quote in the source."""

    part: str
    leaf: Leaf
    link: str


class PoolView(NamedTuple):
    """One pool, ready to be shown."""

    answer: Answer
    pooled: bool
    outcome: str
    measure: str
    number: str
    codes: tuple[str, ...]
    said: Statement
    references: tuple[str, ...]
    made_of: Composition
    unused: Unused
    left_out: str
    figure: Any
    effects: tuple[dict[str, str], ...]
    inputs: tuple[InputView, ...]
    cited: str
    bibtex: str


class SourceView(NamedTuple):
    """One source: what its sidecar says, and its text where the licence lets it stand here."""

    source: Source
    text: Any
    quotes: int
    because: str


def page(
    review: Review,
    answers: Sequence[Answer],
    extractions: Mapping[str, Extraction],
    findings: Iterable[Finding],
    sources: Mapping[str, Source],
    offsets: Mapping[str, Offset],
) -> str:
    """Render the page.

    `extractions` are keyed by study, `sources` by source, and `offsets` by identifier of a number: its source, and the
    characters at which it stands there.
    """
    from markupsafe import Markup

    found = anchors(extractions, sources, offsets)
    studies = [study_view(e, found) for _, e in sorted(extractions.items())]
    style, script = _asset("page.css"), _asset("page.js")
    rendered: str = _template().render(
        review=review,
        pools=[_pool(a, review, extractions, found) for a in sorted(answers, key=lambda a: a.pool.pool)],
        studies=studies,
        findings=[(f, _quotes(f.quotes, found)) for f in sorted(findings, key=order)],
        severities=SEVERITIES,
        reanalysed={name: summary(reanalyse(e, review.instruments)) for name, e in extractions.items()},
        sources=[_source(name, source, found) for name, source in sorted(sources.items())],
        numbers=sum(view.numbers for view in studies),
        quoted=sum(view.quoted for view in studies),
        doubled=sum(view.study.extraction is not None for view in studies),
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return rendered + "\n"


def _pool(answer: Answer, review: Review, extractions: Mapping[str, Extraction], found: Anchors) -> PoolView:
    from markupsafe import Markup

    studies = {name: e.study for name, e in extractions.items()}
    said = statement(answer, review, studies)
    unused_ = unused(answer, review, extractions)
    result = answer.result
    weights = result.weights if isinstance(result, Estimate) else ()
    known = len(weights) == len(answer.selection.effects)
    return PoolView(
        answer=answer,
        pooled=isinstance(result, Estimate),
        outcome=outcome_label(answer, review),
        measure=words(answer.pool.measure).name,
        number=number(answer.result) if isinstance(answer.result, Estimate) else "",
        codes=tuple(dict.fromkeys(code for code, _ in said.reasons)),
        said=said,
        references=tuple(as_text(r) for r in said.references),
        made_of=composition(answer),
        unused=unused_,
        left_out=in_words(unused_),
        figure=Markup(svg(draw(answer)).decode()),
        effects=tuple(_effect(e, six(weights[i]) if known else "") for i, e in enumerate(answer.selection.effects)),
        inputs=tuple(
            InputView(part.label, leaf, found.numbers.get(leaf.id, ""))
            for part in parts(answer)
            for leaf in part.leaves
        ),
        cited=as_text(result_reference(answer, review)),
        bibtex=cite(answer, review, studies, "bibtex"),
    )


def _effect(e: Effect, weight: str) -> dict[str, str]:
    return {
        "Study": e.label,
        "Group": e.group.replace("-", " "),
        "Events/total": " and ".join(f"{x}/{n}" for x, n in zip(e.events, e.totals, strict=False)),
        words(e.measure).short: with_interval(e.estimate, e.lower, e.upper, e.measure),
        "Interval": e.interval_method,
        "y": six(e.y),
        "v": six(e.v),
        "Scale": e.scale,
        "Weight %": weight,
        "Design": e.estimand.design,
        "Adjustment": e.estimand.adjustment,
        "Formula": e.formula,
        "Notes": "; ".join(e.notes),
    }


def _quotes(quotes: Iterable[Quoted], found: Anchors) -> list[tuple[Quoted, str]]:
    """Link each quote to the shortest passage shown that holds it."""
    linked = []
    for q in quotes:
        around = [
            (end - start, anchor)
            for start, end, anchor in found.spans.get(q.source, ())
            if q.start is not None and q.end is not None and start <= q.start and q.end <= end
        ]
        linked.append((q, f"#{min(around)[1]}" if around else ""))
    return linked


def _source(name: str, source: Source, found: Anchors) -> SourceView:
    spans = found.spans.get(name, ())
    if source.text is None:
        return SourceView(source, None, 0, "The document is not held here; only quotes that bear figures are.")
    if not is_open(source.about.licence):
        return SourceView(source, None, 0, "The licence does not let the text stand here; only quotes are shown.")
    return SourceView(source, marked(source.text, spans, found.numerals.get(name, ())), len(spans), "")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (files("evsynth.report") / name).read_text("utf-8").replace("\r\n", "\n")


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_asset("page.html"))
