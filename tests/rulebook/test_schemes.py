"""The shipped schemes say what their sources say; a scheme whose parts do not fit is refused."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from made_up_visits import BOOK, SCHEMES, THIRD, scheme_named

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.schemes import read_scheme
from statsbidrag.terms.faults import Fault, Faults


def orebro() -> Scheme:
    return scheme_named("orebro-2025")[0]


def stockholm() -> Scheme:
    return scheme_named("stockholm-2025")[0]


@pytest.mark.shows("ore-15", "ore-17", "ore-18", "ore-19", "ore-20", "ore-21", "ore-22", "ore-23", "ore-24")
def test_orebros_proposed_programme_has_six_visits_two_of_them_ordinary() -> None:
    programme = orebro().programme
    assert not programme.binding.value
    assert [(visit.months, visit.place) for visit in programme.visits] == [
        (0, "ordinary"),
        (2, "extra"),
        (4, "extra"),
        (8, "ordinary"),
        (12, "extra"),
        (15, "extra"),
    ]
    assert programme.through_months
    assert programme.through_months.value == 15
    assert programme.more_than
    assert programme.more_than.value == 2


@pytest.mark.shows("sth-17", "sth-18", "sth-19", "sth-20")
def test_stockholms_programme_is_one_ordinary_visit_and_five_more_for_first_time_parents() -> None:
    programme = stockholm().programme
    assert (programme.ordinary.value, programme.extra.value) == (1, 5)
    assert "förstagångsföräldrar" in programme.families.value


@pytest.mark.shows("ore-42", "ore-44", "ore-45", "ore-46", "ore-47", "adm-28")
def test_orebro_has_two_receivers_one_for_applications_and_one_for_reports() -> None:
    support, [report] = orebro().fixed_support, orebro().reports
    assert support
    assert support.application.value == "Centrala barnhälsovårdsenheten"
    assert support.form == "fixed-support-orebro"
    assert report.receiver.value == "Hälsovalsenheten"
    assert report.last_day.value == date(2026, 1, 31)
    assert "form/innehåll, omfattning" in report.contents.value


@pytest.mark.shows("sth-36")
def test_stockholms_suppliers_report_in_february() -> None:
    [report] = stockholm().reports
    assert report.last_day.value == date(2026, 2, 28)


@pytest.mark.shows("sth-13", "sth-26", "sth-27")
def test_stockholms_efforts_have_an_end_and_may_have_begun_the_year_before() -> None:
    assert stockholm().time_limited
    assert {effort.since.value for effort in stockholm().efforts} == {2024, 2025}
    assert all(effort.ends for effort in stockholm().efforts)


@pytest.mark.shows(
    "ore-01",
    "ore-02",
    "ore-04",
    "ore-05",
    "ore-06",
    "ore-07",
    "ore-08",
    "ore-09",
    "ore-12",
    "ore-13",
    "ore-16",
    "ore-43",
)
@pytest.mark.shows(
    "sth-01",
    "sth-02",
    "sth-03",
    "sth-04",
    "sth-10",
    "sth-15",
    "sth-21",
    "sth-22",
    "sth-25",
    "sth-34",
    "sth-37",
    "sth-38",
)
@pytest.mark.parametrize("name", ["orebro-2025", "stockholm-2025"])
def test_what_people_go_by_stands_in_the_scheme_with_its_words(name: str) -> None:
    said = scheme_named(name)[0].said
    assert len({each.cites for each in said}) == len(said) >= 12
    for each in said:
        assert each.text
        assert each.quote in BOOK.library.statements[each.cites].quote


@pytest.mark.shows("adm-28", "ore-14")
def test_orebros_rates_hold_from_the_day_of_the_routine_and_earlier_by_assumption() -> None:
    pay = orebro().visit_pay
    assert pay
    assert pay.valid_from.value == date(2025, 9, 18)
    assert (pay.earlier.value, bool(pay.earlier.assumption)) == ("follows", True)


def test_the_shipped_register_has_26_clinics_of_which_the_four_named_have_fixed_support() -> None:
    _, clinics = scheme_named("orebro-2025")
    assert len(clinics) == 26
    supported = [name for name, clinic in clinics.items() if clinic.fixed_support_from]
    assert sorted(supported) == [
        "Brickebackens vårdcentral",
        "Mikaeli vårdcentral",
        "Varberga vårdcentral",
        "Vivalla/Lundby vårdcentral",
    ]


def test_a_new_region_is_one_file_with_its_register_beside_it() -> None:
    scheme, clinics = scheme_named(THIRD)
    assert scheme.title == "Region Exempel 2025 (påhittad)"
    assert set(clinics) == {"Ada", "Bo", "Cia"}


def test_an_unknown_scheme_names_those_there_are() -> None:
    with pytest.raises(Fault, match="Menade du ”orebro-2025”.*stockholm-2025"):
        BOOK.scheme("örebro-2025")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('region = "region-18"', 'regon = "region-18"', "Okänd uppgift ”regon”. Menade du ”region”"),
        ("year = 2025", 'year = "2025"', "har fel slag"),
        ("professions has social_services", "profesions has social_services", "Menade du ”professions”"),
        ("professions has social_services", "professions has socialtjänst", "går inte att läsa"),
        ("professions has social_services", "professions has social", "inget av alternativen"),
        ("professions has social_services", "child_months / 2 > 1", "får inte dela"),
        ("index > 2", "indx > 2", "Menade du ”index”"),
        ("index > 2", "index", "är inget villkor"),
        ('index = "nationellt barn-CNI"\n', "", "säger inte vilket index"),
        ("months = 2\n", "months = 0\n", "inte i tidsordning"),
        ("months = 15\n", "months = 16\n", "efter programmets slut"),
        ('place = "extra"', 'place = "ordinary"', "inte så många som programmet säger"),
        ("value = 4\nassumption", "value = 0\nassumption", "inte fler än 2 besök"),
        ("ordinary = { value = 1800, assumption", "ordinary = { value = 1801, assumption", "mellan 0 och 1 800 kr"),
        ("ordinary = { value = 1800, assumption", "ordinary = { value = -1, assumption", "mellan 0 och 1 800 kr"),
        ('id = "joint"', 'id = "fixed_support"', "samma id"),
        ("coded = true\n", "coded = true\nfirst_day = 2025-06-01\nlast_day = 2025-05-01\n", "före den första"),
        ('earlier]\nvalue = "follows"', 'earlier]\nvalue = "folows"', "Menade du ”follows”"),
        ("last_day = { value = 2026-01-31", "last_day = { value = 2062-01-31", "hör inte till 2025"),
    ],
)
def test_a_fault_in_a_scheme_names_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (BOOK.folder / "schemes" / "orebro-2025.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "orebro-2025.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Fault) as refused:
        read_scheme(path, BOOK.visit_columns)
    told = str(refused.value).replace("\u00a0", " ")
    assert str(path) in told
    assert says in told


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('share = { value = "2.7 %"', 'share = { value = "127 %"', "orimlig"),
        ('share = { value = "2.7 %"', "share = { value = 2.7", "inte ett exakt tal"),
        ("round_to = { value = 1000", "round_to = { value = 0", "orimlig"),
        ('ends = { value = 2025-12-31, assumption = "Bidraget får användas till och med 2025." }\n', "", "inget slut"),
        ('kronor = { value = "unknown"', "kronor = { value = -1", "mindre än 0"),
        ('id = "suppliers"', 'id = "kson"', "samma id"),
        ("since = { value = 2025", "since = { value = 2026", "pågår inte 2025"),
    ],
)
def test_a_fault_in_a_plan_names_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (BOOK.folder / "schemes" / "stockholm-2025.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "stockholm-2025.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Fault) as refused:
        read_scheme(path, BOOK.visit_columns)
    assert says in str(refused.value)


def test_several_faults_are_told_at_once(tmp_path: Path) -> None:
    text = (BOOK.folder / "schemes" / "stockholm-2025.toml").read_text(encoding="utf-8")
    path = tmp_path / "s.toml"
    path.write_text(
        text.replace("round_to = { value = 1000", "round_to = { value = 0").replace('"suppliers"', '"kson"')
    )
    with pytest.raises(Faults) as refused:
        read_scheme(path, BOOK.visit_columns)
    assert len(refused.value.faults) == 2


REGISTER = "clinic,municipality_code,municipality,index_name,index_year,index,fixed_support_from,fixed_support_to\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A,188,Örebro,,,,,", "ingen kommunkod"),
        (",1880,Örebro,,,,,", "Namnet saknas"),
        ("A,1880,Örebro,,,,,\nA,1880,Örebro,,,,,", "finns redan"),
        ("A,1880,Örebro,,,,2025-1-1,", "Skriv dagen som"),
        ("A,1880,Örebro,,,,2025-05-01,2025-04-01", "slutar före den börjar"),
        ("A,1880,Örebro,,,,,2025-04-01", "slutar före den börjar"),
        ("A,1880,Örebro,,,2.5,,", "har namn, år och värde"),
        ("A,1880,Örebro,nationellt barn-CNI,2025,mycket,,", "Skriv ett tal"),
        ("A,1880,Örebro,nationellt barn-CNI,2025,-1,,", "Skriv ett tal"),
        ("A,1880,Örebro,nationellt barn-CNI,2025,2,2025-01-01,", "uppfyller inte villkoret för fast ersättning"),
        ("A,1880,Örebro,relativt CNI,2025,9,2025-01-01,", "uppfyller inte villkoret för fast ersättning"),
        ("A,1880", "2 värden men ska ha 8"),
    ],
)
@pytest.mark.shows("ore-31")
def test_a_fault_in_a_register_names_its_row(tmp_path: Path, row: str, says: str) -> None:
    folder = tmp_path / "rules"
    shutil.copytree(BOOK.folder, folder)
    register = folder / "schemes" / "clinics-orebro.csv"
    register.write_text(f"{REGISTER}{row}\n", encoding="utf-8")
    book = Rulebook(folder)
    with pytest.raises(Fault, match="rad") as refused:
        book.clinics("orebro-2025", book.scheme("orebro-2025"))
    assert says in str(refused.value)


def test_a_register_says_owner_class_and_index_of_each_clinic() -> None:
    _, clinics = scheme_named(THIRD)
    assert clinics["Bo"].owner == "232100-0016"
    assert clinics["Bo"].pay_class == "B"
    assert clinics["Ada"].index
    assert clinics["Ada"].index.year == 2025


def test_a_scheme_without_fixed_support_has_no_clinic_with_it(tmp_path: Path) -> None:
    text = (SCHEMES / "exempel-2025.toml").read_text(encoding="utf-8").split("[fixed_support]")[0]
    path = tmp_path / "exempel-2025.toml"
    path.write_text(text, encoding="utf-8")
    shutil.copy(SCHEMES / "exempel-clinics.csv", tmp_path)
    with pytest.raises(Fault, match="har ingen fast ersättning"):
        BOOK.clinics(str(path), BOOK.scheme(str(path)))
