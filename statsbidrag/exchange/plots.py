"""Diagrams as SVG, made on the server: bars side by side and shares of a whole, readable without colour.

A page shows each above the table with its numbers. What is hidden, since it is about few, is hatched and says so; its
bar has the same length whatever it hides. No style is inline, so that a strict content policy lets them through.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from lxml import etree

from statsbidrag.exchange.markup import Element, Markup
from statsbidrag.terms.kronor import NO_BREAK_SPACE, decimal_comma, grouped

Hidden = Literal["few", "protected"]
Value = int | Hidden

HIDDEN_WORDS: dict[Hidden, str] = {"few": "färre än 5", "protected": "visas inte"}
_SVG = Markup("http://www.w3.org/2000/svg")
# On white the ink has a contrast of 16:1, the grey of 6:1 and the sea of 8:1.
_INK, _GREY, _SEA, _WHITE = "#1c2628", "#50605f", "#0d5560", "#ffffff"
_FONT = "Inter, Helvetica Neue, Arial, sans-serif"
_WIDTH, _SIDE, _ROOM, _BAR, _GAP, _TOP = 360, 122, 82, 14, 10, 8
_LINE = 17
_HIDDEN_LENGTH = 28
_LETTERS_A_LINE = 16


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, such as ”planerade besök”, with a value for each row of the plot."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A diagram's title, its rows and one or two series; of two the first is drawn as an outline and the second filled.

    id   unique on the page; letters, digits and hyphens
    """

    id: str
    title: str
    rows: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        if len(self.series) not in (1, 2) or any(len(each.values) != len(self.rows) for each in self.series):
            raise ValueError("a plot has one or two series, with a value for every row")


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many; either may be hidden."""

    name: str
    part: Value
    whole: Value

    @property
    def exact(self) -> Fraction | None:
        """The share, or None where it is hidden or there is nothing to share."""
        if isinstance(self.part, int) and isinstance(self.whole, int) and self.whole:
            return Fraction(self.part, self.whole)
        return None

    @property
    def says(self) -> str:
        """The share in words: ”62 %”, ”färre än 5”."""
        if self.exact is not None:
            return f"{decimal_comma(100 * self.exact, 0)}{NO_BREAK_SPACE}%"
        if self.whole == 0:
            return "inga"
        return HIDDEN_WORDS[self.part if isinstance(self.part, str) else "protected"]


def said(value: Value) -> str:
    """Writes a value as the table does: ”1 204”, ”färre än 5”."""
    return grouped(value) if isinstance(value, int) else HIDDEN_WORDS[value]


def bars(plot: Plot) -> str:
    """Gives bars side by side as SVG: visits by month or clinic, or planned against done at each place."""
    canvas = _Canvas(plot.id, plot.title, _bars_described(plot))
    if len(plot.series) == 2:
        canvas.key(plot.series[0].name, filled=False)
        canvas.key(plot.series[1].name, filled=True)
    values = [value for series in plot.series for value in series.values if isinstance(value, int)]
    most = max([1, *values])
    for place, name in enumerate(plot.rows):
        canvas.row(name, len(plot.series))
        for number, series in enumerate(plot.series, 1):
            value = series.values[place]
            length = Fraction(value, most) if isinstance(value, int) else None
            canvas.bar(length, said(value), filled=number == len(plot.series))
    return canvas.drawn()


def shares(id: str, title: str, rows: Sequence[Share]) -> str:
    """Gives each share of its whole as SVG: two professions, accepted of offered."""
    told = ". ".join(f"{row.name}: {row.says}" for row in rows)
    canvas = _Canvas(id, title, f"Andelar av en helhet. {told}. Talen står i tabellen under.")
    for row in rows:
        canvas.row(row.name, 1)
        canvas.bar(Fraction(0) if row.whole == 0 else row.exact, row.says, filled=True, whole=True)
    return canvas.drawn()


class _Canvas:
    """Draws downwards, row by row, and knows how high it has become."""

    def __init__(self, id: str, title: str, description: str) -> None:
        self.id, self.title, self.description = id, title, description
        self.y, self.key_x = _TOP, 0
        self.parts: list[Element] = []

    def key(self, name: str, *, filled: bool) -> None:
        """Tells what an outlined or a filled bar is, above the bars."""
        self.parts += (
            self._rect(self.key_x + 1, _TOP, 22, filled=filled),
            self._text(self.key_x + 30, _TOP + 12, name),
        )
        self.key_x += 46 + 8 * len(name)
        self.y = _TOP + _BAR + 14

    def row(self, name: str, bars: int) -> None:
        """Begins a row with its name, on as many lines as it needs."""
        lines = list(_lines(name))
        for number, line in enumerate(lines):
            self.parts.append(self._text(0, self.y + 12 + _LINE * number, line))
        self.bar_y = self.y
        self.y += max(bars * (_BAR + 4), len(lines) * _LINE) + _GAP

    def bar(self, length: Fraction | None, says: str, *, filled: bool, whole: bool = False) -> None:
        """Draws a bar with what it says to the right of it; one without a length is hidden, and hatched."""
        room = _WIDTH - _SIDE - _ROOM
        wide = _HIDDEN_LENGTH if length is None else round(length * room)
        if whole:
            self.parts.append(self._rect(_SIDE, self.bar_y, room, filled=False))
        if length is None or wide:
            self.parts.append(self._rect(_SIDE, self.bar_y, wide, filled=filled, hatched=length is None))
        self.parts.append(self._text(_SIDE + (room if whole else wide) + 7, self.bar_y + 12, says))
        self.bar_y += _BAR + 4

    def drawn(self) -> str:
        """The whole picture, with its title and description for those who hear it."""
        root = _SVG(
            "svg",
            _SVG("title", self.title, id=f"{self.id}-title"),
            _SVG("desc", self.description, id=f"{self.id}-desc"),
            _SVG("defs", self._hatching()),
            _SVG("path", d=f"M{_SIDE - 1} {_TOP if not self.key_x else _TOP + _BAR + 8}V{self.y - 4}", stroke=_GREY),
            *self.parts,
            **{"class": "plot", "role": "img", "aria-labelledby": f"{self.id}-title {self.id}-desc"},
            width=str(_WIDTH),
            height=str(self.y),
            viewBox=f"0 0 {_WIDTH} {self.y}",
        )
        return etree.tostring(root, encoding="unicode")

    def _hatching(self) -> Element:
        line = _SVG("path", d="M0 6L6 0M-1 1L1 -1M5 7L7 5", stroke=_SEA, **{"stroke-width": "1.5"})
        size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse"}
        return _SVG("pattern", _SVG("rect", width="6", height="6", fill=_WHITE), line, id=f"{self.id}-hatch", **size)

    def _rect(self, x: int, y: int, width: int, *, filled: bool, hatched: bool = False) -> Element:
        fill = f"url(#{self.id}-hatch)" if hatched else _SEA if filled else _WHITE
        dashes = {"stroke-dasharray": "3 2"} if hatched else {}
        box = {"x": str(x), "y": str(y + 1), "width": str(width), "height": str(_BAR - 2)}
        return _SVG("rect", **box, fill=fill, stroke=_SEA, **{"stroke-width": "1.5"}, **dashes)

    @staticmethod
    def _text(x: int, y: int, text: str) -> Element:
        look = {"font-family": _FONT, "font-size": "14", "fill": _INK}
        return _SVG("text", text, x=str(x), y=str(y), **look)


def _bars_described(plot: Plot) -> str:
    told = [f"Stapeldiagram med {len(plot.rows)} rader: {' och '.join(each.name for each in plot.series)}"]
    for series in plot.series:
        known = [(value, name) for value, name in zip(series.values, plot.rows, strict=True) if isinstance(value, int)]
        if known:
            most, where = max(known, key=lambda pair: pair[0])
            told.append(f"Flest {series.name}: {grouped(most)}, {where}")
    if any(isinstance(value, str) for series in plot.series for value in series.values):
        told.append("Streckade staplar döljer små tal")
    return ". ".join([*told, "Talen står i tabellen under."])


def _lines(name: str) -> Iterator[str]:
    """Breaks a name into lines that fit beside the bars."""
    line = ""
    for word in name.split():
        if line and len(line) + 1 + len(word) > _LETTERS_A_LINE:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line
