"""The same expressions on Spark, row for row; skipped only where Spark is not installed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up_visits import BOOK, EXTRA, SUPPORTED, as_row, scheme_named, write_csv

from statsbidrag.exchange.settlement.engine import quietly
from statsbidrag.exchange.settlement.engines import EngineName, engine_named
from statsbidrag.exchange.settlement.intake import Refused
from statsbidrag.exchange.settlement.settling import settle_files

pytest.importorskip("pyspark", reason="Spark is not installed; make setup-spark installs it, and it needs Java 17")

Outcome = tuple[object, list[tuple[object, ...]], list[Refused]]

VISITS = [
    EXTRA,
    EXTRA,
    SUPPORTED,
    replace(EXTRA, child="b", kva_codes=frozenset()),
    replace(EXTRA, child="c", place="ordinary", date=date(2025, 3, 1)),
    *(replace(EXTRA, child=child, family="f") for child in ("t1", "t2")),
    replace(EXTRA, child="d", place="någonstans"),
    replace(EXTRA, child="202501019999"),
]


def settled_on(engine_name: EngineName, paths: list[Path]) -> Outcome:
    scheme, clinics = scheme_named("orebro-2025")
    engine = engine_named(engine_name, quietly)
    try:
        settlement = settle_files(engine, paths, scheme, columns=BOOK.visit_columns, clinics=clinics)
        lines = engine.rows(settlement.lines.order_by("file", "row"), "")
        return settlement.months, lines, list(settlement.refused())
    finally:
        engine.close()


@pytest.mark.filterwarnings("default")
def test_spark_agrees_with_the_embedded_engine_row_for_row(tmp_path: Path) -> None:
    csv = write_csv(tmp_path / "v.csv", map(as_row, VISITS))
    lines = csv.read_text(encoding="utf-8").splitlines()
    csv.write_text("\n".join([*lines[:3], "för,få", *lines[3:]]), encoding="utf-8")
    later = write_csv(tmp_path / "later.csv", [as_row(replace(EXTRA, kva_codes=frozenset()))])
    embedded = settled_on("embedded", [csv, later])
    assert len(embedded[1]) == 8
    assert settled_on("spark", [csv, later]) == embedded
