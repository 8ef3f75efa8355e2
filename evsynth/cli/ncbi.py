"""The door to NCBI as the environment sets it up: NCBI_EMAIL, NCBI_API_KEY, and another address for trials."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from evsynth.model.finding import Finding, Place, Problems

if TYPE_CHECKING:
    from stamina.instrumentation import RetryDetails

    from evsynth.sources.door import Door, Response

PAUSES = {False: 0.35, True: 0.11}
"""Seconds between requests without and with a key: fewer than 3 and than 10 a second."""


def address() -> str:
    """Give the address of the E-utilities; EVSYNTH_EUTILITIES names another one, such as a local server."""
    from evsynth.sources.search.eutilities import ADDRESS

    given = os.environ.get("EVSYNTH_EUTILITIES", "").strip().rstrip("/")
    if given and not given.startswith(("http://", "https://")):
        message = f"EVSYNTH_EUTILITIES is {given!r}, which is no address"
        hint = "write it with http:// or https://, or unset it to ask PubMed"
        place = Place("EVSYNTH_EUTILITIES")
        raise Problems((Finding("VALUE", "error", "EVSYNTH_EUTILITIES", place, message, hint),))
    return given or ADDRESS


def pubmed(*, may_be_empty: bool = False) -> Door:
    """Open the door. The key goes in here and nowhere else: no request, file, log or message holds it.

    Asked for plain text, PubMed answers a number that it does not have with nothing; with `may_be_empty` that is not
    waited for.
    """
    from stamina.instrumentation import set_on_retry_hooks

    from evsynth.sources import door
    from evsynth.sources.search.faults import passing

    set_on_retry_hooks([_say])
    key = os.environ.get("NCBI_API_KEY", "").strip()
    said = (("tool", "evsynth"), ("email", os.environ.get("NCBI_EMAIL", "").strip()), ("api_key", key))
    if not dict(said)["email"]:
        click.echo("note: NCBI_EMAIL is not set, so NCBI cannot write to you before it blocks your requests", err=True)
    who = tuple((name, value) for name, value in said if value)
    pause = PAUSES[bool(key)]

    def again(response: Response) -> bool:
        return passing(response) and not (may_be_empty and response.status == 200 and not response.body.strip())

    return door.open_door(who=who, pause=pause, turn=_turns(bool(key), pause), again=again)


def _turns(key: bool, pause: float) -> Callable[[], None]:
    """Take turns with the other programs of this user that ask the same server; say once where that cannot be."""
    from evsynth.review.turns import home, take_turn

    host = address().split("/")[2].rpartition("@")[2]
    name = f"{re.sub('[^A-Za-z0-9.]+', '-', host)}{'-key' if key else ''}.turn"
    alone = not pause

    def turn() -> None:
        nonlocal alone
        if alone:
            return
        try:
            take_turn(home() / name, pause)
        except (OSError, RuntimeError) as error:
            alone = True
            said = "runs at the same time share no limit, and together may ask too often; run one after the other"
            click.echo(f"note: {said} ({error})", err=True)

    return turn


def _say(details: RetryDetails) -> None:
    """Say why it takes longer."""
    click.echo(f"asking again in {details.wait_for:.1f} s: {details.caused_by}", err=True)


@contextmanager
def reported(subject: str, hint: str) -> Iterator[None]:
    """Turn what PubMed failed to give, or a number that is none, into a finding."""
    from evsynth.sources.search.faults import PubMedError

    try:
        yield
    except Problems:
        raise
    except (PubMedError, ValueError) as error:
        raise Problems((Finding("PUBMED", "error", subject, Place(subject), str(error), hint),)) from None
