"""A million made-up visits in two files, as a year's extracts are: some twice, siblings, not yet coded, and wrong."""

from collections.abc import Collection
from pathlib import Path

import duckdb

MANY = 1_000_000

# Each row draws on hashes of its number. Every fiftieth record is of the same visit as one just before it, and every
# twentieth is of a sibling seen on the same occasion. Pseudonyms are long or short; a few values cannot be used.
_VISITS = """
CREATE TABLE visits AS
WITH numbers AS (
  SELECT i, CASE WHEN i % 50 = 0 AND i > 0 THEN i - 7 ELSE i END AS same, same - (same % 20 = 9)::INT AS occasion
  FROM range($many) t(i)
), drawn AS (
  SELECT *, hash(occasion) AS a, hash(occasion, 1) AS b, hash(same, 2) AS c, hash(i, 3) AS d, hash(i, 4) AS e
  FROM numbers
)
SELECT i,
  CASE WHEN i % 7919 = 5 THEN 'Påhittad BVC' ELSE $clinics[1 + (a % len($clinics))::INT] END AS clinic,
  CASE WHEN i % 9973 = 3 THEN '2024-12-31' WHEN i % 9973 = 4 THEN NULL
    ELSE (DATE '2025-01-01' + (b % 365)::INT)::VARCHAR END AS date,
  CASE WHEN i % 8999 = 7 THEN '250101-9999' WHEN i % 8999 = 8 THEN '' WHEN i % 8999 = 9 THEN repeat('lång', 20)
    WHEN same % 3 = 0 THEN 'barn ' || (c % ($many // 2)) ELSE printf('%016x', c % ($many // 2)) END AS child,
  CASE WHEN i % 9001 = 2 THEN 216 ELSE (d % 90)::INT - 9 END AS child_months,
  CASE WHEN i % 6007 = 1 THEN 'hemma' WHEN c % 3 = 0 THEN 'ordinary' ELSE 'extra' END AS place,
  CASE d % 8 WHEN 0 THEN 'nurse' WHEN 1 THEN 'nurse|physician' WHEN 2 THEN 'social_services'
    WHEN 3 THEN 'nurse|psychologist|social_services' ELSE 'nurse|social_services' END AS professions,
  CASE WHEN i % 7001 = 1 THEN 'zv509' WHEN d % 8 > 3 AND e % 9 > 0 THEN 'ZV509' WHEN d % 8 = 3 THEN 'GD005|ZV509'
    WHEN e % 40 = 0 THEN 'ZV509' END AS kva_codes,
  CASE WHEN i % 8009 = 1 THEN '202501019999' WHEN same % 20 IN (8, 9) THEN printf('f%012x', a)
    WHEN e % 3 = 0 THEN '' END AS family,
  CASE WHEN e % 5 = 0 THEN '1880' END AS municipality,
  CASE e % 50 WHEN 0 THEN 'yes' WHEN 1 THEN NULL ELSE 'no' END AS other_funding
FROM drawn
"""
_FILES = {
    "typed.parquet": """
        SELECT * EXCLUDE (i) REPLACE (child_months::SMALLINT AS child_months, date::DATE AS date,
          string_split(professions, '|') AS professions, string_split(kva_codes, '|') AS kva_codes)
        FROM visits WHERE i < 0.9 * $many
    """,
    "texts.csv": """
        SELECT * EXCLUDE (i) REPLACE (
          CASE i % 5003 WHEN 1 THEN '2025-02-29' WHEN 2 THEN '2025-13-01' WHEN 3 THEN '0000-01-01'
            WHEN 4 THEN '1 maj' WHEN 5 THEN '2025-05-01' || chr(10) ELSE date END AS date,
          CASE i % 4001 WHEN 1 THEN '2,5' WHEN 2 THEN '1234567890' WHEN 3 THEN '+4'
            ELSE child_months::VARCHAR END AS child_months
        ) FROM visits WHERE i >= 0.9 * $many
    """,
}


def million_visits(folder: Path, clinics: Collection[str], many: int = MANY) -> list[Path]:
    """Writes the files, and a line that is no row at the end of the last; gives them in the order to hand them in."""
    with duckdb.connect() as connection:
        connection.execute(_VISITS, {"many": many, "clinics": sorted(clinics)})
        for name, query in _FILES.items():
            connection.execute(f"COPY ({query.replace('$many', str(many))} ORDER BY i) TO '{folder / name}'")
    paths = [folder / name for name in _FILES]
    with paths[-1].open("a", encoding="utf-8") as file:
        file.write("för,få\n")
    return paths
