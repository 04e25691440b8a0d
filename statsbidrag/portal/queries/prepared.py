"""Questions that are put in every request: written as any other, but turned into SQL once instead of every time.

Turning a question into SQL takes ten times as long as the database takes to answer it. A prepared one keeps the SQL
and what makes the answer into Python's values, so that it reads the same on SQLite and on PostgreSQL.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# What stands in a question where a value will stand: of the kinds that our columns hold.
YEAR = 31_999
EARLIER_YEAR = 31_998
RECIPIENT = "the recipient"
TEXT = "the text"
ID = 2_000_000_011
MOMENT = datetime(1, 1, 2, tzinfo=UTC)

_Converters = Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]
_Kind = TypeVar("_Kind", bound=Model)


class Prepared:
    """A question with places for values: ``Prepared(lambda: Round.objects.filter(pk=YEAR).values_list("opened"))``.

    ``ask`` builds the question, always with ``values_list``. The values of the answers are those the question gives.
    """

    def __init__(self, ask: Callable[[], QuerySet[Any, Any]]) -> None:
        self._ask = ask
        self._ready: dict[str, tuple[str, Sequence[Any], _Converters]] = {}
        self._home = ""

    def rows(self, values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """Gives the answer; ``values`` says what stands in each place: ``{YEAR: 2025}``."""
        if not self._home or connections[self._home].vendor not in self._ready:
            self._make_ready(self._ask())
        connection = connections[self._home]
        sql, places, converters = self._ready[connection.vendor]
        stands = {_as_stored(place, connection): _as_stored(value, connection) for place, value in values.items()}
        with connection.cursor() as cursor:
            cursor.execute(sql, [stands.get(place, place) for place in places])
            found = cursor.fetchall()
        return list(_converted(found, converters, connection)) if converters else found

    def first(self, values: Mapping[Any, Any]) -> tuple[Any, ...] | None:
        """Gives the first row of the answer, or None."""
        found = self.rows(values)
        return found[0] if found else None

    def _make_ready(self, question: QuerySet[Any, Any]) -> None:
        """Turns the question into SQL for the database that its rows are kept in."""
        self._home = question.db
        compiler = question.query.get_compiler(self._home)
        sql, places = compiler.as_sql()
        self._keep(compiler)
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        self._ready[connections[self._home].vendor] = sql, places, converters

    def _keep(self, compiler: Any) -> None:
        """Keeps what else is known of the answer once the question is SQL."""


class PreparedObjects(Prepared, Generic[_Kind]):
    """The same for a question whose answer is whole objects, with those that ``select_related`` reads along."""

    _kind: type[_Kind]
    _made_of: tuple[int, int, list[str], list[Any]]

    def all(self, values: Mapping[Any, Any]) -> list[_Kind]:
        """Gives the objects."""
        return [self._made(row) for row in self.rows(values)]

    def one(self, values: Mapping[Any, Any]) -> _Kind | None:
        """Gives the first object, or None."""
        row = self.first(values)
        return self._made(row) if row else None

    def _keep(self, compiler: Any) -> None:
        known = compiler.klass_info
        start, end = known["select_fields"][0], known["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in compiler.select[start:end]]
        related = get_related_populators(known, compiler.select, self._home)  # type: ignore[call-arg]  # a later Django's
        self._kind, self._made_of = known["model"], (start, end, names, related)

    def _made(self, row: tuple[Any, ...]) -> _Kind:
        start, end, names, related = self._made_of
        made = self._kind.from_db(self._home, names, row[start:end])
        for populator in related:
            populator.populate(row, made)
        return made


def _as_stored(value: Any, connection: BaseDatabaseWrapper) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _converted(
    rows: Sequence[tuple[Any, ...]], converters: _Converters, connection: BaseDatabaseWrapper
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        for place, (turn_into, expression) in converters.items():
            for turn in turn_into:
                values[place] = turn(values[place], expression, connection)
        yield tuple(values)
