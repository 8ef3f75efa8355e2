"""`evsynth scan`: the statistics of a document, what contradicts in it, and the ledger of its numbers."""

from __future__ import annotations

import json
import re
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from evsynth.checks.scanned.judging import judge
from evsynth.cli.here import folder, in_review
from evsynth.cli.scanned import (
    ledger_object,
    statistic_line,
    statistic_object,
    totals_line,
    unreviewed_lines,
)
from evsynth.cli.shared_out import shared_out
from evsynth.cli.shown import as_json, lines, summary
from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_text
from evsynth.review.root import find_root
from evsynth.scan.document import Document, read_document
from evsynth.scan.ledger import Ledger, Scanned, ledger
from evsynth.scan.statistics import statistics

if TYPE_CHECKING:
    from evsynth.model.source import Source
    from evsynth.review.folder import Folder

_MARKUP = re.compile(r"\ufeff?\s*<(?:\?xml|!DOCTYPE article|article|pmc-articleset)\b", re.I)


class _Target(NamedTuple):
    """A scanned document, the file it is in, and the documents of the same study; `held` if a review has it."""

    scan: Scanned
    file: str
    others: tuple[Document, ...]
    held: bool


@click.command("scan", short_help="Scan the text of a paper.")
@click.argument("target", metavar="[SOURCE|FILE]", required=False)
@click.option("--json", "json_", is_flag=True, help="Print JSON: findings, or what the two options below ask for.")
@click.option("--statistics", "statistics_", is_flag=True, help="Only the statistics found.")
@click.option("--ledger", "ledger_", is_flag=True, help="Only the ledger, with every unreviewed number.")
@click.option("--unused", "unused_", is_flag=True, help="Results that the pools leave out, beside their direction.")
@in_review
@click.pass_context
def command(
    ctx: click.Context, target: str | None, json_: bool, statistics_: bool, ledger_: bool, unused_: bool, start: str
) -> None:
    """Scan a text file, or a source of the review by its identifier: statistics, findings, number ledger.

    Without an argument, print the ledger of every source held, and end with 1 if a number in one is unreviewed.
    """
    if unused_ and (target is not None or statistics_ or ledger_):
        raise click.UsageError("--unused is about the pools of the review; give no document, and no other part with it")
    if unused_:
        ctx.exit(_unused(folder(start), json_=json_))
    if target is None:
        ctx.exit(_all(folder(start), json_=json_))
    found = _target(target, start)
    if json_ and statistics_:
        shown = [statistic_object(r, found.scan.document) for r in found.scan.reported]
        click.echo(json.dumps(shown, indent=2, ensure_ascii=False))
    elif json_ and ledger_:
        click.echo(json.dumps(ledger_object(found.scan), indent=2, ensure_ascii=False))
    elif json_:
        click.echo(as_json(_judged(found)))
    else:
        _print(found, statistics_=statistics_, ledger_=ledger_)


def _print(found: _Target, *, statistics_: bool, ledger_: bool) -> None:
    document, both = found.scan.document, not statistics_ and not ledger_
    counted = (
        (len(document.sections), "section"),
        (len(document.tables), "table"),
        (len(document.legends), "figure legend"),
    )
    parts = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counted)
    click.echo(f"{found.file}: {document.kind}, {parts}")
    if both or statistics_:
        click.echo(f"\nStatistics: {len(found.scan.reported)}")
        for place, group in groupby(found.scan.reported, key=lambda r: _place(document, r.spot.table, r.spot.section)):
            click.echo(f"  {place}")
            for reported in group:
                click.echo(f"    {statistic_line(reported, document)}")
    if both:
        findings = _judged(found)
        click.echo(f"\nFindings: {summary(findings)}")
        for line in lines(findings):
            click.echo(line)
    if both or ledger_:
        click.echo(f"\nNumbers: {totals_line(found.scan)}")
        for because, count in found.scan.ledger.classes.items():
            click.echo(f"  {count:>5}  {because}")
        if found.held or ledger_:
            for line in unreviewed_lines(found.scan, found.file):
                click.echo(line)


def _all(review: Folder, *, json_: bool) -> int:
    from evsynth.build.ledger import scanned

    scans = scanned(review, sorted(review.sources))
    if json_:
        click.echo(json.dumps([ledger_object(scan) for scan in scans.values()], indent=2, ensure_ascii=False))
    else:
        for name, scan in scans.items():
            click.echo(f"{name}: {totals_line(scan)}")
            for line in unreviewed_lines(scan, f"corpora/sources/{review.sources[name].about.file}"):
                click.echo(line)
        for name in sorted(set(review.sources) - set(scans)):
            click.echo(f"{name}: not held here ({review.sources[name].about.licence})")
    return 1 if any(scan.ledger.unreviewed for scan in scans.values()) else 0


def _unused(review: Folder, *, json_: bool) -> int:
    from evsynth.build.ledger import left_out
    from evsynth.cli.left_out import unused_lines, unused_object

    found = left_out(review)
    if json_:
        click.echo(json.dumps([unused_object(one) for one in found], indent=2, ensure_ascii=False))
        return 0
    for one in found:
        for line in unused_lines(one):
            click.echo(line)
    return 0


def _judged(found: _Target) -> tuple[Finding, ...]:
    """Run the checks on the document; a finding names the file, so that an editor can go there."""
    spread = partial(shared_out, size=len(found.scan.document.text))
    findings = judge(found.scan.document, found.others, spread)
    return tuple(f._replace(place=f.place._replace(file=found.file)) for f in findings)


def _place(document: Document, table: int | None, section: int) -> str:
    if table is not None:
        caption = document.tables[table].caption
        return caption.text[:100] if caption else f"a table without a caption, {document.tables[table].start}"
    found = document.sections[section]
    return f"{found.role}: {found.heading[:80]}" if found.heading else found.role


def _target(target: str, start: str) -> _Target:
    """Find what is to be scanned: a source of the review by name or by its file, or any text file."""
    path = Path(target)
    root = _root(path.resolve().parent if path.is_file() else Path(start))
    sources = _sources(root) if root is not None else {}
    for name, source in sources.items():
        file = _file(root or path, source)
        if name == target or (path.is_file() and source.about.file and file.resolve() == path.resolve()):
            return _source(root or path, target, source, sources)
    if not path.is_file():
        known = ", ".join(sorted(sources))
        hint = f"give a text file, or one of the sources: {known}" if known else "give a text file"
        raise _problem(target, f"{target}: there is no such file, and no source of that name", hint)
    text = read_text(path, target)
    if _MARKUP.match(text):
        hint = f"make text of it with 'evsynth read --text {target} -o paper.txt', and scan that"
        raise _problem(target, f"{target} is an article in XML, not its text", hint)
    document = read_document(target, text)
    found = statistics(document)
    return _Target(Scanned(document, found, cache(partial(ledger, document, found))), target, (), held=False)


def _source(root: Path, target: str, source: Source, sources: dict[str, Source]) -> _Target:
    """Take a source of the review apart; its study files are read when the ledger is asked for."""
    from evsynth.review.texts import document_of, related

    document = document_of(source)
    if document is None:
        about = f"the source {source.about.source!r} is not held here ({source.about.licence})"
        raise _problem(target, about, "give the file itself, if you have it")
    shown = target if Path(target).is_file() else _file(root, source).relative_to(root).as_posix()
    account = cache(partial(_account, root, source.about.source))
    return _Target(Scanned(document, statistics(document), account), shown, related(sources, source), held=True)


def _account(root: Path, name: str) -> Ledger:
    from evsynth.build.ledger import scanned
    from evsynth.review.folder import open_folder

    return scanned(open_folder(root), [name])[name].ledger


def _root(start: Path) -> Path | None:
    try:
        return find_root(start)
    except Problems:
        return None  # a file outside any review is scanned by itself


def _sources(root: Path) -> dict[str, Source]:
    from evsynth.review.sources import read_sources

    return read_sources(root, [])


def _file(root: Path, source: Source) -> Path:
    return root / "corpora" / "sources" / (source.about.file or "")


def _problem(file: str, message: str, hint: str) -> Problems:
    return Problems((Finding("FILE", "error", file, Place(file), message, hint),))
