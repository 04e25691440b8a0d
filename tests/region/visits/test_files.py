"""A file of visits: read by its columns, good rows told from bad, kept once, and nothing left of what is refused."""

import csv
import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from made_up_visits import as_row
from region.visits.conftest import FIRST, written

from statsbidrag.cycle.visit_mapping import LEFT_OUT
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region import handed_in
from statsbidrag.region.actions import visit_checking, visit_files
from statsbidrag.region.actions.clinics import close_clinic
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_files import explain, hand_in, keep, take_up_files, throw_away
from statsbidrag.region.actions.visit_storing import keep_file, keep_some
from statsbidrag.region.models import Clinic, Forgetting, Visit, VisitFile
from statsbidrag.region.queries.claims import claims
from statsbidrag.region.queries.visit_files import file_of, remembered_mapping
from statsbidrag.region.views.visits.mapping import WordsForm
from statsbidrag.terms.faults import Fault

Handed = Callable[..., VisitFile]


def row(**altered: str) -> dict[str, str]:
    """The first visit as a row, with something altered."""
    return {**as_row(FIRST), **altered}


def standing() -> list[Visit]:
    """The visits that stand."""
    return list(Visit.objects.filter(replaced=False).order_by("date", "id"))


@pytest.mark.shows("adm-16")
def test_a_good_file_waits_with_what_was_understood_until_someone_keeps_it(handed: Handed) -> None:
    file = handed([FIRST, replace(FIRST, child="barn-b", date=date(2025, 10, 9))])
    assert (file.state, file.rows, file.refused) == ("waiting", 2, 0)
    assert file.says["written"] == "UTF-8, komma mellan värdena"
    assert file.says["days"] == ["2025-10-02", "2025-10-09"]
    assert ["clinic", "Karla vårdcentral", "Karla vårdcentral", "", 2] in file.says["words"]
    assert not Visit.objects.exists()


def test_kept_rows_are_visits_with_keyed_children_and_nothing_is_left_of_the_file(kept: Handed) -> None:
    file = kept([FIRST])
    [visit] = standing()
    assert (file.state, file.kept, file.same) == ("kept", 1, 0)
    assert (visit.clinic.name, visit.date, visit.child_months) == ("Karla vårdcentral", date(2025, 10, 2), 2)
    assert (visit.professions, visit.kva_codes) == ("nurse|social_services", "ZV509")
    assert len(visit.child) == 64
    assert "barn-a" not in visit.child
    assert not handed_in.original(file.pk).parent.exists()


def test_a_row_with_faults_is_told_with_row_column_value_and_reason_and_comes_back_as_a_file(handed: Handed) -> None:
    file = handed([FIRST, row(child="b", date="2025-02-30"), row(child="c", place="hemma")])
    assert (file.state, file.rows, file.refused) == ("waiting", 3, 2)
    assert [fault[:3] for fault in file.says["faults"]] == [[3, "date", "2025-02-30"], [4, "place", "hemma"]]
    assert "kalendern" in file.says["faults"][0][3]
    back = list(csv.DictReader(io.StringIO(zlib.decompress(bytes(file.refusals)).decode("utf-8-sig"))))
    assert [(each["rad"], each["child"]) for each in back] == [("3", "b"), ("4", "c")]
    assert "kalendern" in back[0]["fel"]


def test_a_visit_knows_its_line_in_the_file(kept: Handed) -> None:
    kept([row(child="b", date="2025-02-30"), FIRST, replace(FIRST, child="barn-b")])
    assert [visit.line for visit in standing()] == [3, 4]


def test_the_refused_rows_may_be_mended_and_handed_in_as_they_came_back(kept: Handed) -> None:
    file = kept([FIRST, row(child="b", date="2025-02-30")])
    mended = zlib.decompress(bytes(file.refusals)).decode("utf-8-sig").replace("2025-02-30", "2025-02-28")
    assert kept(mended.encode()).kept == 1
    assert len(standing()) == 2


@pytest.mark.parametrize(
    ("altered", "reason"),
    [
        ({"date": "2025-12-24"}, "framtiden"),
        ({"date": "2024-12-24"}, "ligger utanför 2025"),
        ({"date": "10/2/2025"}, "vad som är dag och vad som är månad"),
        ({"clinic": "Ingen vårdcentral"}, "finns inte i registret"),
        ({"child_months": "två"}, "inget heltal"),
        ({"child_months": "2,5"}, "inget heltal"),
        ({"kva_codes": "509"}, "KVÅ-kod"),
        ({"professions": "trollkarl"}, "okänt"),
        ({"municipality": "9999"}, "Kommunen finns inte"),
        ({"child": ""}, "saknas"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(handed: Handed, altered: dict[str, str], reason: str) -> None:
    file = handed([FIRST, row(**altered)])
    assert file.refused == 1
    assert reason in file.says["faults"][0][3]


@pytest.mark.parametrize("missing", ["clinic", "date", "child", "child_months", "place", "professions", "kva_codes"])
def test_a_file_without_a_needed_column_asks_which_it_is(handed: Handed, missing: str) -> None:
    cells = row()
    del cells[missing]
    file = handed([cells])
    assert file.state == "mapping"
    assert any("saknas" in why for why in file.says["undecided"])


def test_the_same_file_twice_changes_nothing(kept: Handed, handed: Handed) -> None:
    kept([FIRST])
    with pytest.raises(Fault, match="Samma fil lämnades in"):
        handed([FIRST])
    assert VisitFile.objects.count() == 1


def test_a_file_that_was_thrown_away_may_be_handed_in_again(handed: Handed, planner: Visitor, desk: VisitDesk) -> None:
    file = handed([FIRST])
    throw_away(planner, desk, file)
    assert not handed_in.original(file.pk).parent.exists()
    assert handed([FIRST]).state == "waiting"


def test_rows_of_an_earlier_extract_change_nothing_and_changed_ones_stand_instead(kept: Handed) -> None:
    kept([FIRST, replace(FIRST, child="barn-b")])
    file = kept([FIRST, replace(FIRST, child="barn-b", child_months=3), replace(FIRST, child="barn-c")])
    assert (file.kept, file.same) == (2, 1)
    assert sorted(visit.child_months for visit in standing()) == [2, 2, 3]
    assert Visit.objects.count() == 4


def test_of_two_rows_of_one_visit_in_a_file_the_later_stands(kept: Handed) -> None:
    kept([FIRST, replace(FIRST, child_months=3)])
    assert [visit.child_months for visit in standing()] == [3]


@pytest.mark.shows("adm-18")
def test_a_visit_before_birth_is_kept_with_its_age_below_zero(kept: Handed) -> None:
    kept([replace(FIRST, child_months=-2, municipality="1880")])
    assert [(visit.child_months, visit.municipality) for visit in standing()] == [(-2, "1880")]


def test_windows_letters_and_semicolons_are_understood(handed: Handed, own_folder: Path) -> None:
    text = written([FIRST], own_folder).decode().replace(",", ";")
    assert handed(text.encode("cp1252")).says["written"] == "ISO-8859-1, semikolon mellan värdena"


def test_parquet_is_taken_as_it_is(kept: Handed, own_folder: Path) -> None:
    table = pa.table({name: [value] for name, value in row().items()})
    pq.write_table(table, own_folder / "besok.parquet")
    assert kept((own_folder / "besok.parquet").read_bytes(), name="besok.parquet").kept == 1


@pytest.mark.parametrize("kind", ["csv", "parquet", "utf-8", "other"])
def test_a_file_that_is_cut_in_the_middle_or_is_none_is_refused_and_dropped(
    handed: Handed, own_folder: Path, kind: str
) -> None:
    content = written([FIRST, replace(FIRST, child="barn-b")], own_folder)
    if kind == "parquet":
        pq.write_table(pa.table({name: [value] * 1000 for name, value in row().items()}), own_folder / "x.parquet")
        content = (own_folder / "x.parquet").read_bytes()
    cut = {
        "csv": content[:-40],
        "parquet": content[: len(content) // 2],
        "utf-8": content[: content.rindex("å".encode()) + 1],
        "other": b"%PDF-1.7 besok",
    }[kind]
    file = handed(cut)
    assert file.state == "refused"
    assert file.says["refused"][0][1]
    assert str(own_folder) not in str(file.says)
    assert not handed_in.original(file.pk).parent.exists()


def test_a_file_that_makes_a_library_fail_is_refused_without_its_words(
    handed: Handed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_path: Path) -> None:
        raise ValueError("could not read 19121212-1212")

    monkeypatch.setattr("statsbidrag.region.actions.visit_checking.open_extract", fail)
    file = handed([FIRST])
    assert (file.state, file.says["refused"][0][1]) == ("refused", "Filen går inte att läsa.")
    assert "1212" not in caplog.text


def test_a_file_larger_than_a_hundred_megabytes_is_refused_before_it_is_read(
    planner: Visitor, desk: VisitDesk, now: datetime
) -> None:
    upload = SimpleUploadedFile("stor.csv", b"x")
    upload.size = visit_files.MOST_BYTES + 1
    with pytest.raises(Fault, match="större än 100 MB"):
        hand_in(planner, desk, upload, now)
    assert not VisitFile.objects.exists()


def test_an_empty_file_is_refused(planner: Visitor, desk: VisitDesk, now: datetime) -> None:
    with pytest.raises(Fault, match="tom"):
        hand_in(planner, desk, SimpleUploadedFile("tom.csv", b""), now)


@pytest.mark.shows("adm-16")
def test_columns_are_explained_once_and_remembered(
    handed: Handed, planner: Visitor, desk: VisitDesk, now: datetime
) -> None:
    def extract(day: str) -> bytes:
        head = "Var;När;Vem;Månader;Slag;Vilka gick;KVÅ;Anm"
        return f"{head}\nKarla vårdcentral;{day};a;2;extra;ssk, soc;ZV509;x\n".encode()

    file = handed(extract("2025-10-02"))
    assert file.state == "mapping"
    chosen = {"Var": "clinic", "När": "date", "Vem": "child", "Slag": "place", "Vilka gick": "professions"}
    mapping = remembered_mapping(desk.region).with_columns(
        {**chosen, "Anm": LEFT_OUT, "Månader": "child_months", "KVÅ": "kva_codes"}
    )
    explain(planner, desk, file, mapping, now=now)
    visit_files.check_file.call(file.pk)
    file.refresh_from_db()
    assert (file.state, file.refused) == ("waiting", 0)
    assert handed(extract("2025-10-03")).state == "waiting"


def test_words_are_explained_and_the_file_is_read_again_by_them(
    handed: Handed, planner: Visitor, desk: VisitDesk, now: datetime
) -> None:
    file = handed([FIRST, row(child="b", clinic="Karla VC gamla huset")])
    assert file.refused == 1
    mapping = remembered_mapping(desk.region).with_word("clinic", "Karla VC gamla huset", "Karla vårdcentral")
    explain(planner, desk, file, mapping, now=now)
    visit_files.check_file.call(file.pk)
    file.refresh_from_db()
    assert (file.state, file.refused) == ("waiting", 0)


def test_a_row_after_its_clinics_last_day_is_refused_with_row_column_value_and_reason(
    handed: Handed, clinic_of: Callable[[str], tuple[Clinic, str]], planner: Visitor
) -> None:
    close_clinic(planner, clinic_of("Karla")[0], FIRST.date)
    later = FIRST.date + timedelta(days=1)
    elsewhere = replace(FIRST, child="barn-c", date=later, clinic="Varberga vårdcentral")
    file = handed([FIRST, replace(FIRST, child="barn-b", date=later), elsewhere])
    assert (file.rows, file.refused) == (3, 1)
    reason = "Enheten är stängd. Sista dagen var den 2 oktober 2025."
    assert file.says["faults"] == [[3, "date", "2025-10-03", reason]]


def test_a_visit_that_two_clinics_claim_is_pointed_out_and_not_refused(kept: Handed, orebro: str) -> None:
    kept([FIRST])
    file = kept([replace(FIRST, clinic="Varberga vårdcentral")])
    assert file.kept == 1
    [claim] = claims(orebro, 2025)
    assert claim.clinics == ("Karla vårdcentral", "Varberga vårdcentral")
    [gone] = Visit.objects.filter(clinic__name__startswith="Karla")
    Visit.objects.filter(pk=gone.pk).update(replaced=True)
    assert not claims(orebro, 2025)


def test_two_clinics_claiming_a_visit_in_one_file_are_seen_before_it_is_kept(handed: Handed) -> None:
    file = handed([FIRST, replace(FIRST, clinic="Varberga vårdcentral")])
    assert file.says["twice_total"] == 1


def test_a_clinics_file_may_hold_only_its_own_visits(
    handed: Handed, someone: Callable[..., Visitor], clinic_of: Callable[[str], tuple[Clinic, str]], orebro: str
) -> None:
    clinic, key = clinic_of("Karla")
    own = VisitDesk(orebro, 2025, clinic)
    nurse = someone("clinic", key)
    file = handed([FIRST, replace(FIRST, clinic="Varberga vårdcentral")], at=own, by=nurse)
    assert (file.refused, file.says["faults"][0][1]) == (1, "clinic")
    assert "annan än er" in file.says["faults"][0][3]
    with pytest.raises(Refused):
        handed([FIRST], by=nurse)


def test_what_a_clinic_says_of_its_own_files_words_means_nothing_in_another_file(
    handed: Handed,
    kept: Handed,
    someone: Callable[..., Visitor],
    clinic_of: Callable[[str], tuple[Clinic, str]],
    orebro: str,
    now: datetime,
) -> None:
    clinic, key = clinic_of("Karla")
    own, nurse = VisitDesk(orebro, 2025, clinic), someone("clinic", key)
    file = handed(
        [FIRST, row(child="b", clinic="VC Väster"), row(child="c", clinic="Varberga VÅRDCENTRAL")], at=own, by=nurse
    )
    assert WordsForm(file=file).asked == [("clinic", "VC Väster")], "another clinic's name is never asked about"
    taken = remembered_mapping(orebro, clinic).with_word("clinic", "VC Väster", clinic.name)
    explain(nurse, own, file, taken.with_word("clinic", "Varberga vårdcentral", clinic.name), now=now)
    assert remembered_mapping(orebro, clinic).words["clinic"]["vc väster"] == clinic.name
    assert not remembered_mapping(orebro).words
    assert not remembered_mapping(orebro, clinic_of("Varberga")[0]).words
    assert kept([replace(FIRST, child="d", clinic="Varberga vårdcentral")]).kept == 1
    assert [visit.clinic.name for visit in standing()] == ["Varberga vårdcentral"]


def test_a_clinics_own_name_never_means_another_clinic_whatever_was_explained(
    handed: Handed, planner: Visitor, desk: VisitDesk, now: datetime
) -> None:
    file = handed([FIRST, row(child="b", clinic="okänd")])
    mapping = remembered_mapping(desk.region).with_word("clinic", "Varberga vårdcentral", "Karla vårdcentral")
    explain(planner, desk, file, mapping, now=now)
    file = handed([replace(FIRST, clinic="Varberga vårdcentral")])
    assert [word[2] for word in file.says["words"] if word[0] == "clinic"] == ["Varberga vårdcentral"]


@pytest.mark.parametrize("limit", ["_MOST_ROWS", "_MOST_UNPACKED"])
def test_a_packed_file_that_would_not_fit_unpacked_is_refused_before_it_is_read(
    handed: Handed, own_folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    table = pa.table({name: [value] * 3 for name, value in row().items()})
    pq.write_table(table, own_folder / "besok.parquet")
    monkeypatch.setattr(visit_checking, limit, 2)
    file = handed((own_folder / "besok.parquet").read_bytes(), name="besok.parquet")
    assert (file.state, "packas upp" in file.says["refused"][0][1]) == ("refused", True)


def test_a_formula_in_a_heading_does_not_come_back_as_one(
    handed: Handed, planner: Visitor, desk: VisitDesk, now: datetime
) -> None:
    text = f"{','.join(row())},=1+1\n{','.join(row(date='2025-02-30').values())},x\n"
    file = handed(text.encode())
    explain(planner, desk, file, remembered_mapping(desk.region).with_columns({"=1+1": LEFT_OUT}), now=now)
    visit_files.check_file.call(file.pk)
    file.refresh_from_db()
    assert b",'=1+1," in zlib.decompress(bytes(file.refusals))


def test_a_sign_that_no_database_keeps_is_refused_where_it_stands(handed: Handed, own_folder: Path) -> None:
    table = pa.table({name: [value] for name, value in row(place="ext\0ra").items()})
    pq.write_table(table, own_folder / "besok.parquet")
    file = handed((own_folder / "besok.parquet").read_bytes(), name="besok.parquet")
    assert (file.refused, file.says["faults"][0][:3]) == (1, [1, "place", ""])
    assert "\0" not in str(file.says)
    pq.write_table(table.rename_columns([*table.column_names[:-1], "a\0b"]), own_folder / "besok.parquet")
    file = handed((own_folder / "besok.parquet").read_bytes(), name="besok.parquet")
    assert (file.state, "rubrik" in file.says["refused"][0][1]) == ("refused", True)


def test_no_file_is_taken_in_for_a_year_whose_pseudonyms_are_dropped(
    handed: Handed, desk: VisitDesk, now: datetime
) -> None:
    Forgetting.objects.create(region=desk.region, through=date(2025, 12, 31), visits=2, at=now, by="P")
    with pytest.raises(Fault, match="gallrade"):
        handed([FIRST])


def test_nobody_sees_another_regions_or_clinics_file(
    handed: Handed, clinic_of: Callable[[str], tuple[Clinic, str]], orebro: str
) -> None:
    file = handed([FIRST])
    assert file_of(orebro, 2025, file.pk)
    assert file_of("region-01", 2025, file.pk) is None
    assert file_of(orebro, 2025, file.pk, clinic_of("Karla")[0]) is None


def test_a_job_that_was_killed_goes_on_where_it_stopped_and_stores_nothing_twice(
    handed: Handed, planner: Visitor, desk: VisitDesk, now: datetime, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("statsbidrag.exchange.extracts.opening._AT_A_TIME", 10)
    file = handed([replace(FIRST, child=f"barn-{number}") for number in range(35)])
    keep(planner, desk, file)
    assert keep_some(file.pk, now)
    file.refresh_from_db()
    assert (file.state, file.done, Visit.objects.count()) == ("keeping", 10, 10)
    keep_file.call(file.pk)
    file.refresh_from_db()
    assert (file.state, file.kept, Visit.objects.count()) == ("kept", 35, 35)
    keep_file.call(file.pk)
    assert Visit.objects.count() == 35


def test_files_whose_job_was_never_ordered_are_ordered_again_and_what_lies_of_no_file_is_dropped(
    planner: Visitor, desk: VisitDesk, now: datetime, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(planner, desk, SimpleUploadedFile("a.csv", written([FIRST], own_folder)), now)
    handed_in.put(987_654, [b"left behind"])
    ordered: list[int] = []
    monkeypatch.setattr("statsbidrag.region.actions.visit_jobs._order", lambda _job, number: ordered.append(number))
    assert take_up_files() == 1
    assert ordered == [VisitFile.objects.get().pk]
    assert not handed_in.original(987_654).exists()


def test_a_file_that_disappeared_while_it_was_stored_is_asked_for_again(
    handed: Handed, planner: Visitor, desk: VisitDesk
) -> None:
    file = handed([FIRST])
    keep(planner, desk, file)
    handed_in.drop(file.pk)
    keep_file.call(file.pk)
    file.refresh_from_db()
    assert (file.state, "försvann" in file.says["refused"][0][1]) == ("refused", True)
