"""``statsbidrag settle``: visit files settled by a region's scheme."""

import sys
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

import click
from rich.console import Console, RenderableType
from rich.progress import Progress, TaskID

from statsbidrag.cli import rules_option
from statsbidrag.cli.screen import columns, drawn, is_piped, note
from statsbidrag.exchange.settlement.engines import ENGINES, EngineName, engine_named
from statsbidrag.exchange.settlement.lists import about, summed_up
from statsbidrag.exchange.settlement.settling import Settlement, settle_files
from statsbidrag.exchange.settlement.writing import write_settlement
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.clinics import read_clinics
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import grouped

_MANY_CLINICS = 40
_REFUSED_SHOWN = 10
_PATIENCE = 1.0


@click.command(name="settle")
@click.argument("scheme")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write the lists to this folder.")
@click.option("--lines", is_flag=True, help="With --out: also write every visit with what it came to and why.")
@click.option("--clinics", type=click.Path(path_type=Path, dir_okay=False), help="The region's own register.")
@click.option("--duplicates/--no-duplicates", default=True, show_default=True, help="Look for records handed in twice.")
@click.option("--engine", type=click.Choice(ENGINES), default="embedded", show_default=True)
@rules_option
def command(
    *,
    scheme: str,
    files: tuple[Path, ...],
    out: Path | None,
    lines: bool,
    clinics: Path | None,
    duplicates: bool,
    engine: EngineName,
    rules: Path,
) -> None:
    """Settle visit files (CSV or Parquet) by SCHEME: a name, such as orebro-2025, or the path of a file."""
    book = Rulebook(rules)
    ordered = book.scheme(scheme)
    register = read_clinics(clinics, ordered) if clinics else book.clinics(scheme, ordered)
    if lines and out is None:
        raise Fault("--lines", "Varje besök skrivs till en fil, inte på skärmen.", "Ange en mapp med --out.")
    with _Watch() as watch, closing(engine_named(engine, watch.report)) as started:
        settlement = settle_files(
            started, files, ordered, columns=book.visit_columns, clinics=register, duplicates=duplicates
        )
        written = write_settlement(settlement, register, out, lines=lines) if out else []
        parts = list(_shown(settlement, written, plain=is_piped()))
    click.echo(drawn(parts, plain=is_piped()), nl=False)
    if settlement.refused_rows:
        sys.exit(2)


class _Watch:
    """Shows on a terminal what is being done and how far it has come, once it has taken more than a moment."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._bar = Progress(console=Console(stderr=True), transient=True)
        self._task: TaskID | None = None

    def __enter__(self) -> "_Watch":
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def report(self, what: str, part: float | None) -> None:
        """Says what is being done, and how much of it is done."""
        if not self._bar.console.is_terminal or time.monotonic() - self._began < _PATIENCE:
            return
        if self._task is None:
            self._bar.start()
            self._task = self._bar.add_task(what)
        self._bar.update(self._task, description=what, total=None if part is None else 1.0, completed=part or 0.0)


def _shown(settlement: Settlement, written: list[Path], *, plain: bool) -> Iterator[RenderableType]:
    """The sums, what they rest on, and what was not settled."""
    scheme, intake = settlement.judge.scheme, settlement.intake
    by_clinic = len({month.clinic for month in settlement.months}) <= _MANY_CLINICS
    yield columns(summed_up(scheme, settlement.months, by_clinic=by_clinic), plain=plain)
    yield ""
    for what, says in about(scheme):
        yield note(what, says)
    for path in intake.same:
        yield note("Samma fil", f"{path} har samma innehåll som en tidigare fil och är läst en gång")
    if settlement.suspects is None:
        yield note("Obs", "dubbletter är inte sökta")
    yield note("Rader", f"{grouped(intake.total)} lästa, {grouped(settlement.refused_rows)} med fel och inte avräknade")
    yield from _refused(settlement)
    for path in written:
        yield note("Fil", str(path))


def _refused(settlement: Settlement) -> Iterator[RenderableType]:
    """The first values that kept rows from being settled."""
    for each in islice(settlement.refused(), _REFUSED_SHOWN) if settlement.refused_rows else ():
        place = f", {each.column}" if each.column else ""
        value = f"”{each.value}”. " if each.value else ""
        yield note("Fel", f"{each.file}, rad {each.line}{place}: {value}{each.why}")
    if settlement.refused_rows > _REFUSED_SHOWN:
        yield note("Fel", "och fler; alla skrivs till refused.csv med --out")
