"""Which record of a visit stands: the later one of a child, clinic, day and place; and who else claims the visit."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from statsbidrag.region.models import Visit

# How a visit is written here: clinic, day, child and place, which tell one from another, and then what it says.
VISIT_FIELDS = (
    "clinic_id", "date", "child", "place", "child_months", "professions", "kva_codes", "family", "municipality",
    "contacts", "other_funding",
)  # fmt: skip
_KEY = 4
_AT_A_TIME = 5_000


@dataclass(slots=True)
class _Record:
    """A record of a visit: an old one has an id, a new one a line in its file."""

    values: tuple[Any, ...]
    id: int | None
    line: int
    from_file: bool
    replaced: bool
    elsewhere: bool
    altered: bool = False


class Records:
    """The records of some children in a region's year, and those that are to be added."""

    def __init__(self, region: str, year: int, children: Collection[str]) -> None:
        self._by_key: dict[tuple[Any, ...], list[_Record]] = defaultdict(list)
        self._by_day: dict[tuple[Any, ...], list[_Record]] = defaultdict(list)
        self._all: list[_Record] = []
        wanted = sorted(children)
        for start in range(0, len(wanted), _AT_A_TIME):
            found = Visit.objects.filter(region=region, year=year, child__in=wanted[start : start + _AT_A_TIME])
            for row in found.order_by("id").values_list(
                *VISIT_FIELDS, "id", "line", "file_id", "replaced", "also_elsewhere"
            ):
                clinic, day, *others, id, line, file, replaced, elsewhere = row
                values = (clinic, day.isoformat(), *others)
                self._put(_Record(values, id, line, file is not None, replaced, elsewhere))

    def add(self, values: tuple[Any, ...], line: int) -> bool:
        """Adds a record from a file, and tells whether it says something that the last file did not."""
        before = self._by_key[values[:_KEY]]
        last = next((one for one in reversed(before) if one.from_file), None)
        if last and last.values == values:
            return False
        for one in before:
            one.altered |= not one.replaced
            one.replaced = True
        new = _Record(values, None, line, from_file=True, replaced=False, elsewhere=False)
        for other in self._by_day[_day(values)]:
            if not other.replaced and other.values[0] != values[0]:
                other.altered |= not other.elsewhere
                other.elsewhere = new.elsewhere = True
        self._put(new)
        return True

    def new(self) -> Iterator[tuple[Any, ...]]:
        """Gives the added ones as they are stored: what they say, their line, and what became of them."""
        for one in self._all:
            if one.id is None:
                yield (*one.values, one.line, one.replaced, one.elsewhere)

    def alter_old(self) -> None:
        """Stores what has become of those that were here before."""
        altered = [(one.id, one) for one in self._all if one.id and one.altered]
        _set([id for id, one in altered if one.replaced], replaced=True)
        _set([id for id, one in altered if one.elsewhere], also_elsewhere=True)

    def _put(self, record: _Record) -> None:
        self._all.append(record)
        self._by_key[record.values[:_KEY]].append(record)
        self._by_day[_day(record.values)].append(record)


def _day(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return values[1], values[2]


def _set(ids: list[int], **what: bool) -> None:
    for start in range(0, len(ids), _AT_A_TIME):
        Visit.objects.filter(pk__in=ids[start : start + _AT_A_TIME]).update(**what)
