"""From a document to findings, without an extraction.

Every module with `CODES` in the folders beside this one is a check: its function of the same name takes a `Reading` and
gives findings with these codes. To add a check, add such a module.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pkgutil import iter_modules

from evsynth.checks import scanned
from evsynth.checks.scanned.causes import one_cause
from evsynth.checks.scanned.reading import Reading, Registered, reading
from evsynth.model.finding import Finding, order
from evsynth.scan.document import Document


def _registered() -> Iterator[Registered]:
    """Import the modules of every folder, by name, and give the checks among them."""
    for folder in iter_modules(scanned.__path__, f"{scanned.__name__}."):
        for module in iter_modules(import_module(folder.name).__path__) if folder.ispkg else ():
            check = import_module(f"{folder.name}.{module.name}")
            if hasattr(check, "CODES"):
                yield Registered(getattr(check, module.name), check.CODES)


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
    return one_cause(spread(_run_on(reading(document, related)), CHECKS))


def judge_all(documents: tuple[Document, ...]) -> tuple[Finding, ...]:
    """Judge documents of one study, each with the others related to it, reading each once."""
    read = [reading(document) for document in documents]
    found: list[Finding] = []
    for one in read:
        among = one._replace(related=tuple(other for other in read if other is not one))
        found += one_cause(in_turn(_run_on(among), CHECKS))
    return tuple(sorted(found, key=order))


def _run_on(subject: Reading) -> Run:
    """Give what runs a check on a document; one that fails on it says so in a note, and the others are not lost."""

    def run(check: Registered) -> list[Finding]:
        try:
            return list(check.run(subject))
        except Exception as error:
            name = check.run.__name__.replace("_", " ")
            failed = subject.finding(
                "CHECK_FAILED", "note",
                f"the check '{name}' failed on this text and says nothing about it ({error!r})",
                "a mistake of ours; please send us the text, or the sentence that causes it",
                quotes=((0, min(1, len(subject.document.text))),),
            )  # fmt: skip
            return [failed]

    return run


__all__ = ["CHECKS", "Reading", "Registered", "judge", "judge_all", "reading"]
