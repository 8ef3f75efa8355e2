"""Enters what searches by hand exported: the file goes to corpora/imports, a line about it to the log of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.found import Way
from evsynth.model.reporting import Reporting
from evsynth.review.files import read_bytes, read_text, sha256, write
from evsynth.review.lock import alone
from evsynth.review.logs import add_lines
from evsynth.review.records import IMPORTS, imported
from evsynth.review.searches import SearchFile, open_search, searches, snapshots
from evsynth.sources.formats.any_format import read
from evsynth.sources.reading import ReadError, Reading
from evsynth.sources.search.exports import COLUMNS, Export, cells, read_exports, runs
from evsynth.sources.search.paragraph import Told
from evsynth.text.log import read_log
from evsynth.text.read import read as read_form

REPORTING = "corpora/searches/reporting.yaml"


class Entered(NamedTuple):
    """What was entered, the records of it that cannot be read, and what is worth a look."""

    exports: tuple[Export, ...]
    notes: tuple[Finding, ...]


def open_exports(root: Path, name: str) -> tuple[Export, ...]:
    """Read what was entered for a search by hand. Raises Problems LOG."""
    shown = f"corpora/searches/{name}/exports.csv"
    if not (root / shown).is_file():
        return ()
    return read_exports(read_log(read_text(root / shown, shown), shown, COLUMNS))


def enter(
    root: Path,
    file: SearchFile,
    given: Sequence[Path],
    *,
    date: str,
    by: str,
    hits: int | None,
    note: str,
    entered: str,
) -> Entered:
    """Enter the files of one run, or that nothing was found; all of them or none.

    Raises Problems SEARCH for a search that is not by hand, EXPORT for files that do not fit, RECORDS for one that
    cannot be read at all, WRITE or BUSY.
    """
    search = file.search
    home = f"corpora/searches/{search.search}"
    if search.source != "by hand":
        hint = f"run it with `evsynth search run {search.search}`, or write `source: by hand`"
        raise _problem("SEARCH", search.search, f"{home}/search.yaml", f"{search.source} is searched by evsynth", hint)
    readings = [(path, read_bytes(path, str(path))) for path in given]
    counted = [(path, raw, _read(raw, str(path))) for path, raw in readings]
    total = sum(len(reading.records) + len(reading.failures) for _, _, reading in counted)
    if not given and hits != 0:
        raise _problem("EXPORT", search.search, home, "no file is given", "name the export, or say --hits 0")
    if hits is not None and hits != total and not note:
        message = f"the source showed {hits} records, and the export holds {total}"
        hint = "export the rest too and name all files at once; or say why with --because, such as 'the first 200'"
        raise _problem("EXPORT", search.search, str(given[0]) if given else home, message, hint)
    with alone(root / "corpora" / "searches", "corpora/searches"):
        known = {export.sha256: export for export in open_exports(root, search.search) if export.file}
        exports, notes = [], []
        given_before: set[str] = set()
        for path, raw in readings:
            if twice := known.get(digest := sha256(raw)):
                message = f"these very bytes were entered on {twice.entered} as {twice.file}"
                raise _problem("EXPORT", search.search, str(path), message, "is it the right file?")
            if digest in given_before:
                message = "these very bytes are given twice"
                raise _problem("EXPORT", search.search, str(path), message, "name each file once")
            given_before.add(digest)
        for path, raw, reading in counted:
            target = _target(root, file, path, raw)
            if not (root / target).is_file():
                _copy(root, home, target, raw)
            size = len(reading.records), len(reading.failures)
            exports.append(Export(date, by, target, *size, hits, sha256(raw), entered, note))
            notes += [
                Finding("RECORD", "error", target, Place(target, f.line), f.message, f.hint) for f in reading.failures
            ]
            notes += [
                Finding("RECORD_DOUBT", "note", target, Place(target, d.line), d.message, "look at it in the file")
                for d in reading.doubts
            ]
        lines = exports or [Export(date, by, "", 0, 0, 0, "", entered, note)]
        if not exports and (date, by) in {(e.date, e.by) for e in open_exports(root, search.search) if not e.file}:
            message = f"that {by} found nothing on {date} is noted already"
            raise _problem("EXPORT", search.search, f"{home}/exports.csv", message, "is it the right day?")
        add_lines(root, home, "exports", COLUMNS, [cells(export) for export in lines])
    return Entered(tuple(exports), tuple(notes))


def told(root: Path) -> tuple[Told, ...]:
    """Read every search of the review with its snapshots or exports."""
    return tuple(tell(root, name) for name in searches(root))


def tell(root: Path, name: str) -> Told:
    """Read a search with its snapshots or exports."""
    search = open_search(root, name).search
    if search.source == "by hand":
        return Told(search, (), runs(open_exports(root, name)))
    return Told(search, tuple(snapshot.manifest for snapshot in snapshots(root, name)))


def reporting(root: Path) -> Reporting:
    """Read what the review says of all its searches; nothing where there is no such file."""
    if not (root / REPORTING).is_file():
        return Reporting.model_validate({})
    return read_form(Reporting, read_text(root / REPORTING, REPORTING), REPORTING)[0]


def found_nothing(root: Path, sources: Collection[str]) -> dict[str, Way]:
    """Give the searches that were run and held no record, with their way; `sources` are those that did."""
    found: dict[str, Way] = {}
    for name in searches(root):
        search = open_search(root, name).search
        if search.source == "by hand":
            exports = open_exports(root, name)
            empty = bool(exports) and not any(Path(e.file).stem in sources for e in exports if e.file)
        else:
            empty = name not in sources and bool(snapshots(root, name))
        if empty:
            found[name] = search.way
    return found


class Described(NamedTuple):
    """Which search each imported file belongs to, and what does not fit between log and files."""

    searches: dict[str, str]
    notes: tuple[Finding, ...]


def described(root: Path) -> Described:
    """Say of each import (by the name of its file, without ending) which search found it, and what does not fit."""
    found: dict[str, str] = {}
    notes: list[Finding] = []
    known: set[str] = set()
    for name in searches(root):
        if open_search(root, name).search.source != "by hand":
            if not snapshots(root, name):
                message, hint = f"the search {name!r} has not been run yet", f"run it with `evsynth search run {name}`"
                place = Place(f"corpora/searches/{name}/search.yaml")
                notes.append(Finding("NO_SNAPSHOT", "note", name, place, message, hint))
            continue
        exports = open_exports(root, name)
        if not exports:
            message, hint = (
                f"the search {name!r} has no export yet",
                f"enter it with `evsynth search import {name} FILE`",
            )
            notes.append(Finding("EXPORT", "note", name, Place(f"corpora/searches/{name}/search.yaml"), message, hint))
        for export in (one for one in exports if one.file):
            known.add(export.file)
            found[Path(export.file).stem] = name
            notes += _compared(root, name, export)
    for path, _ in imported(root):
        if (shown := path.relative_to(root).as_posix()) not in known:
            message = "its records are counted, but no search says how and when they were found"
            hint = "describe it with `evsynth search new NAME --by-hand`, then enter it with `evsynth search import`"
            notes.append(Finding("EXPORT", "note", path.stem, Place(shown), message, hint))
    return Described(found, tuple(notes))


def _compared(root: Path, name: str, export: Export) -> Iterable[Finding]:
    hint = f"bring back the file that was entered, or enter the new one with `evsynth search import {name}`"
    if not (root / export.file).is_file():
        yield Finding("EXPORT", "concern", name, Place(export.file), "the file that was entered is gone", hint)
    elif sha256((root / export.file).read_bytes()) != export.sha256:
        yield Finding("EXPORT", "concern", name, Place(export.file), "it is not the file that was entered", hint)


def _target(root: Path, file: SearchFile, path: Path, raw: bytes) -> str:
    """Give the place of an export: where it is, if that is among the imports, otherwise a name that is free."""
    search = file.search
    folder = IMPORTS if search.way == "database" else f"{IMPORTS}/other"
    here = path.resolve()
    if here.parent == (root / folder).resolve():
        return f"{folder}/{path.name}"
    if (root / IMPORTS).resolve() in here.parents:
        message = f"records found by {search.method} belong to {folder}"
        raise _problem(
            "EXPORT", search.search, str(path), message, f"move the file there, or correct `method:` of {search.search}"
        )
    stems = {p.stem: p for p, _ in imported(root)}
    suffix = "" if path.suffix == ".part" else path.suffix  # a browser's; among the imports it means half a file
    number = 1
    while (stem := search.search if number == 1 else f"{search.search}-{number}") in stems:
        same = stems[stem]  # a run that was killed before it wrote the log left the file
        if same.parent == root / folder and same.suffix == suffix and same.read_bytes() == raw:
            break
        number += 1
    return f"{folder}/{stem}{suffix}"


def _copy(root: Path, home: str, target: str, raw: bytes) -> None:
    """Write beside the log and rename: half a file among the imports would be read as one of them."""
    beside = root / home / f"{Path(target).name}.part"
    write(beside, raw)
    try:
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        beside.replace(root / target)
    except OSError as error:
        message, hint = f"{target} cannot be written: {error.strerror or error}", "look whether you may write there"
        raise _problem("WRITE", target, target, message, hint) from None


def _read(raw: bytes, shown: str) -> Reading:
    try:
        return read(raw)
    except ReadError as error:
        place = Place(shown, error.line)
        raise Problems((Finding("RECORDS", "error", shown, place, error.message, error.hint),)) from None


def _problem(code: str, subject: str, place: str, message: str, hint: str) -> Problems:
    return Problems((Finding(code, "error", subject, Place(place), message, hint),))
