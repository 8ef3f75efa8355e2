"""How a harvest asks: by a name under which the answer is kept, with the check that the answer must pass."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from evsynth.sources.door import Door, DoorError, Request, Response
from evsynth.sources.search.faults import NotWhole, PubMedError

T = TypeVar("T")

TRIES = 3
"""So often is an answer asked for that comes, but is not whole."""


class Ask(Protocol):
    """Anything that gives checked answers by name; a name that was answered before is not asked again."""

    def __call__(self, name: str, request: Request, check: Callable[[Response], T], /) -> T: ...

    def forget(self, names: Iterable[str], /) -> None:
        """Drop the answers kept under these names."""


class Direct:
    """An `Ask` that keeps nothing."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def __call__(self, name: str, request: Request, check: Callable[[Response], T], /) -> T:
        return through(self._door, request, check)[1]

    def forget(self, names: Iterable[str], /) -> None:
        """There is nothing to forget."""


def named(request: Request) -> str:
    """Name a question by its address and form: `efetch-0c3d…`; the same question has the same name."""
    utility = request.url.rsplit("/", 1)[-1].removesuffix(".fcgi")
    text = "\n".join([request.url, *(f"{key}={value}" for key, value in request.form)])
    return f"{utility}-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def through(door: Door, request: Request, check: Callable[[Response], T]) -> tuple[Response, T]:
    """Ask through a door until the answer passes its check; `PubMedError` if it does not, or none comes."""
    for left in range(TRIES - 1, -1, -1):
        try:
            response = door(request)
        except DoorError as error:
            hint = "Check the connection, and run it again."
            raise PubMedError(f"PubMed was not reached: {error}. {hint}") from error
        try:
            return response, check(response)
        except NotWhole:
            if not left:
                raise
    raise AssertionError("the last try ends in an answer or an error")
