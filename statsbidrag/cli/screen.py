"""What a command shows on the screen: tables, notes and reasons, in colour for people and plain when piped."""

import io
import sys
from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from statsbidrag.exchange.tables import Table, as_seen
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import NO_BREAK_SPACE
from statsbidrag.terms.sources import Library

_ENDLESS = 1000
_INDENT = 3


def drawn(parts: Iterable[RenderableType], *, plain: bool) -> str:
    """Gives what stands on the screen as one text; plain has no colour, no frames and lines that never break."""
    paper = io.StringIO()
    width = _ENDLESS if plain else None
    console = Console(file=paper, force_terminal=not plain, no_color=plain, width=width, highlight=False)
    for part in parts:
        console.print(part, markup=False, emoji=False)
    text = paper.getvalue()
    if plain:
        text = "\n".join(line.rstrip() for line in text.replace(NO_BREAK_SPACE, " ").split("\n"))
    return text


def is_piped() -> bool:
    """Tells whether what is shown goes to a file or another program instead of a person."""
    return not sys.stdout.isatty()


def grid(table: Table, *, plain: bool) -> Grid:
    """A list as columns on the screen, amounts to the right."""
    shown = Grid(title=table.title, title_justify="left", box=None if plain else box.SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        shown.add_column(column.heading, justify="right" if column.kind in ("kronor", "number", "percent") else "left")
    for row in table.rows:
        shown.add_row(*(Text(as_seen(cell, column)) for cell, column in zip(row, table.columns, strict=True)))
    return shown


def note(what: str, says: str) -> Text:
    """One line of what the reader must know."""
    return Text.assemble((f"{what}: ", "bold"), says)


def reasons(because: Because, library: Library) -> Iterator[RenderableType]:
    """Every step of a reason, indented by its depth, with its source and the source's own words, or our assumption."""
    for depth, step in because.walk():
        indent = (0, 0, 0, _INDENT * depth)
        ends = f": {step.figure}" if step.figure and step.figure not in step.says else ""
        yield Padding(Text(f"{step.says}{ends}", style="" if depth else "bold"), indent)
        for ground in _grounds(step, library):
            yield Padding(ground, (0, 0, 0, _INDENT * (depth + 1)))


def _grounds(step: Because, library: Library) -> Iterator[Text]:
    if step.cites:
        quote = library.statements[step.cites].quote
        yield Text(f"Källa: {library.place(step.cites)}: ”{quote}” ({step.cites})", style="cyan")
    if step.assumption:
        yield Text(f"Antagande: {step.assumption}", style="yellow")
