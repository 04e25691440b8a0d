"""``statsbidrag verify``: a played round is recomputed from the rules and compared, file by file."""

import sys
from pathlib import Path

import click

from statsbidrag.cli import rules_option
from statsbidrag.cli.screen import progress
from statsbidrag.play.verifying import deviations, played_again
from statsbidrag.rulebook.book import Rulebook

_MOST_SHOWN = 20


@click.command(name="verify")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@rules_option
def command(folder: Path, rules: Path) -> None:
    """Recompute a played round from the rules and compare."""
    desk, made = played_again(folder, Rulebook(rules))
    checked = list(progress(deviations(folder, desk, made), len(made), "Jämför"))
    found = [deviation for deviation in checked if deviation]
    for deviation in found[:_MOST_SHOWN]:
        click.echo(f"{folder / deviation.path}: {deviation.why}", err=True)
    if found:
        click.echo(
            f"{len(found)} filer avviker från reglerna. Spela omgången på nytt eller ta reda på varför.", err=True
        )
        sys.exit(2)
    click.echo(f"Alla {len(made)} filer är de som reglerna ger, och huvudboken går jämnt ut.")
