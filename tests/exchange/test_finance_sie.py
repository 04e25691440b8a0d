import re
from collections import Counter
from datetime import date

import made_up_money
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_money import ALE, STOCKHOLM

from statsbidrag.cycle.ledger import MOVES, Cause, Posting
from statsbidrag.exchange.finance import FinanceFile, Row, Voucher, vouchers_of, write_sie
from statsbidrag.terms.bookkeeping import Account
from statsbidrag.terms.faults import Fault

FINANCE = made_up_money.AGENCY.finance.value
DIARY_NUMBERS = {recipient.key: f"4.3-{1000 + n}/2025" for n, recipient in enumerate(made_up_money.RECIPIENTS)}


def posting(cause: Cause, recipient: str = ALE.key, kronor: int = 226_542) -> Posting:
    """A made-up posting of the ledger."""
    return Posting(cause, recipient, kronor, "2025-0042", date(2025, 5, 26), 2025, "fingerprint")


def vouchers(*postings: Posting, first: int = 1) -> tuple[Voucher, ...]:
    """How the agency books some postings."""
    return vouchers_of(postings, FINANCE, made_up_money.BY_KEY, DIARY_NUMBERS, first=first)


def finance_file(*made: Voucher, remark: str = made_up_money.MADE_UP) -> FinanceFile:
    """A hand-over of some vouchers to the finance system."""
    agency = made_up_money.AGENCY
    number = agency.organisation_number.value
    return FinanceFile(agency.name.value, number, FINANCE.series, date(2025, 5, 28), made, remark)


def lines(*made: Voucher) -> list[str]:
    """The lines of a hand-over, read the way a finance system does."""
    return write_sie(finance_file(*made)).decode("cp437").split("\r\n")


def sums(text: str) -> list[int]:
    """The sums of the rows of a file, in kronor."""
    return [int(kronor) for kronor in re.findall(r"^#TRANS \d+ \{.*\} (-?\d+)\.00 ", text, re.MULTILINE)]


@pytest.mark.shows("adm-12")
def test_a_granted_sum_is_booked_with_account_and_all_four_marks() -> None:
    [granted] = vouchers(posting("granted"))
    written = lines(granted)
    marks = '1 "1000" 20 "ANSLAG-1" 21 "212000-1439" 22 "' + DIARY_NUMBERS[ALE.key] + '"'
    assert written[-6:] == [
        '#VER "SB" "1" 20250526 "Beviljat, Ale kommun, 2025-0042"',
        "{",
        f"#TRANS 7752 {{{marks}}} 226542.00 20250526",
        f"#TRANS 2682 {{{marks}}} -226542.00 20250526",
        "}",
        "",
    ]


@pytest.mark.shows("adm-12")
def test_every_account_dimension_and_object_that_is_used_is_named_once() -> None:
    written = lines(*vouchers(posting("granted"), posting("paid"), posting("granted", STOCKHOLM.key)))
    assert '#KONTO 7751 "Lämnade bidrag till regioner"' in written
    assert '#DIM 21 "Motpart"' in written
    assert '#OBJEKT 21 "232100-0016" "Region Stockholm"' in written
    names = [line for line in written if line.startswith(("#KONTO", "#DIM", "#OBJEKT"))]
    assert Counter(names).most_common(1)[0][1] == 1


@pytest.mark.shows("adm-24")
def test_gotlands_two_lines_are_one_counterparty_and_two_cases() -> None:
    written = lines(*vouchers(*(posting("paid", recipient.key) for recipient in made_up_money.GOTLAND)))
    assert [line for line in written if "212000-0803" in line and line.startswith("#OBJEKT")] == [
        '#OBJEKT 21 "212000-0803" "Region Gotland"'
    ]
    assert len([line for line in written if line.startswith("#OBJEKT 22")]) == 2


def test_the_head_says_what_the_file_is_and_that_it_is_made_up() -> None:
    head = lines(*vouchers(posting("paid")))[:9]
    assert head[0] == "#FLAGGA 0"
    assert head[1].startswith('#PROGRAM "statsbidrag" "')
    assert head[2:5] == ["#FORMAT PC8", "#GEN 20250528", "#SIETYP 4"]
    assert head[5] == '#PROSA "Exempel - påhittade uppgifter, inget beslut"'
    assert head[6:] == ["#ORGNR 202100-0555", '#FNAMN "Socialstyrelsen"', "#VALUTA SEK"]


def test_every_line_ends_the_way_the_format_says_and_the_letters_are_code_page_437() -> None:
    file = write_sie(finance_file(*vouchers(posting("paid"))))
    assert file.count(b"\r\n") == file.count(b"\n") == file.count(b"\r")
    assert "Lämnade".encode("cp437") not in file  # paid books no grant
    assert "Räntekonto för".encode("cp437") in file


@pytest.mark.shows("adm-12")
def test_what_moves_no_money_in_the_books_is_left_out_and_the_rest_is_numbered_on() -> None:
    happened = map(posting, ("allocated", "unclaimed", "granted", "used", "paid"))
    made = vouchers(*happened, first=7)
    assert [(voucher.number, voucher.text.partition(",")[0]) for voucher in made] == [(7, "Beviljat"), (8, "Utbetalt")]


@pytest.mark.shows("adm-12")
@pytest.mark.parametrize("cause", [cause for cause in MOVES if cause in FINANCE.bookings])
def test_whatever_happens_to_the_money_debit_and_credit_are_equal(cause: Cause) -> None:
    written = write_sie(finance_file(*vouchers(posting(cause)))).decode("cp437")
    assert sorted(sums(written)) == [-226_542, 226_542]


@pytest.mark.parametrize(
    ("one", "back"),
    [
        ("granted", "reduced"),
        ("granted", "withheld"),
        ("withheld", "released"),
        ("paid", "returned"),
        ("repaid", "refunded"),
        ("owed of unused", "credited to unused"),
        ("owed of used", "credited to used"),
        ("owed of unused", "waived"),
    ],
)
def test_what_is_undone_is_booked_on_the_same_accounts_the_other_way(one: Cause, back: Cause) -> None:
    there, again = FINANCE.bookings[one], FINANCE.bookings[back]
    assert (there.debit, there.credit) == (again.credit, again.debit)


def test_the_same_vouchers_written_again_give_the_same_bytes() -> None:
    postings = posting("granted"), posting("paid", STOCKHOLM.key)
    once, again = (write_sie(finance_file(*vouchers(*postings))) for _ in range(2))
    assert once == again


def everywhere(text: str) -> list[str]:
    """The lines of a file that has a text everywhere that a text may stand."""
    rows = Row(Account("1", text), 1), Row(Account("2", text), -1)
    voucher = Voucher(1, date(2025, 5, 26), text, rows)
    return write_sie(finance_file(voucher, remark=f"Obs {text}")).decode("cp437").split("\r\n")


@given(st.text(max_size=60))
def test_whatever_a_text_holds_it_stays_one_quoted_text_on_one_line(text: str) -> None:
    written = everywhere(text)
    [line] = [line for line in written if line.startswith("#VER")]
    assert re.fullmatch(r'#VER "SB" "1" 20250526 "(?:[^"\\]|\\")*"', line)
    assert len(written) == len(everywhere("text"))


@pytest.mark.parametrize(
    ("recipient", "diary_numbers", "why"),
    [("region-99", DIARY_NUMBERS, "Mottagaren är okänd"), (ALE.key, {}, "Diarienumret saknas")],
)
def test_a_posting_that_cannot_be_marked_is_refused(recipient: str, diary_numbers: dict[str, str], why: str) -> None:
    with pytest.raises(Fault, match=why):
        vouchers_of([posting("paid", recipient)], FINANCE, made_up_money.BY_KEY, diary_numbers)


@pytest.mark.parametrize("rows", [(100, -99), (100,), (), (0, 0)])
def test_a_voucher_that_does_not_balance_is_never_made(rows: tuple[int, ...]) -> None:
    with pytest.raises(Fault, match="Debet är"):
        Voucher(1, date(2025, 5, 26), "Utbetalt", tuple(Row(Account("1", ""), kronor) for kronor in rows))


@pytest.mark.shows("adm-12")
def test_two_vouchers_never_share_a_number() -> None:
    [voucher] = vouchers(posting("paid"))
    with pytest.raises(Fault, match="finns två gånger"):
        write_sie(finance_file(voucher, voucher))
