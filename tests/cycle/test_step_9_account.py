from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from statsbidrag.cycle.ledger import Cause, Ledger, Posting
from statsbidrag.cycle.round import Round
from statsbidrag.cycle.step_9_account import Account, Reported, Visits, account
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Recipient

REGION = Recipient("region", "18", "Region Örebro län", "232100-0164", "18", "Örebro län")
CITY = Recipient("municipality", "1880", "Örebro kommun", "212000-1967", "18", "Örebro län")
SILENT = Recipient("municipality", "1881", "Kumla kommun", "212000-1975", "18", "Örebro län")
ABSENT = Recipient("municipality", "1882", "Askersunds kommun", "212000-1983", "18", "Örebro län")
EVERYONE = (REGION, CITY, SILENT, ABSENT)
ASSESSMENT = "Besöken når barn i områden där utanförskapet är stort (påhittat)."
REPORTS = (
    Reported("region-18", 550, Visits(60, 50, 20, 4), frozenset({"Genomföra hembesök"}), {"Riktat": "Ja, helt"}),
    Reported("municipality-1880", 100, Visits(55, 50, 20, 4), frozenset({"Samverkan"}), {"Riktat": "Ja, delvis"}),
)
MOVES: tuple[tuple[Cause, str, int], ...] = (
    ("allocated", "region-18", 600),
    ("allocated", "municipality-1880", 200),
    ("allocated", "municipality-1881", 150),
    ("allocated", "municipality-1882", 50),
    ("unclaimed", "municipality-1882", 50),
    ("granted", "region-18", 600),
    ("granted", "municipality-1880", 200),
    ("granted", "municipality-1881", 150),
    ("reallocated", "region-18", 40),
    ("withheld", "municipality-1880", 20),
    ("paid", "region-18", 640),
    ("paid", "municipality-1880", 180),
    ("paid", "municipality-1881", 150),
    ("used", "region-18", 550),
    ("used", "municipality-1880", 100),
    ("owed of unused", "region-18", 90),
    ("owed of used", "region-18", 30),
    ("waived", "region-18", 10),
    ("repaid", "region-18", 70),
    ("owed of unused", "municipality-1881", 150),
)


@pytest.fixture(scope="module")
def book() -> Ledger:
    postings = (Posting(cause, who, kronor, "B", date(2026, 5, 11), 2025, "f") for cause, who, kronor in MOVES)
    return Ledger(2025, 1000).add(postings)


@pytest.fixture(scope="module")
def given(round_2025: Round, book: Ledger) -> Account:
    return account(round_2025.account, EVERYONE, book, REPORTS, assessment=ASSESSMENT)


@pytest.mark.shows("sfs-35", "sfs-53")
def test_it_is_given_by_30_june_each_year_and_first_in_2026(round_2025: Round) -> None:
    assert round_2025.account.last_day.value == date(2026, 6, 30)
    assert (round_2025.account.last_day.cites, round_2025.account.yearly.cites) == ("sfs-53", "sfs-35")


@pytest.mark.shows("sfs-36")
def test_it_shows_who_has_received_the_grant(given: Account) -> None:
    assert [line.recipient.name for line in given.received("region")] == ["Region Örebro län"]
    assert [line.recipient.name for line in given.received("municipality")] == ["Örebro kommun", "Kumla kommun"]


@pytest.mark.shows("sfs-37")
def test_it_shows_how_the_money_was_used_in_kronor_and_on_what(given: Account) -> None:
    region = given.money_of("region")
    assert (region.granted, region.reallocated, region.paid, region.used) == (600, 40, 640, 550)
    assert (region.owed, region.claimed, region.waived, region.repaid, region.outstanding) == (120, 110, 10, 70, 40)
    assert given.money_of("municipality").withheld == 20
    assert given.efforts_of("region") == Counter({"Genomföra hembesök": 1})


@pytest.mark.shows("sfs-38")
def test_it_sets_the_results_against_purpose_and_conditions_and_assesses_them(
    given: Account, round_2025: Round, book: Ledger
) -> None:
    assert given.answers_of("region") == {"Riktat": Counter({"Ja, helt": 1})}
    assert given.answers_of("municipality") == {"Riktat": Counter({"Ja, delvis": 1})}
    assert given.assessment == ASSESSMENT
    with pytest.raises(Fault, match="Den sammanfattande bedömningen saknas"):
        account(round_2025.account, EVERYONE, book, REPORTS, assessment=" ")


def test_a_regions_and_a_municipalitys_visits_are_never_added(given: Account) -> None:
    assert given.visits_of("region").done == 50
    assert given.visits_of("municipality").done == 50
    assert not hasattr(given, "visits")


def test_who_has_not_reported_has_unknown_visits_not_none(given: Account) -> None:
    silent = next(line for line in given.lines if line.recipient is SILENT)
    assert silent.open_data["visits_done"] is None


@pytest.mark.shows("adm-25")
def test_the_yearly_data_has_a_row_for_every_recipient_with_money_and_counts_and_nothing_else(given: Account) -> None:
    rows = [line.open_data for line in given.lines]
    assert [row["code"] for row in rows] == ["18", "1880", "1881", "1882"]
    asked_for = {"code", "granted", "reallocated", "paid", "used", "claimed", "waived", "repaid", "visits_done"}
    assert asked_for <= rows[0].keys()
    assert not {"contact", "email", "assessment", "answers", "efforts"} & rows[0].keys()


@pytest.mark.shows("adm-04")
def test_every_sum_ties_to_the_ledger_and_the_ledger_to_the_pot(given: Account, book: Ledger) -> None:
    balances, total = book.totals(), given.total
    assert total == given.total.__class__(
        *(
            region + municipality
            for region, municipality in zip(given.money_of("region"), given.money_of("municipality"), strict=True)
        )
    )
    assert (total.withheld, total.waived, total.repaid, total.outstanding) == (
        balances["withheld"],
        balances["waived"],
        balances["repaid"],
        balances["owed"],
    )
    assert total.owed == total.claimed + total.waived
    assert total.claimed == total.repaid + total.outstanding
    because = given.because()
    assert because.value == 1000 == sum(step.value for step in because.steps if isinstance(step.value, int))


def test_a_report_that_says_another_sum_than_the_ledger_is_refused(round_2025: Round, book: Ledger) -> None:
    wrong = replace(REPORTS[0], used=551)
    with pytest.raises(Fault, match="Region Örebro län: Redovisningen säger 551\xa0kr använt, huvudboken 550\xa0kr"):
        account(round_2025.account, EVERYONE, book, [wrong], assessment=ASSESSMENT)


@pytest.mark.parametrize("recipients", [EVERYONE[1:], EVERYONE[:1]])
def test_nobody_in_the_ledger_is_left_out(round_2025: Round, book: Ledger, recipients: tuple[Recipient, ...]) -> None:
    with pytest.raises(Fault, match="finns inte bland bidragsmottagarna"):
        account(round_2025.account, recipients, book, REPORTS, assessment=ASSESSMENT)


def test_a_round_where_nobody_reported_has_no_visits_to_sum(round_2025: Round) -> None:
    empty = account(round_2025.account, EVERYONE, Ledger(2025, 1000), [], assessment=ASSESSMENT)
    assert empty.visits_of("region") == Visits(0, 0, 0, 0)
    assert empty.because().value == 1000
