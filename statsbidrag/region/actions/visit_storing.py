"""The good rows of a file become visits: some thousand at a time, each once however often the job is done again.

A later record of the same child, clinic, day and place stands instead of the earlier. A row that says the same as the
last file did changes nothing, so that an extract of the whole year may be handed in every month.
"""

from datetime import date, datetime
from operator import itemgetter
from typing import Any

import pyarrow.parquet as pq
from django.db import connections
from django_tasks import task

from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.portal import clock
from statsbidrag.region import handed_in
from statsbidrag.region.actions.visit_records import Records
from statsbidrag.region.keys import keyed_child, keyed_family
from statsbidrag.region.models import Clinic, VisitFile
from statsbidrag.region.router import REGION
from statsbidrag.region.writing import writing

_GONE = ["filen", "Filen försvann innan alla rader var sparade.", "Lämna in den igen. Ingen rad sparas två gånger."]
_LISTS = ("professions", "kva_codes", "contacts")
_INSERT = """
INSERT INTO region_visit (region, year, clinic_id, date, child, place, child_months, professions, kva_codes, family,
                          municipality, contacts, other_funding, line, replaced, also_elsewhere, file_id, at, by,
                          removed_by, removed_why)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, '', '')
"""


@task(priority=50)  # someone is watching it; receipts and e-mail can wait
def keep_file(number: int) -> None:
    """Makes visits of the good rows of a file."""
    while keep_some(number, clock.now()):
        pass


def keep_some(number: int, now: datetime) -> bool:
    """Makes visits of the next rows, all of them or none; tells whether there may be more."""
    with writing():
        file = VisitFile.objects.select_for_update().defer("refusals").filter(pk=number, state="keeping").first()
        if file is None:
            return False
        rows = _next(file) if handed_in.staged(number).exists() else None
        if rows:
            _store(file, rows, now)
            file.done += len(rows)
        elif rows is None:
            file.state, file.says = "refused", {"refused": [_GONE]}
        else:
            file.state = "kept"
        file.save(update_fields=["done", "kept", "same", "state", "says"])
    if not rows:
        handed_in.drop(number)
    return bool(rows)


def _next(file: VisitFile) -> list[dict[str, Any]]:
    """The rows after those that are done; they lie in groups, and a group is always stored whole."""
    with pq.ParquetFile(handed_in.staged(file.pk)) as parquet:
        before = 0
        for group in range(parquet.num_row_groups):
            rows = parquet.metadata.row_group(group).num_rows
            if before >= file.done and rows:
                return list(parquet.read_row_group(group).to_pylist())
            before += rows
    return []


def _store(file: VisitFile, rows: list[dict[str, Any]], now: datetime) -> None:
    read = _Reader(file)
    visits = [read.visit(row) for row in rows]
    records = Records(file.region, file.year, {visit[2] for visit in visits})
    lines = handed_in.lines_of(file.pk)[file.done :]
    for line, visit in zip(lines, visits, strict=False):
        if records.add(visit, line):
            file.kept += 1
        else:
            file.same += 1
    moment = connections[REGION].ops.adapt_datetimefield_value(now)
    with connections[REGION].cursor() as cursor:
        cursor.executemany(
            _INSERT,
            # Children in order, so that neighbours in the index are written together; a child's records stay in theirs.
            [
                (file.region, file.year, *values, file.pk, moment, file.by)
                for values in sorted(records.new(), key=itemgetter(2))
            ],
        )
    records.alter_old()


class _Reader:
    """Makes a row of the file what is kept of it: clinics by number, children and families keyed, codes in order."""

    def __init__(self, file: VisitFile) -> None:
        self._region = file.region
        self._clinics = dict(Clinic.objects.filter(region=file.region).values_list("name", "pk"))
        self._keyed: dict[tuple[str, str], str] = {}
        self._in_order: dict[str, str] = {"": ""}

    def visit(self, row: dict[str, Any]) -> tuple[Any, ...]:
        """Gives clinic, day, child, place and then what the record says of the visit."""
        day: date = row["date"]
        lists = {name: self._ordered(row.get(name) or "") for name in _LISTS}
        return (
            self._clinics[row["clinic"]],
            day.isoformat(),
            self._key("child", row["child"]),
            row["place"],
            row["child_months"],
            lists["professions"],
            lists["kva_codes"],
            self._key("family", row.get("family") or ""),
            row.get("municipality") or "",
            lists["contacts"],
            row.get("other_funding") or "",
        )

    def _key(self, kind: str, pseudonym: str) -> str:
        keyed = self._keyed.get((kind, pseudonym))
        if keyed is None:
            make = keyed_child if kind == "child" else keyed_family
            keyed = self._keyed[kind, pseudonym] = make(self._region, pseudonym)
        return keyed

    def _ordered(self, codes: str) -> str:
        ordered = self._in_order.get(codes)
        if ordered is None:
            ordered = self._in_order[codes] = BETWEEN_CODES.join(sorted(codes.split(BETWEEN_CODES)))
        return ordered
