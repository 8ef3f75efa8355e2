"""Builds a corpus: reads what is new of PubMed's files, then finds out which versions count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from evsynth.build.corpus.current import files, write_superseded
from evsynth.build.corpus.one_file import Outcome
from evsynth.build.corpus.scheduler import NoScheduler
from evsynth.build.corpus.sources import PART, is_read, sources, words_of
from evsynth.build.corpus.spread import Lost, spread
from evsynth.build.corpus.words import read_with_words
from evsynth.model.finding import Finding, Place, Problems


class Built(NamedTuple):
    """What a build did: files there were, outcomes of those that were read now, rows that do not count any more."""

    files: int
    outcomes: tuple[Outcome, ...]
    superseded: int


def build_corpus(
    folders: Sequence[Path],
    corpus: Path,
    *,
    workers: int = 1,
    scheduler: str = "",
    progress: Callable[[int, int], object] = lambda done, of: None,
) -> Built:
    """Read PubMed's files below the folders into a corpus. A build that was interrupted goes on where it was.

    A file that cannot be read stands in its outcome, and whatever was read of it before is taken away. Raises Problems
    CORPUS.
    """
    corpus.mkdir(parents=True, exist_ok=True)
    found = sources([folder.absolute() for folder in folders], corpus.absolute())
    for left in corpus.glob(f"*{PART}"):
        left.unlink(missing_ok=True)
    missing = [source for source in found if not is_read(source)]
    targets = {source.path: Path(source.target) for source in missing}
    outcomes: list[Outcome] = []
    progress(len(found) - len(missing), len(found))
    try:
        for outcome in spread(read_with_words, missing, workers=workers, scheduler=scheduler):
            if outcome.problem:
                targets[outcome.path].unlink(missing_ok=True)
                words_of(targets[outcome.path]).unlink(missing_ok=True)
            outcomes.append(outcome)
            progress(len(found) - len(missing) + len(outcomes), len(found))
    except NoScheduler as error:
        raise Problems((Finding("CORPUS", "error", corpus.name, Place(str(corpus)), str(error), error.hint),)) from None
    except Lost as error:
        hint = "look at the memory of the workers; what was read stays, and the next build goes on"
        raise Problems((Finding("CORPUS", "error", corpus.name, Place(str(corpus)), str(error), hint),)) from None
    return Built(len(files(corpus)), tuple(sorted(outcomes)), write_superseded(corpus))
