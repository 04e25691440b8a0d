from collections.abc import Callable
from pathlib import Path

import pytest

from statsbidrag.rulebook.agency import read_agency
from statsbidrag.rulebook.grounds import check_ground, grounds
from statsbidrag.rulebook.tables import read_library
from statsbidrag.terms.faults import Fault


@pytest.fixture
def changed(rules: Path, tmp_path: Path) -> Callable[[str, str], Path]:
    """Copies the agency's settings with one text replaced by another."""

    def change(old: str, new: str) -> Path:
        text = (rules / "agency.toml").read_text(encoding="utf-8")
        assert old in text
        (tmp_path / "agency.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
        return tmp_path

    return change


def test_the_agency_pays_through_the_bank_it_has_chosen(rules: Path) -> None:
    agency = read_agency(rules)
    assert agency.name.value == "Socialstyrelsen"
    assert agency.bank_profile is agency.banks["danske"].value
    assert set(agency.banks) == {"danske", "swedbank"}


@pytest.mark.shows("adm-12")
def test_accounts_cost_centre_and_appropriation_item_are_the_agencys_own_settings(rules: Path) -> None:
    finance = read_agency(rules).finance
    assert finance.assumption
    assert finance.value.cost_centre.name.endswith("(påhittat)")
    assert finance.value.bookings["paid"].credit == "bank"


@pytest.mark.shows("adm-13")
def test_the_demonstrations_giro_and_contact_say_that_they_are_made_up(rules: Path) -> None:
    agency = read_agency(rules)
    assert "Påhittat" in agency.giro.assumption
    assert "Påhittad" in agency.contact.assumption


def test_what_the_settings_cite_is_what_the_source_says(rules: Path) -> None:
    library = read_library(rules / "sources.toml", rules / "statements.csv")
    for ground in grounds(rules / "agency.toml"):
        check_ground(ground, library)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('value = "danske"', 'value = "dansk"', "Menade du ”danske”?"),
        ('digits = "9912346"', 'digits = "9912347"', "Kontrollsiffran i bankgiro 991-2347 stämmer inte"),
        ('digits = "9912346"', 'digits = "99-12346"', "har 7–8 siffror"),
        ('"paid" = {', '"payed" = {', "Menade du ”paid”?"),
        ('debit = "grant"', 'debit = "grnat"', "Menade du ”grant”?"),
        ('version = "09"', 'version = "9"', "går inte att välja här"),
        ("one_booking = false", 'one_booking = "nej"', "sant eller falskt"),
        ('bic = "DABASESX"\n', "", "”bic” saknas"),
        ("longest_name = 70", "longest_name = 0", "mindre än ett tecken"),
        ('debit = "grant"', 'debit = "liability"', "på samma konto i debet och kredit"),
        ("[finance.value.accounts.bank]", "[finance.value.accounts.bankk]", "Menade du ”bank”?"),
        ('municipality = { number = "7752"', "#", "behöver kontot grant.municipality, som saknas"),
        ('value = "Socialstyrelsen"', 'value = ""', "name value: Texten är tom"),
        ("[finance]", "[finances]", "Menade du ”finance”?"),
        ("202100-0555", "202100-0556", "inte ett organisationsnummer"),
        ('"106 30"', '"10 630 1"', "inte ett postnummer"),
    ],
)
def test_a_wrong_setting_is_refused_with_its_place(
    changed: Callable[[str, str], Path], old: str, new: str, why: str
) -> None:
    with pytest.raises(Fault) as refused:
        read_agency(changed(old, new))
    assert "agency.toml" in refused.value.where
    assert why in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"agency\.toml"):
        read_agency(tmp_path)


def test_at_least_one_person_attests_a_payment(changed: Callable[[str, str], Path]) -> None:
    with pytest.raises(Fault, match="Minst en person"):
        read_agency(changed("[attest.people]\nvalue = 2", "[attest.people]\nvalue = 0"))
