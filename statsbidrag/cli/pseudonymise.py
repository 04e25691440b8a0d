"""``statsbidrag pseudonymise``: an extract made ready at the region, before anything is uploaded."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from statsbidrag.cli import rules_option
from statsbidrag.cli.screen import drawn, is_piped, note
from statsbidrag.exchange import encodings
from statsbidrag.exchange.extract_columns import ExtractColumns
from statsbidrag.exchange.pseudonymising import Pseudonymised, Wishes, pseudonymise
from statsbidrag.exchange.pseudonyms import KEY_VARIABLE, PseudonymKey, read_same
from statsbidrag.exchange.text_files import DELIMITERS, TextFile, open_text
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import grouped


@click.command(name="pseudonymise")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Write this CSV.")
@click.option("--child", required=True, metavar="COLUMN", help="The column with the child's personal number.")
@click.option("--family", default="", metavar="COLUMN", help="The column with a number that links siblings.")
@click.option("--visited", default="", metavar="COLUMN", help="The day of the visit; adds child_months, the age then.")
@click.option("--born", default="", metavar="COLUMN", help="The day of birth, or the expected one; does not leave.")
@click.option("--protected", default="", metavar="COLUMN", help="The mark of protected identities; does not leave.")
@click.option("--drop", "dropped", multiple=True, metavar="COLUMN", help="A column that does not leave; repeatable.")
@click.option(
    "--same", type=click.Path(path_type=Path, dir_okay=False), help="CSV of numbers of one person: earlier,now."
)
@click.option("--rekey", type=click.Path(path_type=Path, dir_okay=False), help="With --same: write old,new pseudonyms.")
@rules_option
def command(*, file: Path, out: Path, same: Path | None, rekey: Path | None, rules: Path, **columns: Any) -> None:
    """Turn personal numbers in FILE (CSV) into pseudonyms, with the key in STATSBIDRAG_PSEUDONYM_KEY."""
    if (same is None) != (rekey is None):
        raise Fault("--same och --rekey", "De hör ihop.", "Ange båda: vilka nummer som är ett, och filen att skriva.")
    if same and same.resolve() in (out.resolve(), rekey and rekey.resolve()):
        raise Fault(str(same), "Två av filerna är samma.", "Ange olika namn för det som läses och det som skrivs.")
    book = Rulebook(rules)
    key = PseudonymKey(os.environ.get(KEY_VARIABLE, ""), book.pseudonyms)
    today = datetime.now(SWEDISH_TIME).date()
    wishes = Wishes(key, book.pseudonyms, today, read_same(same, today) if same else {})
    opened = open_text(file)
    done = pseudonymise(opened, ExtractColumns(**columns), wishes, out=out, rekey=rekey)
    click.echo(drawn(_told(opened, done, key.mark), plain=is_piped()), nl=False)
    for path in filter(None, (out, rekey)):
        click.echo(drawn([note("Fil", str(path))], plain=is_piped()), nl=False)


def _told(file: TextFile, done: Pseudonymised, mark: str) -> Iterator[Text]:
    """What was read and what became of it; nothing of what stands in the rows."""
    between = DELIMITERS[file.delimiter]
    yield note("Läst", f"{file.path}, {encodings.IN_WORDS[file.encoding]}, {between} mellan värdena")
    yield note("Rader", f"{grouped(done.rows)} med pseudonymer")
    yield note("Kolumner", ", ".join(done.headings))
    yield note("Nyckelns märke", f"{mark}; det ska vara samma varje gång")
    if done.expected:
        yield note("Före födseln", f"{grouped(done.expected)} rader har pseudonym efter familjens nummer")
    if done.protected:
        yield note("Skyddade personuppgifter", f"{grouped(done.protected)} rader; märkningen är inte med i filen")
    if done.replaced:
        yield note("Byts ut", f"{grouped(done.replaced)} tidigare pseudonymer")
