"""What a command shows on the screen: tables, notes and reasons, in colour for people and plain when piped."""

import io
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.progress import track
from rich.table import Table as Grid
from rich.text import Text

from statsbidrag.exchange.tables import Table, as_seen
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import NO_BREAK_SPACE
from statsbidrag.terms.sources import Library

T = TypeVar("T")

_ENDLESS = 1000
_INDENT = 3
_NARROWEST_TEXT = 16


def drawn(parts: Iterable[RenderableType], *, plain: bool) -> str:
    """Gives what stands on the screen as one text; plain has no colour, no frames and lines that never break.

    A list that needs more room than the screen has takes it: an amount is never cut.
    """
    paper = io.StringIO()
    width = _ENDLESS if plain else None
    console = Console(file=paper, force_terminal=not plain, no_color=plain, width=width, highlight=False)
    for part in parts:
        needed = console.measure(part).minimum if isinstance(part, Grid) else 0
        console.print(part, markup=False, emoji=False, crop=False, width=max(console.width, needed))
    text = paper.getvalue()
    if plain:
        text = "\n".join(line.rstrip() for line in text.replace(NO_BREAK_SPACE, " ").split("\n"))
    return text


def is_piped() -> bool:
    """Tells whether what is shown goes to a file or another program instead of a person."""
    return not sys.stdout.isatty()


def columns(table: Table, *, plain: bool) -> RenderableType:
    """A list as columns, amounts to the right."""
    return Text("\n".join(_aligned(table))) if plain else _grid(table)


def note(what: str, says: str) -> Text:
    """One line of what the reader must know."""
    return Text.assemble((f"{what}: ", "bold"), says)


def reasons(because: Because, library: Library) -> Iterator[RenderableType]:
    """Every step of a reason, indented by its depth, with its source and the source's own words, or our assumption."""
    for depth, step in because.walk():
        indent = (0, 0, 0, _INDENT * depth)
        yield Padding(Text(_with_figure(step), style="" if depth else "bold"), indent, expand=False)
        for ground in _grounds(step, library):
            yield Padding(ground, (0, 0, 0, _INDENT * (depth + 1)), expand=False)


def _with_figure(step: Because) -> str:
    """The sentence, and its figure where the sentence does not already say that very number."""
    return f"{step.says}: {step.unsaid}" if step.unsaid else step.says


def _grounds(step: Because, library: Library) -> Iterator[Text]:
    if step.cites:
        quote = library.statements[step.cites].quote
        yield Text(f"Källa: {library.place(step.cites)}: ”{quote}” ({step.cites})", style="cyan")
    if step.assumption:
        yield Text(f"Antagande: {step.assumption}", style="yellow")


def _aligned(table: Table) -> Iterator[str]:
    """The title, the headings and every row, each column as wide as its widest cell."""
    cells = [[as_seen(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    lines = [[column.heading for column in table.columns], *cells]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    sides = ["<" if column.kind == "text" else ">" for column in table.columns]
    yield table.title
    for line in lines:
        yield "  ".join(f"{cell:{side}{width}}" for cell, side, width in zip(line, sides, widths, strict=True))


def _grid(table: Table) -> Grid:
    """The same on a screen: names fold where it is narrow, an amount never does."""
    shown = Grid(title=table.title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_edge=False)
    for place, column in enumerate(table.columns):
        widest = max((len(as_seen(row[place], column)) for row in table.rows), default=0)
        if column.kind == "text":
            shown.add_column(column.heading, min_width=min(widest, _NARROWEST_TEXT), overflow="fold")
        else:
            heading = max(len(word) for word in column.heading.split())
            shown.add_column(column.heading, justify="right", min_width=max(widest, heading))
    for row in table.rows:
        shown.add_row(*(Text(as_seen(cell, column)) for cell, column in zip(row, table.columns, strict=True)))
    return shown


def progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """Passes items on and shows on a terminal how far they have come; a pipe sees nothing of it."""
    screen = Console(stderr=True)
    yield from track(items, what, total, console=screen, transient=True, disable=not screen.is_terminal)
