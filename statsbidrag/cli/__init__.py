"""The command line: one module a command, loaded by name, so that the command starts at once.

Everything said to a person is Swedish; names of options and ``--help`` are English.
"""

import importlib
import sys
from pathlib import Path

import click

from statsbidrag.cli.messages import in_swedish
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.terms.faults import Fault, suggestion

COMMANDS = {
    "check": "Check every rule file; with --coverage, which rules and tests show each statement.",
    "allocate": "Divide a round's pot into a ceiling per recipient.",
    "form": "Try a form: its questions, or what a set of answers leads to.",
    "play": "Play a whole round with made-up but plausible behaviour of the real recipients.",
    "pseudonymise": "Turn personal numbers in an extract into pseudonyms, before anything is uploaded.",
    "serve": "Serve the e-service; with --demonstration on made-up data.",
    "settle": "Settle visit files by a region's scheme.",
    "verify": "Recompute a played round from the rules and compare, or check the e-service's record.",
}


class _Commands(click.Group):
    """Finds a command by its name and imports only that one's module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        if cmd_name not in COMMANDS:
            hint = suggestion(cmd_name, COMMANDS)
            raise Fault(f"statsbidrag {cmd_name}", "Kommandot finns inte.", f"{hint}Välj bland: {', '.join(COMMANDS)}.")
        command: click.Command = importlib.import_module(f"statsbidrag.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="statsbidrag", message="%(prog)s %(version)s")
def group() -> None:
    """Run a Swedish state grant from the pot to the joint account."""


rules_option = click.option(
    "--rules",
    type=click.Path(path_type=Path, file_okay=False),
    default=SHIPPED,
    help="Read the rules from this folder instead of the shipped one.",
)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line; what a person can put right ends with exit status 2 and says what to do."""
    try:
        group.main(arguments, prog_name="statsbidrag", standalone_mode=False)
    except click.exceptions.Exit as ended:
        sys.exit(ended.exit_code)
    except click.Abort:
        click.echo("Avbrutet.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        click.echo(in_swedish(error), err=True)
        sys.exit(2)
    except Fault as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except OSError as error:  # a disk that fills up, or a file that was taken away while it was read
        place = error.filename or "statsbidrag"
        click.echo(f"{place}: Det gick inte att läsa eller skriva. Kontrollera filen, mappen och disken.", err=True)
        sys.exit(2)
