"""A region's visits settled by its scheme, from its own database: the same rule as for files of any size."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connections

from statsbidrag.cycle import SettledMonth
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.settlement.embedded import Embedded
from statsbidrag.exchange.settlement.settling import Settlement, settle_files
from statsbidrag.portal import rules
from statsbidrag.region.queries.claims import settled_first
from statsbidrag.region.queries.years import known_clinics
from statsbidrag.region.router import REGION

_ROWS_AT_A_TIME = 20_000
_TEXTS = (
    "clinic", "date", "child", "place", "professions", "kva_codes", "family", "municipality", "contacts",
    "other_funding",
)  # fmt: skip
_SCHEMA = pa.schema([*((name, pa.string()) for name in _TEXTS), ("child_months", pa.int64())])
_VISITS = """
SELECT clinic.name, visit.date, visit.child, visit.place, visit.professions, NULLIF(visit.kva_codes, ''),
       NULLIF(visit.family, ''), NULLIF(visit.municipality, ''), NULLIF(visit.contacts, ''),
       NULLIF(visit.other_funding, ''), visit.child_months
  FROM region_visit visit JOIN region_clinic clinic ON clinic.id = visit.clinic_id
 WHERE visit.region = %s AND visit.year = %s AND visit.date <= %s AND NOT visit.replaced
 ORDER BY visit.id
"""


@contextmanager
def settled_visits(scheme: Scheme, through: date) -> Iterator[Settlement | None]:
    """Gives the settlement of every visit of the scheme's year up to a day; None where there is none yet.

    The visits lie in a folder of their own meanwhile, and nothing of them is left afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="statsbidrag-region-") as folder:
        file = Path(folder) / "visits.parquet"
        if not _write(scheme, through, file):
            yield None
            return
        with closing(Embedded()) as engine:
            yield settle_files(
                engine,
                [file],
                scheme,
                columns=rules.book().visit_columns,
                clinics=known_clinics(scheme.region, scheme.year),
                settled_first=settled_first(scheme.region, scheme.year),
            )


def settled_months(scheme: Scheme, through: date) -> tuple[SettledMonth, ...]:
    """Gives each clinic's months as they are to be paid by the visits that are here now."""
    with settled_visits(scheme, through) as settlement:
        return settlement.months if settlement else ()


def _write(scheme: Scheme, through: date, file: Path) -> int:
    """Writes the visits as a file of the dictionary's columns, some at a time; gives how many there are."""
    written = 0
    with connections[REGION].cursor() as cursor, pq.ParquetWriter(file, _SCHEMA, compression="zstd") as writer:
        cursor.execute(_VISITS, [scheme.region, scheme.year, through])
        while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
            *texts, months = zip(*rows, strict=True)
            columns = [pa.array([None if each is None else str(each) for each in column]) for column in texts]
            arrays = [column.cast(pa.string()) for column in columns]
            writer.write_batch(pa.record_batch([*arrays, pa.array(months, pa.int64())], schema=_SCHEMA))
            written += len(rows)
    return written
