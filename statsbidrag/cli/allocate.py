"""``statsbidrag allocate``: the round's list of ceilings, why one is what it is, and what differs from another year."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click
from rich.console import RenderableType

from statsbidrag.cli import rules_option
from statsbidrag.cli.children import children_table, municipalities
from statsbidrag.cli.recipients import recipient_named
from statsbidrag.cli.screen import columns, drawn, is_piped, note, reasons
from statsbidrag.cycle import Allocation, allocate
from statsbidrag.cycle.comparison import Comparison, compare
from statsbidrag.exchange.allocation_list import AllocationList
from statsbidrag.exchange.files import write_whole
from statsbidrag.exchange.spreadsheet import as_xlsx
from statsbidrag.exchange.statistics import as_children_csv
from statsbidrag.exchange.tables import as_csv, as_json
from statsbidrag.rulebook.book import Rulebook, fingerprint
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Recipient

_FILE = click.Path(path_type=Path, dir_okay=False)
_EXISTING_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.command(name="allocate")
@click.argument("year", type=int)
@click.option(
    "--children", "files", type=_EXISTING_FILE, multiple=True, help="Our CSV, or SCB's three JSON-stat tables."
)
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "xlsx", "json"]), default="table", show_default=True
)
@click.option("--why", "name", help="Explain one recipient's ceiling: its name, the beginning of it, or its code.")
@click.option("--compare", "other", type=int, metavar="YEAR", help="Split the difference from that year by cause.")
@click.option("--out", type=_FILE, help="Write to this file instead of the screen.")
@click.option("--save-children", type=_FILE, help="Keep the children table as a CSV of ours.")
@rules_option
def command(
    *,
    year: int,
    files: tuple[Path, ...],
    form: str,
    name: str | None,
    other: int | None,
    out: Path | None,
    save_children: Path | None,
    rules: Path,
) -> None:
    """Divide a round's pot into a ceiling per recipient."""
    if name is not None and form != "table":
        raise Fault(f"--why --format {form}", "En förklaring skrivs bara som text.", "Ta bort --format eller --why.")
    if form == "xlsx" and out is None and not is_piped():
        raise Fault("--format xlsx", "Ett kalkylblad går inte att visa på skärmen.", "Ange en fil med --out.")
    book, plain = Rulebook(rules), out is not None or is_piped()
    listed = _listed(book, year, files)
    comparison = None if other is None else compare(_allocation(book, other), listed.allocation, (other, year))
    if name is None:
        content = _list(listed, comparison, form, plain=plain)
    else:
        recipient = recipient_named(name, book.recipients, f"--why {name}")
        content = drawn(_reasons(listed, comparison, recipient), plain=plain).encode()
    if save_children:
        write_whole(save_children, as_children_csv(listed.allocation.table, municipalities(book)))
    if out:
        write_whole(out, content)
    else:
        click.echo(content, nl=False)


def _listed(book: Rulebook, year: int, files: Sequence[Path]) -> AllocationList:
    return AllocationList(
        _allocation(book, year, files),
        year,
        book.library,
        fingerprint=book.fingerprint(year),
        children_fingerprint=fingerprint(files) if files else "",
    )


def _allocation(book: Rulebook, year: int, files: Sequence[Path] = ()) -> Allocation:
    rules = book.round(year).allocation
    return allocate(rules, book.recipients, children_table(book, rules, files))


def _list(listed: AllocationList, comparison: Comparison | None, form: str, *, plain: bool) -> bytes:
    table, name, facts = listed.table(), "shares", listed.facts()
    if comparison:
        table, name, facts = listed.compared(comparison), "changes", facts | {"compared_with": comparison.years[0]}
    if form == "csv":
        return as_csv(listed.open_data(table))
    if form == "json":
        return as_json(table, name=name, facts=facts)
    if form == "xlsx":
        return as_xlsx(table, created=date(listed.year, 1, 1))
    notes = (note(what, says) for what, says in listed.notes())
    return drawn([columns(table, plain=plain), *notes], plain=plain).encode()


def _reasons(listed: AllocationList, comparison: Comparison | None, recipient: Recipient) -> Iterator[RenderableType]:
    """Why one recipient has its ceiling, and where another year is named, why that one differs."""
    allocation = listed.allocation
    found = [allocation.because(share) for share in allocation.shares if share.recipient == recipient]
    if comparison:
        found += [comparison.because(change) for change in comparison.changes if change.recipient == recipient]
    if not found:
        why = f"{recipient.name} har inget belopp i listan för {listed.year}."
        raise Fault("--why", why, "Ange ett annat år, eller jämför med ett genom --compare ÅR.")
    for because in found:
        yield from reasons(because, listed.library)
    yield from (note(what, says) for what, says in listed.trust())
