"""What a settlement comes to leaves the house: to the region's own books, and to private owners' settlement."""

import csv
import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from made_up_decisions import BOOK
from made_up_region_letters import OCTOBER, OREBRO, PRIVATE_STATEMENT, STATEMENT, UNPAID
from made_up_visits import THIRD, scheme_named

from statsbidrag.exchange.hand_over import (
    booking_order_file,
    booking_order_table,
    booking_orders,
    not_handed_over,
    settlement_basis,
    statement_table,
    unpaid_table,
)
from statsbidrag.exchange.letters.statement import line_of
from statsbidrag.exchange.spreadsheet import as_xlsx
from statsbidrag.exchange.tables import Table, as_csv
from statsbidrag.terms.faults import Fault

DAY = date(2025, 11, 12)
PLACE = BOOK.library.place
REGION = next(each for each in BOOK.recipients if each.key == "region-18")
UNKNOWN = replace(STATEMENT, form=None)


def rows_of(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(table).decode("utf-8-sig"), newline="")))


@pytest.mark.shows("adm-14", "adm-15")
def test_a_booking_order_charges_the_grant_and_the_region_and_credits_the_clinic() -> None:
    [order] = booking_orders([STATEMENT, PRIVATE_STATEMENT, UNKNOWN], OREBRO, DAY, first=7)
    assert [(row.account.number, row.kronor) for row in order.rows] == [
        ("4611", 4_900),
        ("4612", 15_100),
        ("3611", -20_000),
    ]
    assert order.number == 7
    assert order.text == "Hembesök oktober 2025, Karla vårdcentral, besked 2025-3-7"
    charged, own, income = ({mark.code.code for mark in row.marks} for row in order.rows)
    assert "SB2025" in charged
    assert "SB2025" not in own | income
    assert income == {"2210", "PVN 2025-0112"}


def test_a_booking_order_goes_to_the_finance_system_as_sie_and_says_that_it_is_made_up() -> None:
    orders = booking_orders([STATEMENT], OREBRO, DAY)
    file = booking_order_file(orders, OREBRO, REGION, DAY, remark="Exempel – påhittade uppgifter, inget beslut")
    lines = file.decode("cp437").splitlines()
    assert '#PROSA "Exempel - påhittade uppgifter, inget beslut"' in lines
    assert '#VER "UH" "1" 20251112 "Hembesök oktober 2025, Karla vårdcentral, besked 2025-3-7"' in lines
    assert '#TRANS 4611 {1 "1000" 6 "SB2025" 22 "PVN 2025-0112"} 4900.00 20251112' in lines
    assert '#TRANS 3611 {1 "2210" 22 "PVN 2025-0112"} -20000.00 20251112' in lines
    assert f"#ORGNR {REGION.organisation_number}" in lines
    assert file == booking_order_file(orders, OREBRO, REGION, DAY, remark="Exempel – påhittade uppgifter, inget beslut")


def test_a_booking_order_as_a_list_balances_and_tells_that_its_accounts_are_an_assumption() -> None:
    table = booking_order_table(booking_orders([STATEMENT], OREBRO, DAY), OREBRO)
    rows = rows_of(table)
    assert [(row["account"], row["debit"], row["credit"]) for row in rows] == [
        ("4611", "4900", ""),
        ("4612", "15100", ""),
        ("3611", "", "20000"),
    ]
    assert {row["voucher"] for row in rows} == {"UH 1"}
    assert "påhittade" in table.about[0][1]


def test_what_is_taken_back_is_booked_the_other_way_round() -> None:
    less = replace(STATEMENT, lines=(line_of(2025, replace(OCTOBER, kronor=15_000, charged=3_500), OCTOBER),))
    [order] = booking_orders([less], OREBRO, DAY)
    assert [(row.account.number, row.kronor) for row in order.rows] == [
        ("4611", -700),
        ("4612", -1_800),
        ("3611", 2_500),
    ]
    rows = rows_of(booking_order_table([order], OREBRO))
    assert [(row["debit"], row["credit"]) for row in rows] == [("", "700"), ("", "1800"), ("2500", "")]


def test_what_moves_only_between_the_grant_and_the_region_is_booked_and_what_is_nothing_is_not() -> None:
    moved = replace(STATEMENT, lines=(line_of(2025, replace(OCTOBER, charged=4_900), OCTOBER),))
    [order] = booking_orders([moved], OREBRO, DAY)
    assert [row.kronor for row in order.rows] == [700, -700]
    nothing = replace(STATEMENT, lines=(line_of(2025, OCTOBER, OCTOBER),))
    assert booking_orders([nothing], OREBRO, DAY) == ()


def test_a_clinic_without_cost_centre_and_a_scheme_without_accounts_are_refused_by_name() -> None:
    with pytest.raises(Fault, match="Karla vårdcentral: Enheten saknar kostnadsställe"):
        booking_orders([replace(STATEMENT, cost_centre="")], OREBRO, DAY)
    with pytest.raises(Fault, match=r"\[hand_over\]"):
        booking_orders([STATEMENT], scheme_named("stockholm-2025")[0], DAY)


def test_another_region_books_on_its_own_accounts() -> None:
    scheme, _ = scheme_named(THIRD)
    [order] = booking_orders([STATEMENT], scheme, DAY)
    assert [row.account.number for row in order.rows] == ["4001", "4002", "3001"]


@pytest.mark.shows("adm-15")
def test_private_owners_get_a_basis_for_their_ordinary_settlement_by_organisation_number() -> None:
    later = replace(PRIVATE_STATEMENT, number="2025-3-9", lines=STATEMENT.lines)
    rows = rows_of(settlement_basis([STATEMENT, later, UNKNOWN, PRIVATE_STATEMENT], OREBRO))
    assert [(row["owner"], row["statement"], row["month"], row["correction"]) for row in rows] == [
        ("232100-0024", "2025-3-8", "2025-09", "yes"),
        ("232100-0024", "2025-3-9", "2025-09", "yes"),
        ("232100-0024", "2025-3-9", "2025-10", "no"),
    ]
    assert [row["kronor_paid"] for row in rows] == ["-10000", "2500", "17500"]


def test_a_clinic_of_unknown_form_waits_and_is_named() -> None:
    assert not_handed_over([STATEMENT, PRIVATE_STATEMENT, UNKNOWN]) == ("Karla vårdcentral",)


@pytest.mark.shows("adm-14")
def test_a_statement_as_a_file_says_the_same_as_the_letter() -> None:
    table = statement_table(STATEMENT, PLACE)
    [september, october] = rows_of(table)
    assert (september["correction"], september["kronor_paid"], september["to_be_coded"]) == ("yes", "2500", "-1")
    assert (october["kronor_paid"], october["ordinary_pay"], october["kronor_charged"]) == ("17500", "12600", "4200")
    sheets = openpyxl.load_workbook(io.BytesIO(as_xlsx(table, created=DAY)))
    assert [cell.value for cell in sheets["Lista"][2]][:2] == ["2025-09", "rättelse"]
    about = " ".join(str(cell.value).replace("\u00a0", " ") for row in sheets["Om listan"].rows for cell in row)
    assert "Summa att betala ut 20 000 kr" in about
    assert f"ersätts med 2 500 kr”. {PLACE('ore-25')}" in about
    assert "1 800 kr är ordinarie ersättning för varje hembesök" in about


def test_visits_that_are_not_paid_leave_with_their_reason_and_a_short_number_only() -> None:
    rows = rows_of(unpaid_table(STATEMENT))
    assert [(row["date"], row["reference"], row["why"]) for row in rows] == [
        (each.date.isoformat(), each.reference, each.why) for each in UNPAID
    ]
    assert set(rows[0]) == {"date", "place", "reference", "why"}
