"""Takes a snapshot of a search: beside the finished ones until it is whole, and on from where it was interrupted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import sha256, write
from evsynth.review.keeping import Keeper, stored
from evsynth.review.lock import alone
from evsynth.review.searches import SearchFile, Snapshot, snapshots
from evsynth.sources.door import Door
from evsynth.sources.search.faults import PubMedError
from evsynth.sources.search.harvest import Progress, harvest
from evsynth.sources.search.snapshot import links_csv, manifest, records_csv

UNFINISHED = "unfinished.part"
"""Folder of a snapshot that is being taken; git ignores `*.part`."""


class Taken(NamedTuple):
    """A finished snapshot, and how many of its answers an interrupted run had kept already."""

    snapshot: Snapshot
    reused: int


class Begun(NamedTuple):
    """What a snapshot was begun with; one that is begun otherwise is not the same snapshot."""

    search: str
    address: str
    snapshot: str
    date: str
    studies: tuple[str, ...]


def take(
    root: Path,
    file: SearchFile,
    door: Door,
    *,
    address: str,
    date: str,
    now: Callable[[], str],
    progress: Progress,
    studies: Sequence[str] = (),
    fresh: bool = False,
) -> Taken:
    """Take a snapshot into corpora/searches/<name>/<date>/, or finish the one that was interrupted.

    Nothing stands under its final name before all of it is there. `fresh` gives up what was interrupted. Raises
    Problems SEARCH when PubMed fails (what came until then is kept), CHANGED_SEARCH when the search is no longer the
    one that was interrupted, BUSY when another run takes a snapshot of it at the same time.
    """
    name = file.search.search
    home = root / "corpora" / "searches" / name
    part = home / UNFINISHED
    wanted = Begun(sha256(file.raw), address, date, date, tuple(studies))
    with alone(home, f"corpora/searches/{name}"):
        try:
            if fresh and (part.exists() or part.is_symlink()):
                part.unlink() if part.is_symlink() or not part.is_dir() else shutil.rmtree(part)
            begun = _begun(part, wanted._replace(snapshot=_free(home, date)), name)
            if (home / begun.snapshot / "manifest.json").is_file():  # killed after the last step, before tidying up
                shutil.rmtree(part)
                return Taken(_named(root, name, begun.snapshot), 0)
            if (home / begun.snapshot).exists():  # something else has come to stand under its name
                begun = begun._replace(snapshot=_free(home, begun.date))
            reused = _finish(home, part, begun, file, door, now, progress)
        except OSError as error:
            place = Place(f"corpora/searches/{name}")
            message = f"the snapshot cannot be written: {error.strerror or error}"
            hint = (
                "look for room on the disk, for files in the way, and whether you may write there; then run it again, "
                "or begin anew with --fresh"
            )
            raise Problems((Finding("WRITE", "error", name, place, message, hint),)) from None
        return Taken(_named(root, name, begun.snapshot), reused)


def _finish(
    home: Path,
    part: Path,
    begun: Begun,
    file: SearchFile,
    door: Door,
    now: Callable[[], str],
    progress: Progress,
) -> int:
    """Ask for what is not there yet, write the texts, and give the snapshot its name; say how much was there."""
    making = part / "snapshot"
    (making / "responses").mkdir(parents=True, exist_ok=True)
    keeper = Keeper(making / "responses", part / "journal.jsonl", door, now)
    name = file.search.search
    try:
        taken = harvest(file.search, keeper, begun.address, progress, begun.studies)
        keeper.drop_unused()
        for answer in keeper.used.values():
            stored(keeper.responses, answer)
    except (PubMedError, ValueError) as error:
        if isinstance(error, Problems):
            raise
        place = Place(f"corpora/searches/{name}/search.yaml")
        hint = f"what has come is kept: `evsynth search run {name}` goes on from there, with --fresh it begins anew"
        raise Problems((Finding("SEARCH", "error", name, place, str(error), hint),)) from None
    if file.search.source == "PubMed citations":
        write(making / "links.csv", links_csv(taken.links).encode())
    write(making / "records.csv", records_csv(taken.rows).encode())
    write(making / "search.yaml", file.raw)
    text = manifest(file.search, begun.snapshot, begun.date, begun.studies, taken, keeper.used.values())
    write(making / "manifest.json", text.encode())
    making.replace(home / begun.snapshot)
    shutil.rmtree(part)
    return keeper.reused


def interrupted(root: Path, name: str) -> str | None:
    """Give the day on which an unfinished snapshot of a search was begun, or None."""
    begun = _read(root / "corpora" / "searches" / name / UNFINISHED / "begun.json")
    return begun.date if begun else None


def _begun(part: Path, wanted: Begun, name: str) -> Begun:
    """Go on with what was begun, or note what is begun now."""
    found = _read(part / "begun.json")
    if found is None:
        shutil.rmtree(part, ignore_errors=True)
        write(part / "begun.json", (json.dumps(wanted._asdict(), indent=1) + "\n").encode())
        return wanted
    if (found.search, found.address, found.studies) == (wanted.search, wanted.address, wanted.studies):
        return found
    if not (part / "journal.jsonl").is_file():  # nothing had come yet, so nothing is given up
        shutil.rmtree(part)
        return _begun(part, wanted, name)
    compared = (
        ("search.yaml", found.search == wanted.search),
        ("the address that is asked", found.address == wanted.address),
        ("what it starts from", found.studies == wanted.studies),
    )
    changed = next(what for what, same in compared if not same)
    place = Place(f"corpora/searches/{name}/search.yaml")
    message = f"the snapshot begun on {found.date} was interrupted, and {changed} is another since"
    hint = f"undo the change to finish it, or begin anew with `evsynth search run {name} --fresh`"
    raise Problems((Finding("CHANGED_SEARCH", "error", name, place, message, hint),))


def _read(path: Path) -> Begun | None:
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return Begun(**{**data, "studies": tuple(data["studies"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _free(home: Path, date: str) -> str:
    """Give the first name of a day that no snapshot has."""
    number = 1
    while (home / (name := date if number == 1 else f"{date}-{number}")).exists():
        number += 1
    return name


def _named(root: Path, search: str, name: str) -> Snapshot:
    return next(s for s in snapshots(root, search) if s.name == name)
