"""`evsynth new`: a study file made from a PubMed record, and the record kept as its source."""

from __future__ import annotations

import re
from pathlib import Path

import click

from evsynth.cli.here import in_review
from evsynth.cli.records import records_of
from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.record import Record
from evsynth.review.files import sha256, write
from evsynth.review.folder import find_root
from evsynth.text import scaffold


@click.command("new", short_help="Make a study file.")
@click.argument("pmid", required=False, metavar="[PMID:NUMBER]")
@click.option("--record", "file", metavar="FILE", help="Take the record from a MEDLINE/NBIB file.")
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
    record, raw = _from_file(file) if file is not None else _from_pubmed(str(pmid))
    name = study or scaffold.study_id(record)
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name):
        raise click.UsageError(f"{name!r} is not an identifier: use lower-case letters, digits and hyphens")
    source = f"{name}-record"
    digest = sha256(raw)
    texts = {
        f"corpora/sources/{source}.txt": raw,
        f"corpora/sources/{source}.yaml": scaffold.sidecar_file(record, name, source, f"{source}.txt", digest).encode(),
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


def _from_file(file: str) -> tuple[Record, bytes]:
    reading, raw = records_of(file)
    if len(reading.records) != 1:
        listed = ", ".join(r.pmid or r.title[:40] for r in reading.records[:10])
        message = f"{file} holds {len(reading.records)} records ({listed}); one is needed"
        hint = "save the one record in a file of its own"
        raise Problems((Finding("RECORDS", "error", file, Place(file), message, hint),))
    return reading.records[0], raw


def _from_pubmed(text: str) -> tuple[Record, bytes]:
    from evsynth.cli import network
    from evsynth.sources.medline import read_one
    from evsynth.sources.pubmed import fetch_medline

    number = text.upper().removeprefix("PMID:").strip()
    with network.reported(text, "or use --record FILE"):
        found = fetch_medline([number], network.pubmed(), address=network.address())
        return read_one(found), found.encode()
