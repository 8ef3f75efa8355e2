"""The command `evsynth`: verbs are loaded when they are called, so that help is instant."""

from __future__ import annotations

import importlib
import io
import sys
from typing import Any

import click

from evsynth import __version__

VERBS = {
    "init": "Start a review in a new folder.",
    "new": "Make a study file from a PubMed record.",
    "read": "Show, convert or keep records and full texts.",
    "search": "Search PubMed and keep what it finds.",
    "duplicates": "Link records that describe one report.",
    "screen": "Screen records in the terminal; conflicts, agreement, ranking.",
    "flow": "Show the PRISMA 2020 flow of records.",
    "snowball": "Rank what the included studies cite and are cited by.",
    "corpus": "Keep all of PubMed on this machine, and ask it.",
    "fetch": "Fetch single records, or an openly licensed full text.",
    "scan": "Scan the text of a paper: statistics, findings, number ledger.",
    "check": "Check extractions: quotes, values, arithmetic.",
    "reanalyse": "Recompute every reported result from what is printed.",
    "ipd": "Run the analyses papers report on a table of patients.",
    "feasible": "Ask whether any data can print a study's summaries.",
    "survival": "Rebuild patients from a digitised survival curve.",
    "build": "Check, select, pool; write every output and the page.",
    "show": "Show a result.",
    "trace": "Follow a result down to the quotes it rests on.",
    "cite": "Print a result so that it can be cited.",
    "verify": "Recompute a cited result and compare.",
    "pool": "Pool a plain table, outside any review.",
    "sensitivity": "Ask what the answer of a table or a pool hangs on.",
    "bias": "Look for small-study effects in a table.",
    "nma": "Compare several treatments (network meta-analysis).",
    "compare": "Show what each method profile prints.",
    "schema": "Write the JSON Schemas that editors use.",
}


class Verbs(click.Group):
    """A group whose commands live in evsynth.cli.<verb> and are imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"evsynth.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="evsynth")
def cli() -> None:
    """Evidence synthesis in which every pooled number resolves to the quote it came from."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line. Ends with 0, or 1 and a message for the user's mistake; our bugs keep their traceback."""
    from evsynth.cli.printing import printing

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    with printing():
        code = _ended(arguments)
    sys.exit(code)


def _ended(arguments: list[str] | None) -> int:
    """Run the command, say what the user can mend, and give the exit code."""
    from evsynth.model.finding import Problems

    try:
        code: Any = cli.main(args=arguments, standalone_mode=False)
    except Problems as problems:
        from evsynth.cli.shown import lines

        click.echo("\n".join(lines(problems.findings)), err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return 1
    except click.Abort:
        click.echo("interrupted", err=True)
        return 130
    return code if isinstance(code, int) else 0
