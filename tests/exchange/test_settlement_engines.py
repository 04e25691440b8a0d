"""Every engine comes to the same, row for row: the embedded one, the region's own database, and Spark."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from made_up_visits import BOOK, EXTRA, SUPPORTED, THIRD, as_row, scheme_named, write_csv
from million_visits import MANY, million_visits
from servers.needs import java, needed

from statsbidrag.cycle.step_6_visit_pay import Claim, SettledMonth
from statsbidrag.exchange.settlement.engine import quietly
from statsbidrag.exchange.settlement.engines import ENGINES, EngineName, engine_named
from statsbidrag.exchange.settlement.intake import Refused
from statsbidrag.exchange.settlement.settling import settle_files
from statsbidrag.terms.faults import Fault

VARIABLE = "STATSBIDRAG_REGION_DATABASE_URL"
# Java as it is best for a minute's work on a machine that others share; what it comes to is the same.
SHORT_WORK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
OTHERS: list[EngineName] = [engine for engine in ENGINES if engine != "embedded"]

# What pyspark says of pandas, and leaves to Python to close, is no fault of ours.
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module", autouse=True)
def engines(postgres_url: str) -> Iterator[str]:
    """A region's database whose server puts words in Swedish order, and a Java; gives the database's address."""
    needed(java(), "Java 17 or later", "On Debian or Ubuntu: apt-get install default-jre-headless")
    address = f"{postgres_url.rpartition('/')[0]}/region"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE region TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'sv'")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, address)
        patch.setenv("JDK_JAVA_OPTIONS", SHORT_WORK)
        yield address
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("DROP DATABASE region")


class Outcome(NamedTuple):
    """What a settlement came to: months, every line with its reason, and every value that could not be used."""

    months: tuple[SettledMonth, ...]
    lines: list[tuple[Any, ...]]
    refused: list[Refused]


def settled_on(engine: EngineName, paths: list[Path], scheme: str = "orebro-2025") -> Outcome:
    rules, clinics = scheme_named(scheme)
    with closing(engine_named(engine, quietly)) as started:
        settlement = settle_files(
            started, paths, rules, columns=BOOK.visit_columns, clinics=clinics, settled_first=SETTLED_FIRST
        )
        lines = started.rows(settlement.lines.order_by("file", "row"), "")
        return Outcome(settlement.months, lines, list(settlement.refused()))


BOTH = ("Karla vårdcentral", "Ängens vårdcentral")
VISITS = [
    EXTRA,
    EXTRA,
    SUPPORTED,
    *(replace(EXTRA, child=child, clinic=clinic) for child in ("ett", "två") for clinic in BOTH),
    replace(EXTRA, child="b", kva_codes=frozenset()),
    replace(EXTRA, child="c", place="ordinary", date=date(2025, 3, 1)),
    *(replace(EXTRA, child=child, family="f") for child in ("ä", "Ö", "b", "B")),
    replace(EXTRA, child="d", place="någonstans"),
    replace(EXTRA, child="202501019999"),
    replace(EXTRA, child="202501019999\n"),
]
# Of the visits that two clinics have one was settled at the first before it came from the other.
SETTLED_FIRST = [Claim("ett", EXTRA.date, "Karla vårdcentral")]
WRONG = [("date", "0000-01-01"), ("date", "2025-02-29"), ("date", "2025-10-02\n"), ("child_months", "3\n")]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A CSV with rows and lines that cannot be used, and a later file that puts one visit right."""
    wrong = [{**as_row(replace(EXTRA, child=f"w{place}")), name: text} for place, (name, text) in enumerate(WRONG)]
    first = write_csv(tmp_path / "v.csv", [*map(as_row, VISITS), *wrong])
    heading, *lines = first.read_text(encoding="utf-8").split("\n")
    first.write_text("\n".join([heading, *lines[:2], "för,få", *lines[2:]]), encoding="utf-8")
    return [first, write_csv(tmp_path / "later.csv", [as_row(replace(EXTRA, kva_codes=frozenset()))])]


@pytest.mark.parametrize("engine", OTHERS)
def test_it_agrees_with_the_embedded_engine_row_for_row(engine: EngineName, files: list[Path]) -> None:
    embedded = settled_on("embedded", files)
    assert len(embedded.lines) == 15
    october = {month.clinic: month.claimed_twice for month in embedded.months if month.month == 10}
    assert [october[clinic] for clinic in BOTH] == [1, 2]
    assert [(each.column, each.line) for each in embedded.refused if each.column == "date"]
    assert settled_on(engine, files) == embedded


@pytest.mark.parametrize("engine", OTHERS)
def test_it_agrees_on_a_scheme_that_counts_and_goes_by_class(engine: EngineName, tmp_path: Path) -> None:
    clinics = scheme_named(THIRD)[1]
    professions = [{"nurse"}, {"nurse", "library"}, {"social_services"}, {"nurse", "social_services", "dental"}]
    visits = [
        replace(EXTRA, clinic=clinic, child=f"{clinic}{place}", date=date(2025, month, 1), professions=frozenset(who))
        for clinic in clinics
        for month in (2, 3, 7)
        for place, who in enumerate(professions)
    ]
    paths = [write_csv(tmp_path / "v.csv", map(as_row, visits))]
    embedded = settled_on("embedded", paths, THIRD)
    assert len({line[-2] for line in embedded.lines}) > 2
    assert settled_on(engine, paths, THIRD) == embedded


def test_all_engines_agree_on_a_million_visits_row_for_row(tmp_path: Path) -> None:
    scheme, clinics = scheme_named("orebro-2025")
    paths = million_visits(tmp_path, clinics)

    def settled(name: EngineName) -> tuple[tuple[SettledMonth, ...], int]:
        with closing(engine_named(name, quietly)) as engine:
            settlement = settle_files(engine, paths, scheme, columns=BOOK.visit_columns, clinics=clinics)
            engine.write(settlement.lines, tmp_path / f"{name}.parquet", "")
            return settlement.months, settlement.refused_rows

    # Side by side, since the database's server and Spark are processes of their own.
    with ThreadPoolExecutor(len(ENGINES)) as pool:
        embedded, *others = pool.map(settled, ENGINES)
    assert others == [embedded] * len(others)
    assert MANY * 0.99 < MANY - embedded[1] < MANY
    assert all(
        sum(getattr(month, what) for month in embedded[0]) > 1000
        for what in ("payable", "charged", "to_be_coded", "by_assumption", "duplicates", "claimed_twice", "together")
    )
    with duckdb.connect() as connection:
        first, *rest = (connection.read_parquet(str(tmp_path / f"{name}.parquet")) for name in ENGINES)
        counted = (first.aggregate("count(*)").fetchall(), first.aggregate("count(DISTINCT (file, row))").fetchall())
        assert counted == ([(MANY + 1 - embedded[1],)],) * 2
        for other in rest:
            same_order = other.project(", ".join(first.columns))
            assert other.aggregate("count(*)").fetchall() == counted[0]
            assert first.except_(same_order).limit(1).fetchall() == []


def test_nothing_is_left_in_the_regions_database(engines: str, files: list[Path]) -> None:
    settled_on("database", files)
    with psycopg.connect(engines) as connection:
        left = connection.execute(
            "SELECT count(*) FROM pg_class WHERE relnamespace::regnamespace::text !~ '^(pg_|inf)'"
        )
        assert left.fetchall() == [(0,)]
        assert connection.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't'").fetchall() == [(0,)]


@pytest.mark.parametrize("address", ["", "sqlite:///region.sqlite3"])
def test_a_region_that_has_no_postgresql_is_told_so(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(VARIABLE, address)
    with pytest.raises(Fault, match=f"{VARIABLE}.*Ange postgresql://"):
        engine_named("database", quietly)


def test_a_server_that_does_not_answer_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "postgresql://region:hemligt@127.0.0.1:1/region")
    with pytest.raises(Fault, match="Den kunde inte räkna färdigt") as refused:
        engine_named("database", quietly)
    assert "hemligt" not in str(refused.value)


def test_a_text_that_the_database_does_not_take_is_never_sent_to_it(tmp_path: Path) -> None:
    rows = [{name: text or None for name, text in as_row(replace(EXTRA, child="a\0b")).items()}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "v.parquet")
    with pytest.raises(Fault, match="tecknet NUL"):
        settled_on("database", [tmp_path / "v.parquet"])
