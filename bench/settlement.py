"""How soon fifty million visits are settled, and within what memory; ``settlement_on_spark`` is the same on Spark."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Measurement, process

VISITS = 50_000_000
WITHIN = 8.0
_CLINICS = 2000
_READ = "clinic, date, child, child_months, place, professions, kva_codes, other_funding"

# Six visits to each child at its own clinic, spread over the year as an extract is; some of them coded, joint,
# ordinary, paid by others. Every thousandth is handed in twice, each fifth of those by another clinic.
_MADE_UP = f"""
import duckdb, sys
duckdb.execute("SET threads = 2; SET memory_limit = '2GB'; SET preserve_insertion_order = false")
duckdb.execute(f'''
COPY (
  SELECT 'BVC ' || ((hash(child, 5) + (i % 5000 = 4999)::INT) % {_CLINICS}) AS clinic,
    DATE '2025-01-01' + (i * 365 // {VISITS})::INT AS date,
    printf('%016x', hash(child)) AS child, ((c % 17)::INT - 1)::SMALLINT AS child_months,
    CASE WHEN c % 6 IN (0, 3) THEN 'ordinary' ELSE 'extra' END AS place,
    CASE d % 10 WHEN 0 THEN 'nurse' WHEN 1 THEN 'nurse|physician' WHEN 2 THEN 'social_services'
      WHEN 3 THEN 'nurse|psychologist|social_services' ELSE 'nurse|social_services' END AS professions,
    CASE WHEN d % 10 > 3 AND e % 20 > 0 THEN 'ZV509' WHEN d % 10 = 3 THEN 'GD005|ZV509' END AS kva_codes,
    CASE WHEN e % 50 = 0 THEN 'yes' ELSE 'no' END AS other_funding
  FROM (SELECT i, (i - (i % 1000 = 999)::INT) % ({VISITS} // 6) child, hash(i, 2) c, hash(i, 3) d, hash(i, 4) e
    FROM range({VISITS}) t(i))
) TO '{{sys.argv[1]}}' (FORMAT parquet, COMPRESSION zstd)''')
"""
_HASHED = f"""
import duckdb, sys
duckdb.execute("SET threads = 2")
duckdb.sql(f"SELECT bit_xor(hash({_READ})) FROM read_parquet('{{sys.argv[1]}}')").fetchall()
"""


def measurements() -> Iterator[Measurement]:
    """The whole command from the cold, with duplicate control and without it, beside a hash of the columns it reads."""
    with tempfile.TemporaryDirectory(prefix="statsbidrag-bench-") as folder:
        visits = made_up(Path(folder))
        settle = command(visits)
        hashed = statistics.median(process("-c", _HASHED, str(visits))[0] for _ in range(3))
        controlled = [process(*settle) for _ in range(3)]
        plain = [process(*settle, "--no-duplicates") for _ in range(3)]
    what = "50 million visits settled"
    yield Measurement(f"{what}, with duplicate control", _middle(controlled, 0), WITHIN, "s")
    yield Measurement(f"{what}, with duplicate control: memory", _middle(controlled, 1), 500, "MB")
    yield Measurement(f"{what}, over a hash of the columns read", _middle(plain, 0) / hashed, 5.0, "x")
    yield Measurement(f"{what}, without duplicate control: memory", _middle(plain, 1), 300, "MB")


def made_up(folder: Path) -> Path:
    """Writes the visits, and beside them a register of their clinics."""
    visits = folder / "visits.parquet"
    (folder / "clinics.csv").write_text(_register(), encoding="utf-8")
    process("-c", _MADE_UP, str(visits))
    return visits


def command(visits: Path) -> tuple[str, ...]:
    """The command that settles them."""
    register = visits.with_name("clinics.csv")
    return ("-m", "statsbidrag.cli", "settle", "orebro-2025", str(visits), "--clinics", str(register))


def _middle(runs: list[tuple[float, float]], place: int) -> float:
    return statistics.median(run[place] for run in runs)


def _register() -> str:
    """A register where every tenth clinic has fixed support from March."""
    heading = "clinic,municipality_code,municipality,index_name,index_base,index_year,index,fixed_support_from\n"
    supported = "nationellt barn-CNI,riket,2025,2.5,2025-03-01"
    return heading + "".join(
        f"BVC {place},1880,Örebro,{supported if place % 10 == 0 else ',,,,'}\n" for place in range(_CLINICS)
    )
