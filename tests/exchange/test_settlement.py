"""The bulk settlement comes to what the core says of each visit, whatever file it came in."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up_visits import BOOK, EXTRA, SUPPORTED, THIRD, as_row, scheme_named, write_csv

from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.step_6_visit_pay import STATUS_WORDS, Claim, Judge, SettledMonth, Verdict, settle
from statsbidrag.cycle.visits import Limits, Visit
from statsbidrag.exchange.settlement.embedded import Embedded
from statsbidrag.exchange.settlement.judging import NOT_PAID
from statsbidrag.exchange.settlement.settling import Settlement, settle_files
from statsbidrag.exchange.settlement.sorting import places_of_repeated
from statsbidrag.terms.faults import Fault

UNCODED = frozenset[str]()
# Many rows an example and few examples: an engine takes its time to start, and then any number of rows.
few_at_a_time = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@contextmanager
def settled(
    *paths: Path, scheme: str = "orebro-2025", clinics: Mapping[str, Clinic] | None = None, **how: Any
) -> Iterator[Settlement]:
    rules, register = scheme_named(scheme)
    engine = Embedded()
    try:
        yield settle_files(
            engine,
            paths,
            rules,
            columns=BOOK.visit_columns,
            clinics=register if clinics is None else clinics,
            **how,
        )
    finally:
        engine.close()


def months_of(*paths: Path, **how: Any) -> list[SettledMonth]:
    with settled(*paths, **how) as settlement:
        return list(settlement.months)


def in_core(visits: list[Visit], scheme: str = "orebro-2025", clinics: Mapping[str, Clinic] | None = None) -> Judge:
    rules, register = scheme_named(scheme)
    return Judge(rules, BOOK.visit_columns, register if clinics is None else clinics)


def visits_at(clinics: list[str]) -> st.SearchStrategy[Visit]:
    """Visits among few children on few days, so that records stand twice and siblings meet."""
    codes = st.frozensets(st.sampled_from(["ZV509", "GD005"]))
    professions = st.frozensets(st.sampled_from(["nurse", "social_services", "physician"]), min_size=1)
    days = st.sampled_from(
        [date(2025, 1, 7), date(2025, 5, 14), date(2025, 5, 15), date(2025, 7, 1), date(2025, 10, 2)]
    )
    return st.builds(
        Visit,
        clinic=st.sampled_from(clinics),
        date=days,
        child=st.sampled_from([f"k{number}" for number in range(12)]),
        child_months=st.sampled_from([-1, 0, 23, 24, 71, 72]),
        place=st.sampled_from(["ordinary", "extra"]),
        professions=professions,
        kva_codes=codes,
        family=st.sampled_from([None, "f1", "f2"]),
        other_funding=st.sampled_from([None, "yes", "no"]),
    )


@pytest.mark.shows("ore-25", "ore-26", "ore-28", "adm-14", "adm-17", "adm-28")
@few_at_a_time
@given(visits=st.lists(visits_at(["Karla vårdcentral", "Varberga vårdcentral"]), min_size=20, max_size=80))
def test_it_comes_to_what_the_core_says_in_orebro(tmp_path: Path, visits: list[Visit]) -> None:
    judge = in_core(visits)
    assert months_of(write_csv(tmp_path / "v.csv", map(as_row, visits))) == settle(judge.reimburse(visits))


@few_at_a_time
@given(visits=st.lists(visits_at(["Ada", "Bo", "Cia"]), min_size=20, max_size=80))
def test_it_comes_to_what_the_core_says_in_a_region_that_is_only_a_file(tmp_path: Path, visits: list[Visit]) -> None:
    path = write_csv(tmp_path / "v.csv", map(as_row, visits))
    assert months_of(path, scheme=THIRD) == settle(in_core(visits, THIRD).reimburse(visits))


@few_at_a_time
@given(visits=st.lists(visits_at(["Karla vårdcentral"]), min_size=20, max_size=80))
def test_support_that_begins_within_a_month_counts_from_its_day(tmp_path: Path, visits: list[Visit]) -> None:
    first = replace(scheme_named("orebro-2025")[1]["Karla vårdcentral"], fixed_support_from=date(2025, 5, 15))
    clinics = {first.name: replace(first, fixed_support_to=date(2025, 6, 30))}
    path = write_csv(tmp_path / "v.csv", map(as_row, visits))
    expected = settle(in_core(visits, clinics=clinics).reimburse(visits))
    assert months_of(path, clinics=clinics) == expected


CLINICS = {
    "orebro-2025": ["Karla vårdcentral", "Varberga vårdcentral"],
    "stockholm-2025": ["Rinkeby BVC", "Norrtälje BVC"],
    THIRD: ["Ada", "Bo", "Cia"],
}


@pytest.mark.parametrize("scheme", CLINICS)
@few_at_a_time
@given(data=st.data())
def test_every_line_says_of_its_visit_what_the_core_says(tmp_path: Path, scheme: str, data: st.DataObject) -> None:
    visits = data.draw(st.lists(visits_at(CLINICS[scheme]), min_size=20, max_size=60))
    first = {Claim(visit.child, visit.date, visit.clinic) for visit in data.draw(st.sets(st.sampled_from(visits)))}
    judge = in_core(visits, scheme)
    verdicts = judge.reimburse(visits, first)
    path = write_csv(tmp_path / "v.csv", map(as_row, visits))
    with settled(path, scheme=scheme, settled_first=first) as settlement:
        told = settlement.engine.rows(settlement.lines.order_by("row").select("child", *ANSWERED), "")
        assert list(settlement.months) == settle(verdicts)
    assert told == [(verdict.visit.child, *answers(judge.scheme, verdict)) for verdict in verdicts]


ANSWERED = ("status", "payable", "extended", "kronor", "ordinary", "charged", "to_be_coded", "by_assumption", "reason")


def answers(scheme: Scheme, verdict: Verdict) -> tuple[object, ...]:
    """What a line says, as the core judges; one that is not counted comes to nothing."""
    if verdict.status != "counted":
        return (verdict.status, False, False, 0, 0, 0, False, False, STATUS_WORDS[verdict.status])
    return (
        "counted",
        verdict.rate is not None,
        verdict.extended,
        verdict.kronor,
        verdict.ordinary,
        verdict.charged,
        verdict.to_be_coded,
        verdict.by_assumption,
        why(scheme, verdict),
    )


def why(scheme: Scheme, verdict: Verdict) -> str:
    """The reason of a visit that is counted: its coding first, since that can be put right, then its rate."""
    coding = scheme.visit_pay.coding if scheme.visit_pay else None
    if coding and verdict.to_be_coded:
        return coding.unfounded if "ZV509" in verdict.visit.kva_codes else coding.uncoded
    return verdict.rate.says if verdict.rate else NOT_PAID


def parquet(path: Path, visits: list[Visit], **kinds: Callable[[list[Any]], pa.Array]) -> Path:
    """Writes visits as Parquet; a column's kind says how its values are stored."""
    rows = [as_row(visit) for visit in visits]
    stored: dict[str, Callable[[list[Any]], pa.Array]] = {
        "date": lambda days: pa.array([date.fromisoformat(day) for day in days]),
        "child_months": lambda months: pa.array([int(month) for month in months], pa.int16()),
        **kinds,
    }
    columns = {name: [row[name] or None for row in rows] for name in rows[0]}
    pq.write_table(pa.table({name: stored.get(name, pa.array)(values) for name, values in columns.items()}), path)
    return path


VISITS = [
    EXTRA,
    replace(EXTRA, child="b", kva_codes=UNCODED),
    replace(EXTRA, child="c", place="ordinary", date=date(2025, 3, 1)),
    SUPPORTED,
]


def test_parquet_comes_to_the_same_as_csv(tmp_path: Path) -> None:
    expected = months_of(write_csv(tmp_path / "v.csv", map(as_row, VISITS)))
    assert months_of(parquet(tmp_path / "v.parquet", VISITS)) == expected
    texts = parquet(tmp_path / "texts.parquet", VISITS, date=pa.array, child_months=pa.array)
    assert months_of(texts) == expected


def test_lists_in_parquet_may_be_lists(tmp_path: Path) -> None:
    def listed(values: list[str | None]) -> pa.Array:
        return pa.array([value.split("|") if value else [] for value in values], pa.list_(pa.string()))

    lists = parquet(tmp_path / "lists.parquet", VISITS, professions=listed, kva_codes=listed)
    assert months_of(lists) == months_of(parquet(tmp_path / "v.parquet", VISITS))


def test_columns_that_need_not_be_there_need_not_be_there(tmp_path: Path) -> None:
    optional = ("family", "municipality", "contacts", "other_funding")
    rows = [{name: value for name, value in as_row(visit).items() if name not in optional} for visit in VISITS]
    whole = months_of(write_csv(tmp_path / "whole.csv", map(as_row, VISITS)))
    assert months_of(write_csv(tmp_path / "few.csv", rows)) == whole


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_csv_may_be_as_excel_writes_it(tmp_path: Path, delimiter: str, mark: bytes) -> None:
    expected = months_of(write_csv(tmp_path / "v.csv", map(as_row, VISITS)))
    text = (tmp_path / "v.csv").read_text(encoding="utf-8").replace(",", delimiter)
    other = tmp_path / "annat [namn] *.csv"
    other.write_bytes(mark + text.encode())
    assert months_of(other) == expected


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", map(as_row, VISITS))
    copy = tmp_path / "copy.csv"
    copy.write_bytes(path.read_bytes())
    with settled(path, path, copy) as settlement:
        assert list(settlement.months) == months_of(path)
        assert settlement.intake.same == (path, copy)


def test_the_same_visits_in_another_file_are_duplicates_and_the_later_file_holds(tmp_path: Path) -> None:
    first = write_csv(tmp_path / "1.csv", map(as_row, [replace(EXTRA, kva_codes=UNCODED)]))
    later = parquet(tmp_path / "2.parquet", [replace(EXTRA, child="new"), EXTRA])
    [month] = months_of(first, later)
    assert (month.visits, month.kronor, month.to_be_coded, month.duplicates) == (2, 5000, 0, 1)
    [month] = months_of(later, first)
    assert (month.visits, month.kronor, month.to_be_coded, month.duplicates) == (2, 2500, 1, 1)


def test_a_visit_that_two_clinics_have_waits_at_both_and_is_listed_with_its_reason(tmp_path: Path) -> None:
    visits = [EXTRA, replace(EXTRA, clinic="Varberga vårdcentral"), replace(EXTRA, child="b")]
    with settled(write_csv(tmp_path / "v.csv", map(as_row, visits))) as settlement:
        assert settlement.not_counted is not None
        waiting = settlement.engine.rows(settlement.not_counted.order_by("row").select("clinic", "reason"), "")
        told = [(month.clinic, month.visits, month.kronor, month.claimed_twice) for month in settlement.months]
        assert settlement.refused_rows == 0
    assert told == [("Karla vårdcentral", 1, 2500, 1), ("Varberga vårdcentral", 0, 0, 1)]
    reason = STATUS_WORDS["claimed_twice"]
    assert waiting == [("Karla vårdcentral", reason), ("Varberga vårdcentral", reason)]


def test_without_duplicate_control_every_row_counts(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", map(as_row, [EXTRA, EXTRA]))
    [month] = months_of(path, duplicates=False)
    assert (month.visits, month.duplicates) == (2, 0)


def test_without_a_register_every_clinic_is_settled(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", [as_row(replace(EXTRA, clinic="Ny BVC"))])
    [month] = months_of(path, scheme="stockholm-2025")
    assert (month.clinic, month.visits, month.payable, month.extended, month.kronor) == ("Ny BVC", 1, 0, 1, 0)


values = st.one_of(
    st.sampled_from(
        ["", "x", "extra", "ordinary", "nurse", "nurse|social_services", "nurse|", "ZV509", "zv509", "-10"]
    ),
    st.sampled_from(
        ["2025-02-29", "2025-02-28", "2024-12-31", "250101-9999", "202501019999", "-9", "215", "216", "yes"]
    ),
    st.text("0159-|ZVnr å'", max_size=15).map(str.strip),
)


@few_at_a_time
@given(
    changes=st.lists(
        st.tuples(st.sampled_from([column.id for column in BOOK.visit_columns.columns]), values),
        min_size=1,
        max_size=20,
    )
)
def test_a_row_is_refused_exactly_when_the_core_would_refuse_it(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    rows = [{**as_row(replace(EXTRA, child=f"c{place}")), name: value} for place, (name, value) in enumerate(changes)]
    limits = Limits(2025, frozenset(scheme_named("orebro-2025")[1]))
    expected = [
        (place + 2, misfit.column, misfit.why)
        for place, row in enumerate(rows)
        for misfit in BOOK.visit_columns.misfits(row, limits)
    ]
    for duplicates in (True, False):
        with settled(write_csv(tmp_path / "v.csv", rows), duplicates=duplicates) as settlement:
            assert [(each.line, each.column, each.why) for each in settlement.refused()] == expected
            assert settlement.refused_rows == len({line for line, _, _ in expected})


@pytest.mark.shows("adm-16")
def test_what_looks_like_a_personal_number_is_refused_also_where_only_the_family_has_it(tmp_path: Path) -> None:
    rows = [{**as_row(EXTRA), "family": "250101-9999"}]
    with settled(write_csv(tmp_path / "v.csv", rows)) as settlement:
        [refused] = settlement.refused()
    assert (refused.column, refused.value) == ("family", "")


def test_refused_rows_and_loose_lines_are_told_by_file_and_line(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", map(as_row, [EXTRA, replace(EXTRA, child="b"), replace(EXTRA, place="?")]))
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:2], "för,få", lines[2], f"{lines[2]},för,många", lines[3]]), encoding="utf-8")
    with settled(path) as settlement:
        assert [(each.line, each.column) for each in settlement.refused()] == [(3, ""), (5, ""), (6, "place")]
        assert settlement.refused_rows == 3
        assert sum(month.visits for month in settlement.months) == 2


GOOD = ",".join(as_row(EXTRA)) + "\n" + ",".join(as_row(EXTRA).values()) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("v.csv", b"", "Rubrikraden saknas"),
        ("v.csv", b"\n\n", "Rubrikraden saknas"),
        ("v.csv", GOOD.replace("place", "plats").encode(), "Kolumnen är okänd"),
        ("v.csv", GOOD.replace("place", "palce").encode(), "Menade du ”place”"),
        ("v.csv", GOOD.replace("family", "child").encode(), "finns flera gånger"),
        ("v.csv", GOOD.replace("child,", "barn,").encode(), "Kolumnen saknas"),
        ("v.csv", GOOD.replace("family", "family,personnummer").encode(), "filen ska bara ha det som behövs"),
        ("v.csv", GOOD.encode("latin-1"), "UTF-8"),
        ("v.csv", GOOD.encode("utf-16"), "UTF-8"),
        ("v.csv", GOOD.replace("a1", '"a1').encode(), "citattecken"),
        ("v.csv", (GOOD + "a,b\n" * 101).encode(), "Minst 100 rader"),
        ("v.parquet", b"inte Parquet", "ingen hel Parquet-fil"),
        ("v.parquet", b"PAR1" + b"x" * 100, "ingen hel Parquet-fil"),
        ("v.csv", b"PAR1" + b"x" * 100, "ingen hel Parquet-fil"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Fault) as refused:
        months_of(path)
    assert str(path) in str(refused.value)
    assert says in str(refused.value)


def test_a_file_that_is_not_there_and_no_file_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="Filen finns inte"):
        months_of(tmp_path / "saknas.csv")
    with pytest.raises(Fault, match="Ingen besöksfil"):
        months_of()


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("date", lambda days: pa.array([1.5] * len(days))),
        ("child_months", lambda months: pa.array([2.5] * len(months))),
        ("professions", lambda texts: pa.array([[1]] * len(texts))),
        ("clinic", lambda texts: pa.array([1] * len(texts))),
    ],
)
def test_a_parquet_column_of_another_type_is_refused(
    tmp_path: Path, column: str, kind: Callable[[list[Any]], pa.Array]
) -> None:
    with pytest.raises(Fault, match=f"kolumnen ”{column}”.*Den har typen"):
        months_of(parquet(tmp_path / "v.parquet", VISITS, **{column: kind}))


def test_a_huge_number_in_parquet_is_refused_by_row_and_not_wrapped(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "v.parquet", [EXTRA], child_months=lambda months: pa.array([2**62] * len(months), pa.int64())
    )
    with settled(path) as settlement:
        [refused] = settlement.refused()
        assert (refused.line, refused.column, refused.value) == (1, "child_months", str(2**62))


@pytest.mark.shows("ore-27", "ore-29")
def test_the_reason_of_each_line_tells_the_clinic_what_to_do(tmp_path: Path) -> None:
    visits = [replace(EXTRA, kva_codes=UNCODED), replace(EXTRA, professions=frozenset({"nurse"}), child="b")]
    others = [replace(EXTRA, child="c"), replace(EXTRA, child="d", professions=frozenset({"nurse"}), kva_codes=UNCODED)]
    with settled(write_csv(tmp_path / "v.csv", map(as_row, [*visits, *others]))) as settlement:
        ordered = settlement.lines.order_by("row")
        reasons = [reason for (reason,) in settlement.engine.rows(ordered.select("reason"), "")]
    assert reasons == [
        "Att koda: socialtjänsten medverkade, men ZV509 saknas",
        "Att rätta: ZV509 är registrerad, men socialtjänsten medverkade inte",
        "Hembesök tillsammans med kommunens socialtjänst",
        "Ersätts inte enligt ordningen",
    ]


@given(
    keys=st.lists(st.integers(0, 2**16) | st.sampled_from([0, 1, 2**16])),
    places=st.sampled_from([0, 2**32 - 1000]),
    size=st.integers(1, 20),
)
def test_repeated_keys_are_found_however_they_come(
    tmp_path_factory: pytest.TempPathFactory, keys: list[int], places: int, size: int
) -> None:
    # A key that is a hash differs in its first bits as well as in its last.
    numbers = np.array(keys, dtype=np.uint64) * np.uint64(2**47 + 1)
    own = np.arange(len(keys), dtype=np.uint64) + np.uint64(places)
    batches = ((numbers[start : start + size], own[start : start + size]) for start in range(0, len(keys), size))
    found = places_of_repeated(batches, places + len(keys), tmp_path_factory.getbasetemp())
    assert found.tolist() == [places + place for place, key in enumerate(keys) if keys.count(key) > 1]


def test_a_parquet_file_that_breaks_off_in_the_middle_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path / "v.parquet", VISITS * 500)
    content = bytearray(path.read_bytes())
    content[4:200] = b"\xff" * 196
    path.write_bytes(content)
    with pytest.raises(Fault, match="går inte att läsa till slut"):
        months_of(path)


def test_an_empty_family_in_parquet_is_no_family(tmp_path: Path) -> None:
    visits = [replace(EXTRA, child=child) for child in ("a", "a", "b", "b")]
    empty = parquet(tmp_path / "v.parquet", visits, family=lambda texts: pa.array(["" for _ in texts]))
    [month] = months_of(empty)
    assert (month.visits, month.duplicates, month.together) == (2, 2, 0)


def test_a_file_without_rows_is_settled_to_nothing(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "v.csv", [as_row(EXTRA)])
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert months_of(path) == []
