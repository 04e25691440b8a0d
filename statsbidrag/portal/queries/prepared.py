"""Questions that are put in every request: written as any other, but turned into SQL once instead of every time.

Turning a question into SQL takes ten times as long as the database takes to answer it. A prepared one keeps the SQL
and what makes the answer into Python's values, so that it reads the same on SQLite and on PostgreSQL.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# What stands in a question where a value will stand: of the kinds that our columns hold.
YEAR = 31_999
RECIPIENT = "the recipient"
TEXT = "the text"
ID = 2_000_000_011

_Converters = Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


class Prepared:
    """A question with places for values: ``Prepared(lambda: Round.objects.filter(pk=YEAR).values_list("opened"))``.

    ``ask`` builds the question, always with ``values_list``. The values of the answers are those the question gives.
    """

    def __init__(self, ask: Callable[[], QuerySet[Any, Any]]) -> None:
        self._ask = ask
        self._ready: dict[str, tuple[str, Sequence[Any], _Converters]] = {}

    def rows(self, values: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """Gives the answer; ``values`` says what stands in each place: ``{YEAR: 2025}``."""
        if connection.vendor not in self._ready:
            self._ready[connection.vendor] = self._compile()
        sql, places, converters = self._ready[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, [values.get(place, place) for place in places])
            found = cursor.fetchall()
        return list(_converted(found, converters)) if converters else found

    def first(self, values: Mapping[Any, Any]) -> tuple[Any, ...] | None:
        """Gives the first row of the answer, or None."""
        found = self.rows(values)
        return found[0] if found else None

    def _compile(self) -> tuple[str, Sequence[Any], _Converters]:
        compiler = self._ask().query.get_compiler(connection=connection)
        sql, places = compiler.as_sql()
        return sql, places, compiler.get_converters([column for column, *_ in compiler.select])


def _converted(rows: Sequence[tuple[Any, ...]], converters: _Converters) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        values = list(row)
        for place, (turn_into, expression) in converters.items():
            for turn in turn_into:
                values[place] = turn(values[place], expression, connection)
        yield tuple(values)
