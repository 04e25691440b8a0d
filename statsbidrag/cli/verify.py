"""``statsbidrag verify``: a played round against the rules, or the e-service's record against itself."""

import sys
from pathlib import Path

import click

from statsbidrag.cli import rules_option
from statsbidrag.cli.screen import progress
from statsbidrag.play.verifying import deviations, played_again
from statsbidrag.portal.checking import checked
from statsbidrag.rulebook.book import Rulebook

_MOST_SHOWN = 20


@click.command(name="verify")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@click.option("--database", is_flag=True, help="Check the e-service's diary and ledger; so does leaving out FOLDER.")
@click.option("--link", default="", help="The hash of a link from an earlier check; it must still be in the chain.")
@click.option("--demonstration", is_flag=True, help="The database is a demonstration's.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="The folder of the embedded database.")
@rules_option
def command(folder: Path | None, rules: Path, **database: bool | str | Path | None) -> None:
    """Recompute a played round from the rules and compare, or check the e-service's record."""
    if folder is not None:
        _verify_folder(folder, rules)
    if database["database"] or folder is None:
        _verify_database(str(database["link"]), bool(database["demonstration"]), database["data"])


def _verify_folder(folder: Path, rules: Path) -> None:
    desk, made = played_again(folder, Rulebook(rules))
    compared = list(progress(deviations(folder, desk, made), len(made), "Jämför"))
    found = [deviation for deviation in compared if deviation]
    for deviation in found[:_MOST_SHOWN]:
        click.echo(f"{folder / deviation.path}: {deviation.why}", err=True)
    if found:
        click.echo(
            f"{len(found)} filer avviker från reglerna. Spela omgången på nytt eller ta reda på varför.", err=True
        )
        sys.exit(2)
    click.echo(f"Alla {len(made)} filer är de som reglerna ger, och huvudboken går jämnt ut.")


def _verify_database(link: str, demonstration: bool, data: object) -> None:
    check = checked(link, demonstration=demonstration, data=data if isinstance(data, Path) else None)
    for found in check.breaks[:_MOST_SHOWN]:
        click.echo(str(found), err=True)
    if check.breaks:
        click.echo(f"{len(check.breaks)} fel. Ändra inget; ta reda på vad som har hänt.", err=True)
        sys.exit(2)
    click.echo(
        f"Diariet håller ihop: {check.documents} handlingar, {check.erased} gallrade. "
        f"Huvudboken går jämnt ut: {check.postings} poster.\n"
        f"Kedjans sista länk är {check.last_link}. Spara den; nästa gång: verify --link {check.last_link[:8]}…"
    )
