"""From a document to findings, without an extraction.

Every module with `CODES` in the folders beside this one is a check: its function of the same name takes a `Reading` and
gives findings with these codes. To add a check, add such a module.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from evsynth.checks import scanned
from evsynth.checks.scanned.causes import one_cause
from evsynth.checks.scanned.reading import Check, Reading, reading
from evsynth.model.finding import Finding, order
from evsynth.scan.document import Document

READERS = "facts"
"""The folder whose modules only read; no check stands there."""


class Registered(NamedTuple):
    """A check, known by its module, which is imported when the check is first asked for."""

    module: str

    @property
    def name(self) -> str:
        """What the module and its function are called."""
        return self.module.rpartition(".")[2]

    @property
    def run(self) -> Check:
        """The check; one that finds nothing where the module is no check."""
        return getattr(import_module(self.module), self.name, _nothing) if self.codes else _nothing

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that it can give; none where the module is no check."""
        return getattr(import_module(self.module), "CODES", ())


def _nothing(_: Reading) -> Iterator[Finding]:
    return iter(())


def _registered() -> Iterator[Registered]:
    """List the modules of every folder of checks, by name."""
    for top in scanned.__path__:
        for folder in iter_modules([top]):
            if folder.ispkg and folder.name != READERS:
                for module in iter_modules([f"{top}/{folder.name}"]):
                    yield Registered(f"{scanned.__name__}.{folder.name}.{module.name}")


CHECKS: tuple[Registered, ...] = tuple(_registered())

Run = Callable[[Registered], list[Finding]]
Spread = Callable[[Run, Sequence[Registered]], list[Finding]]
"""How the checks are run on a document: one after the other, or shared out by whoever has processes to give."""


def in_turn(run: Run, checks: Sequence[Registered]) -> list[Finding]:
    """Run the checks one after the other."""
    return [finding for check in checks for finding in run(check)]


def judge(document: Document, related: tuple[Document, ...] = (), spread: Spread = in_turn) -> tuple[Finding, ...]:
    """Run every check on a document and give the findings by place.

    `related` are other documents of the same study (abstract page, record, summary) that it is compared with.
    """
    return _judged(reading(document, related), spread)


def judge_all(documents: tuple[Document, ...]) -> tuple[Finding, ...]:
    """Judge documents of one study, each with the others related to it, reading each once."""
    read = [reading(document) for document in documents]
    found: list[Finding] = []
    for one in read:
        found += _judged(one._replace(related=tuple(other for other in read if other is not one)), in_turn)
    return tuple(sorted(found, key=order))


def _judged(subject: Reading, spread: Spread) -> tuple[Finding, ...]:
    return one_cause(spread(_run_on(subject), CHECKS))


def _run_on(subject: Reading) -> Run:
    """Give what runs a check on a document; one that fails on it says so in a note, and the others are not lost."""

    def run(check: Registered) -> list[Finding]:
        try:
            return list(check.run(subject))
        except Exception as error:
            failed = subject.finding(
                "CHECK_FAILED", "note",
                f"the check '{check.name.replace('_', ' ')}' failed on this text and says nothing about it ({error!r})",
                "a mistake of ours; please send us the text, or the sentence that causes it",
                quotes=((0, min(1, len(subject.document.text))),),
            )  # fmt: skip
            return [failed]

    return run


__all__ = ["CHECKS", "Reading", "Registered", "in_turn", "judge", "judge_all", "reading"]
