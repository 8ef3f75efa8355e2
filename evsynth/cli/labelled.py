"""Labelled files for the verbs that screen: entering their labels as decisions, and simulating with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from evsynth.cli.records import records_of
from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.found import Found

if TYPE_CHECKING:
    from evsynth.review.screening import Desk
    from evsynth.sources.screening.decisions import Answer
    from evsynth.sources.screening.labels import Labelled
    from evsynth.sources.screening.ranking import Ranker


class Entered(NamedTuple):
    """How many decisions were new, stood already, or were missing in the file; and what could not be entered."""

    new: int
    standing: int
    unseen: int
    notes: tuple[Finding, ...]


class Simulated(NamedTuple):
    """What simulations on one file gave, run by run."""

    file: str
    records: int
    relevant: int
    unlabelled: int
    wss95: tuple[float, ...]
    recall10: tuple[float, ...]

    @property
    def mean_wss95(self) -> float:
        return sum(self.wss95) / len(self.wss95)

    @property
    def mean_recall10(self) -> float:
        return sum(self.recall10) / len(self.recall10)


def labelled(file: str) -> list[Labelled]:
    """Read a labelled file. Raises Problems for a file or a label that cannot be read, or a file without any label."""
    from evsynth.sources.screening.labels import COLUMNS, columns_of, label_of

    reading, _ = records_of(file)
    found = []
    columns = columns_of(reading.records)
    for number, record in enumerate(reading.records, 1):
        try:
            found.append(label_of(record, columns))
        except ValueError as error:
            hint = "write 1, 0 or nothing"
            raise Problems((Finding("LABEL", "error", file, Place(file), f"record {number}: {error}", hint),)) from None
    if reading.failures:
        failures = [Finding("RECORD", "error", file, Place(file, f.line), f.message, f.hint) for f in reading.failures]
        raise Problems(tuple(failures))
    if all(one.relevant is None for one in found):
        message = f"no record of {file} has a label"
        hint = f"a table needs a column {' or '.join(COLUMNS[:3])}; RIS needs notes such as ASReview_relevant"
        raise Problems((Finding("LABEL", "error", file, Place(file), message, hint),))
    return found


def enter_labels(desk: Desk, file: str, by: str, at: str) -> Entered:
    """Enter the labels of a file as one person's decisions on titles and abstracts."""
    from evsynth.review.screening import decide_all
    from evsynth.sources.screening.decisions import Decision, last

    found = labelled(file)
    ids = _matched(desk, found)
    wanted: dict[tuple[str, ...], tuple[Answer, str]] = {}
    notes: list[Finding] = []
    disputed: set[tuple[str, ...]] = set()
    for number, (one, id_) in enumerate(zip(found, ids, strict=True), 1):
        if one.relevant is None:
            continue
        title = (one.record.title or one.record.book.title)[:80]
        if not id_:
            message = f"record {number} is no record of this review: {title!r}"
            notes.append(_concern(file, message, "import the file that it came from, or leave it"))
            continue
        answer: Answer = "include" if one.relevant else "exclude"
        report = desk.groups.of[id_]
        if wanted.setdefault(report, (answer, id_))[0] != answer and report not in disputed:
            disputed.add(report)
            message = f"record {number} has another label than a duplicate of it in the file: {title!r}"
            notes.append(
                _concern(file, message, f"no label is entered; say it yourself: `evsynth screen decide {id_} …`")
            )
    known = last(desk.decisions)
    made: list[Decision] = []
    new = standing = 0
    for report, (answer, id_) in wanted.items():
        if report in disputed:
            continue
        own = [d for i in report if (d := known.get(("abstract", i), {}).get(by))]
        wrong = [d.record for d in own if (d.answer == "exclude") != (answer == "exclude")]
        made += [Decision(at, "abstract", r, answer, "", f"from {file}", by) for r in (wrong if own else [id_])]
        new += bool(wrong or not own)
        standing += bool(own and not wrong)
    decide_all(desk, made)
    return Entered(new, standing, sum(one.relevant is None for one in found), tuple(notes))


def _concern(file: str, message: str, hint: str) -> Finding:
    return Finding("LABEL", "concern", file, Place(file), message, hint)


def _matched(desk: Desk, found: Sequence[Labelled]) -> list[str]:
    """Find the records of the review: by our id where the file prints it, otherwise as duplicates are found."""
    from evsynth.sources.duplicates.links import find_links

    ids = [one.id if one.id in desk.found else "" for one in found]
    unknown = [Found("\n", str(at), one.record) for at, one in enumerate(found) if not ids[at]]
    if unknown:
        for link in find_links([*desk.found.values(), *unknown]).links:
            sides = [side.startswith("\n:") for side in link.pair]
            if link.answer == "same" and sum(sides) == 1:
                at = int(link.pair[sides.index(True)].removeprefix("\n:"))
                ids[at] = ids[at] or link.pair[sides.index(False)]
    return ids


def ranker(texts: Sequence[str]) -> Ranker:
    """Make the ranker. Raises Problems EXTRA where scikit-learn is missing, NO_WORDS where the texts share no words."""
    from evsynth.sources.screening.ranking import Ranker

    try:
        return Ranker(texts)
    except ModuleNotFoundError:
        message, hint = "ranking needs scikit-learn", "pip install 'evsynth[screening]', or leave --ranked out"
        raise Problems((Finding("EXTRA", "error", "", Place("evsynth"), message, hint),)) from None
    except ValueError:
        message, hint = "the records share no words, so nothing can be learnt", "leave --ranked out"
        raise Problems((Finding("NO_WORDS", "error", "", Place("corpora"), message, hint),)) from None


def simulated(file: str, runs: int, progress: Callable[[int, int], object]) -> Simulated:
    """Simulate screening of a labelled file. Raises Problems LABEL where it has too few labels of a kind."""
    from evsynth.sources.screening.ranking import text_of
    from evsynth.sources.screening.simulation import simulate

    found = labelled(file)
    known = [one for one in found if one.relevant is not None]
    relevant = [bool(one.relevant) for one in known]
    made = ranker([text_of(one.record) for one in known])
    try:
        results = [simulate(made, relevant, seed, progress) for seed in range(runs)]
    except ValueError as error:
        hint = "simulate with a file of a finished screening"
        raise Problems((Finding("LABEL", "error", file, Place(file), str(error), hint),)) from None
    measured = tuple(r.wss95 for r in results), tuple(r.recall10 for r in results)
    return Simulated(file, len(known), sum(relevant), len(found) - len(known), *measured)
