"""Expressions in PostgreSQL's words, where they differ from what ibis writes: its functions, its order, its casts."""

from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from sqlglot.transforms import eliminate_semi_and_anti_joins

# What other engines have functions for. They live and end with the session, as its tables do, and are written into the
# query where they are called. Before version 16 only a failure tells that a text is no date.
FUNCTIONS = (
    r"""
    CREATE FUNCTION pg_temp.bit_length(text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT pg_catalog.bit_length($1)::bigint $$
    """,
    r"""
    CREATE FUNCTION pg_temp.regexp_full_match(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT $1 ~ ('^(?:' || $2 || ')$') $$
    """,
    r"""
    CREATE FUNCTION pg_temp.array_distinct(text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT ARRAY(SELECT DISTINCT unnest($1)) $$
    """,
    r"""
    CREATE FUNCTION pg_temp.hash_of_three(text, text, date) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT hashtextextended($1, hashtextextended($2, $3 - date '2000-01-01')) $$
    """,
    r"""
    CREATE FUNCTION pg_temp.calendar_day(text) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$ BEGIN RETURN $1::date; EXCEPTION WHEN data_exception THEN RETURN NULL; END $$
    """,
)


class _Compiler(PostgresCompiler):  # type: ignore[misc]  # ibis ships no types
    """What ibis writes for PostgreSQL, and our functions."""

    __slots__ = ()

    def visit_ScalarUDF(self, op: ops.ScalarUDF, **arguments: Any) -> sge.Expression:  # noqa: N802
        """Calls one of our functions, which PostgreSQL finds only by its whole name."""
        return self._ours(self.__sql_name__(op), *arguments.values())

    def visit_TryCast(self, op: ops.TryCast, *, arg: sge.Expression, to: Any) -> sge.Expression:  # noqa: N802
        """Makes a date of a text, and NULL of one that is no day of the calendar."""
        if to.is_date():
            return self._ours("calendar_day", arg)
        cast: sge.Expression = self.visit_Cast(op, arg=arg, to=to)
        return cast

    def visit_SortKey(  # noqa: N802
        self, op: ops.SortKey, *, arg: sge.Expression, ascending: bool, nulls_first: bool
    ) -> sge.Expression:
        """Puts texts in the order of their signs' numbers, as the core does, whatever language the server speaks."""
        by = (
            sge.Collate(this=arg, expression=sge.Identifier(this="C", quoted=True)) if op.arg.dtype.is_string() else arg
        )
        key: sge.Expression = super().visit_SortKey(op, arg=by, ascending=ascending, nulls_first=nulls_first)
        return key

    def _ours(self, name: str, *arguments: sge.Expression) -> sge.Expression:
        called: sge.Expression = self.f[f"pg_temp.{name}"](*arguments)
        return called


_COMPILER = _Compiler()


def in_postgresql(expression: ir.Table) -> str:
    """Writes an expression as a query."""
    query = _COMPILER.to_sqlglot(expression)
    for select in query.find_all(sge.Select):
        # Each time sqlglot rewrites only every other of the joins that PostgreSQL has no word for.
        for _ in tuple(select.args.get("joins") or ()):
            eliminate_semi_and_anti_joins(select)
    return str(query.sql(dialect=_COMPILER.dialect))
