"""Lists that can be sorted: a heading leads to the same list, sorted by its column, or the other way round."""

from dataclasses import dataclass
from urllib.parse import urlencode

from statsbidrag.portal.middleware import Request

# What an address says of the order, and of what has just been done; the rest of what is asked for is kept.
_NOT_KEPT = frozenset({"ordna", "fallande", "registrerad"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, where it leads to sort by it (nowhere where it is empty), and how it is sorted now."""

    text: str
    address: str = ""
    figures: bool = False
    sorted: str = ""


def sorting(request: Request, column: str, text: str, *, by: str, falling: bool, figures: bool = False) -> Heading:
    """Gives a heading that leads to the list sorted by its column; ``by`` is the column that it is sorted by now."""
    now = column == by
    kept = {name: value for name, value in request.GET.items() if name not in _NOT_KEPT}
    query = {**kept, "ordna": column, **({"fallande": "1"} if now and not falling else {})}
    order = ("descending" if falling else "ascending") if now else ""
    return Heading(text, f"?{urlencode(query)}", figures, order)
