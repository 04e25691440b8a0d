"""``statsbidrag play``: a whole round, with every list, letter and file that it makes."""

from pathlib import Path

import click

from statsbidrag.cli import rules_option
from statsbidrag.cli.screen import progress
from statsbidrag.cycle.ledger import LEDGER_ACCOUNTS
from statsbidrag.play.papers.desk import Desk
from statsbidrag.play.published import papers, printed, publish
from statsbidrag.play.round import play
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.made_up import MADE_UP


@click.command(name="play")
@click.argument("year", type=int)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write to this folder [out/YEAR].")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives another behaviour.")
@rules_option
def command(year: int, out: Path | None, seed: int, rules: Path) -> None:
    """Play a whole round with made-up but plausible behaviour of the real recipients."""
    folder = out or Path("out") / str(year)
    desk = play(Rulebook(rules), year, seed)
    made = papers(desk)
    publish(progress(printed(desk, made), len(made), "Brev, listor och filer"), folder)
    click.echo(f"{MADE_UP}\n")
    click.echo(_balance_sheet(desk))
    click.echo(f"\n{len(made)} filer i {folder}, i ordning från 1-allocation till 9-account.")


def _balance_sheet(desk: Desk) -> str:
    """Where the pot is at the end of the round; the accounts add up to it."""
    ledger = desk.returning.ledger
    lines = [f"Balansräkning för omgång {ledger.year}"]
    held = {LEDGER_ACCOUNTS[name].capitalize(): kronor for name, kronor in ledger.totals().items() if kronor}
    lines += [f"{name:<28}{in_words(kronor):>20}" for name, kronor in held.items()]
    lines.append(f"{'Summa, lika med potten':<28}{in_words(sum(held.values())):>20}")
    return "\n".join(lines)
