"""A made-up bank takes our payment files and answers them; no network, and its clock is moved by hand."""

from collections.abc import Iterator
from datetime import date

import made_up_money
import pytest
from made_up_money import AGENCY, TWO, history
from mockbank import accounts, db
from mockbank.server import Config
from mockbank.state import State

from statsbidrag.exchange.bank.answers import read_answers
from statsbidrag.exchange.bank.batch import PaymentBatch
from statsbidrag.exchange.bank.matching import Matching, match
from statsbidrag.exchange.bank.pain001 import write_pain001
from statsbidrag.rulebook.agency import BankProfile

PROFILES = {name: stated.value for name, stated in AGENCY.banks.items()}
FIRST, SECOND = (payment.reference for payment in TWO.payments)


class Bank:
    """A made-up bank that holds the agency's account and knows no other; its clock is moved by hand."""

    def __init__(self) -> None:
        self.state = State(Config(clock="2025-05-26T09:30", timezone="Europe/Stockholm", quiet=True))
        account = {
            "name": "Socialstyrelsen",
            "iban": "SE3550000000054910000003",
            "currency": "SEK",
            "balance": 200_000_000_00,
            "account_number": AGENCY.giro.value.digits,
        }
        accounts.create(self.state.conn, "agency", account)

    def behave(self, **changed: object) -> None:
        """Makes the bank behave otherwise, such as with too little money on the account."""
        accounts.update(self.state.conn, "agency", changed)

    def send(self, batch: PaymentBatch, profile: BankProfile = PROFILES["danske"]) -> None:
        """Sends a payment file; a file that breaks the bank's own rules fails the test."""
        _, _, findings = self.state.receive(write_pain001(batch, profile))
        assert findings == []

    def answers(self) -> Iterator[bytes]:
        """The status reports and notifications that the bank has sent so far."""
        for row in db.rows(self.state.conn, "SELECT type, body FROM message ORDER BY id"):
            if row["type"].startswith(("pain.002", "camt.054")):
                yield row["body"].encode()

    def matching(self, *batches: PaymentBatch) -> Matching:
        """What the bank has said so far, matched."""
        return match((answer for file in self.answers() for answer in read_answers(file, "svar")), batches)


@pytest.fixture
def bank() -> Iterator[Bank]:
    made = Bank()
    yield made
    made.state.close()


@pytest.mark.shows("adm-12", "adm-24")
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_bank_takes_the_file_and_every_payment_is_first_accepted_then_paid(bank: Bank, profile: BankProfile) -> None:
    batch = made_up_money.every_recipient()
    bank.send(batch, profile)
    accepted = bank.matching(batch)
    assert {answer.outcome for answer in accepted.matched} == {"accepted"}
    assert set(history(batch, accepted).states().values()) == {"accepted"}

    bank.state.clock.advance(days=3)
    paid = bank.matching(batch)
    assert (paid.unmatched, paid.waiting) == ((), ())
    assert set(history(batch, paid).states().values()) == {"paid"}
    booked = {answer.reference: answer for answer in paid.matched if answer.outcome == "paid"}
    assert {answer.booked for answer in booked.values()} == {date(2025, 5, 28)}
    assert {key: answer.kronor for key, answer in booked.items()} == {
        payment.reference: payment.kronor for payment in batch.payments
    }


@pytest.mark.shows("adm-12")
def test_the_same_file_sent_twice_is_refused_by_its_number_and_the_first_is_paid_once(bank: Bank) -> None:
    bank.send(TWO)
    bank.state.receive(write_pain001(TWO, PROFILES["danske"]))
    *_, refusal = (answer for file in bank.answers() for answer in read_answers(file, "svar"))
    assert (refusal.outcome, refusal.reason) == ("rejected", "DUPL")
    assert refusal.says.startswith("Banken har redan fått den här filen")
    bank.state.clock.advance(days=3)
    matching = bank.matching(TWO)
    assert [unmatched.answer for unmatched in matching.unmatched] == [refusal]
    assert history(TWO, matching).states() == {FIRST: "paid", SECOND: "paid"}


def test_a_payment_that_the_account_has_no_money_for_is_rejected_with_its_reason(bank: Bank) -> None:
    bank.behave(behaviour="insufficient-funds", balance=300_000_00)
    bank.send(TWO)
    matching = bank.matching(TWO)
    assert history(TWO, matching).states() == {FIRST: "accepted", SECOND: "rejected"}
    [rejected] = [answer for answer in matching.matched if answer.outcome == "rejected"]
    assert rejected.reason == "AM04"
    assert rejected.says.startswith("Pengarna på vårt konto räcker inte.")


def test_a_file_that_is_rejected_whole_rejects_every_payment_in_it(bank: Bank) -> None:
    bank.behave(behaviour="reject-file")
    bank.send(TWO)
    assert history(TWO, bank.matching(TWO)).states() == {FIRST: "rejected", SECOND: "rejected"}


def test_money_that_comes_back_is_returned_and_not_paid(bank: Bank) -> None:
    bank.behave(behaviour="return-later", parameters={"days": 2, "end_to_end_id": SECOND})
    bank.send(TWO)
    bank.state.clock.advance(days=10)
    matching = bank.matching(TWO)
    assert history(TWO, matching).states() == {FIRST: "paid", SECOND: "returned"}
    [returned] = [answer for answer in matching.matched if answer.outcome == "returned"]
    assert (returned.reference, returned.reason, returned.booked) == (SECOND, "AC04", date(2025, 5, 30))


def test_a_silent_bank_leaves_every_payment_waiting(bank: Bank) -> None:
    bank.behave(behaviour="silent")
    bank.send(TWO)
    assert bank.matching(TWO).waiting == TWO.payments


@pytest.mark.shows("adm-24")
def test_gotlands_two_lines_are_told_apart_by_reference_since_they_share_the_organisation_number(bank: Bank) -> None:
    region, municipality = (
        made_up_money.payment(number, recipient) for number, recipient in enumerate(made_up_money.GOTLAND, 1)
    )
    assert region.organisation_number == municipality.organisation_number
    assert region.kronor == municipality.kronor
    bank.behave(behaviour="return-later", parameters={"days": 2, "end_to_end_id": municipality.reference})
    batch = made_up_money.batch((region, municipality))
    bank.send(batch)
    bank.state.clock.advance(days=10)
    states = history(batch, bank.matching(batch)).states()
    assert states == {region.reference: "paid", municipality.reference: "returned"}
