"""`evsynth new`: a study file made from a PubMed record, and the record kept as its source."""

from __future__ import annotations

import re
from pathlib import Path

import click

from evsynth.cli.here import in_review
from evsynth.cli.records import Given, one_record
from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import sha256, write
from evsynth.review.root import find_root
from evsynth.text import scaffold

_ENDS = re.compile(r"\b(?:1[5-9]|[2-9]\d)\d\d\b.*\.$")
"""MEDLINE text ends with the source, and that with a full stop somewhere after the year."""


@click.command("new", short_help="Make a study file.")
@click.argument("pmid", required=False, metavar="[PMID:NUMBER]")
@click.option("--record", "file", metavar="FILE", help="Take the record from a file of any format.")
@click.option("--study", metavar="ID", help="Identifier of the study (default: first author and year).")
@in_review
def command(pmid: str | None, file: str | None, study: str | None, start: str) -> None:
    """Make extractions/studies/ID.yaml from a PubMed record, and keep the record in corpora/sources.

    Give PMID:NUMBER to fetch the record from PubMed (NCBI_API_KEY and NCBI_EMAIL are read from the environment), or
    --record FILE. An existing file is never overwritten.
    """
    if (pmid is None) == (file is None):
        raise click.UsageError("give either PMID:NUMBER or --record FILE")
    root = find_root(Path(start))
    given = one_record(file) if file is not None else _from_pubmed(str(pmid))
    record = given.record
    name = study or scaffold.study_id(record)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name):
        raise click.UsageError(f"{name!r} is not an identifier: use lower-case letters, digits and hyphens")
    source = f"{name}-record"
    sidecar = scaffold.sidecar_file(record, name, source, sha256(given.raw), origin=given.origin)
    texts = {
        f"corpora/sources/{source}.txt": given.raw,
        f"corpora/sources/{source}.yaml": sidecar.encode(),
        f"extractions/studies/{name}.yaml": scaffold.study_file(record, name, source).encode(),
    }
    there = [path for path in texts if (root / path).exists()]
    if there:
        hint = "choose another name with --study ID, or edit the file that is there"
        message = f"{there[0]} is already there; nothing was written"
        raise Problems((Finding("EXISTS", "error", name, Place(there[0]), message, hint),))
    for path, text in texts.items():
        write(root / path, text)
        click.echo(f"{path}: written")
    click.echo(f"Next: open extractions/studies/{name}.yaml, add numbers, and run `evsynth check`.", err=True)


def _from_pubmed(text: str) -> Given:
    from datetime import UTC, datetime

    from evsynth.cli import ncbi
    from evsynth.sources.medline import read_one
    from evsynth.sources.pubmed import Nothing, fetch_medline
    from evsynth.sources.reading import ReadError
    from evsynth.sources.search.asking import TRIES
    from evsynth.sources.search.faults import PubMedError

    number = text.upper().removeprefix("PMID:").strip()
    with ncbi.reported(text, "or use --record FILE"):
        door = ncbi.pubmed(may_be_empty=True)
        nothing = 0
        for _ in range(TRIES):
            try:
                found = fetch_medline([number], door, address=ncbi.address())
                record = read_one(found)
            except Nothing:
                nothing += 1
                continue
            except ReadError:
                continue
            if record.pmid == number and record.owner and (_ENDS.search(record.source) or record.book.title):
                day = datetime.now(UTC).date().isoformat()
                origin = f"MEDLINE text of PMID {number}, from PubMed by the E-utilities, as received on {day}"
                return Given(record, found.encode(), origin)
        if nothing == TRIES:
            raise PubMedError(f"PubMed has no record of PMID {number}: asked {TRIES} times, it sent nothing. Check it.")
        raise PubMedError(f"PubMed sent half a record of PMID {number}, {TRIES} times. Try again later.")
    raise AssertionError("a record comes, or an error is reported")
