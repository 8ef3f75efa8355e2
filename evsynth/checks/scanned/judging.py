"""From a document to findings, without an extraction.

Every module with `CODES` in the folders beside this one is a check: its function of the same name takes a `Reading` and
gives findings with these codes. To add a check, add such a module.
"""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from evsynth.checks import scanned
from evsynth.checks.scanned.causes import one_cause
from evsynth.checks.scanned.reading import Reading, Registered, reading
from evsynth.checks.scanned.shared_out import shared_out
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


def judge(document: Document, related: tuple[Document, ...] = ()) -> tuple[Finding, ...]:
    """Run every check on a document and give the findings by place.

    `related` are other documents of the same study (abstract page, record, summary) that it is compared with.
    """
    return one_cause(_found(reading(document, related)))


def judge_at_once(document: Document, related: tuple[Document, ...] = ()) -> tuple[Finding, ...]:
    """Give what `judge` gives, with the checks shared out among processes, for a person who waits."""
    subject = reading(document, related)
    size = len(document.text)
    return one_cause(shared_out(lambda check: list(_of_one(check, subject)), CHECKS, size))


def judge_all(documents: tuple[Document, ...]) -> tuple[Finding, ...]:
    """Judge documents of one study, each with the others related to it, reading each once."""
    read = [reading(document) for document in documents]
    found: list[Finding] = []
    for one in read:
        found += one_cause(_found(one._replace(related=tuple(other for other in read if other is not one))))
    return tuple(sorted(found, key=order))


def _found(subject: Reading) -> Iterator[Finding]:
    for check in CHECKS:
        yield from _of_one(check, subject)


def _of_one(check: Registered, subject: Reading) -> Iterator[Finding]:
    """Run a check; one that fails on a text says so in a note, and the others are not lost."""
    try:
        yield from tuple(check.run(subject))
    except Exception as error:
        name = check.run.__name__.replace("_", " ")
        yield subject.finding(
            "CHECK_FAILED", "note", f"the check '{name}' failed on this text and says nothing about it ({error!r})",
            "a mistake of ours; please send us the text, or the sentence that causes it",
            quotes=((0, min(1, len(subject.document.text))),),
        )  # fmt: skip


__all__ = ["CHECKS", "Reading", "Registered", "judge", "judge_all", "judge_at_once", "reading"]
