from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from statsbidrag.cycle.ledger import LEDGER_ACCOUNTS, MOVES, Cause, Ledger, Posting
from statsbidrag.terms.faults import Fault

DAY = date(2025, 5, 26)


def posting(cause: Cause, kronor: int, reference: str = "B-1", recipient: str = "region-01") -> Posting:
    return Posting(cause, recipient, kronor, reference, DAY, 2025, "f" * 64)


@pytest.fixture
def paid() -> Ledger:
    """A round of 1 000 kr where one region asked for 600 of 800, got 100 more, and was paid."""
    return Ledger(2025, 1000).add(
        [
            posting("allocated", 800),
            posting("allocated", 200, recipient="region-24"),
            posting("unclaimed", 200),
            posting("unclaimed", 200, recipient="region-24"),
            posting("granted", 600),
            posting("reallocated", 100),
            posting("paid", 700),
        ]
    )


def test_every_krona_is_somewhere_and_the_accounts_add_up_to_the_pot(paid: Ledger) -> None:
    assert sum(paid.totals().values()) == 1000
    assert {name: kronor for name, kronor in paid.totals().items() if kronor} == {"left": 300, "paid": 700}


@pytest.mark.shows("adm-04")
def test_what_is_granted_may_pass_the_ceiling_by_what_was_reallocated(paid: Ledger) -> None:
    moved = paid.turnovers()
    granted = moved["granted", "region-01"] + moved["reallocated", "region-01"]
    assert granted == 700 > moved["allocated", "region-01"] - moved["unclaimed", "region-01"]


@pytest.mark.shows("adm-04")
def test_owed_is_taken_from_unused_and_from_used_money_and_is_repaid_waived_and_outstanding(paid: Ledger) -> None:
    settled = paid.add(
        [
            posting("used", 500),
            posting("owed of unused", 200),
            posting("owed of used", 50),
            posting("waived", 30),
            posting("repaid", 150),
        ]
    ).totals()
    assert (settled["used"], settled["owed"], settled["waived"], settled["repaid"]) == (450, 70, 30, 150)


def test_a_claim_that_is_lowered_after_it_was_paid_is_refunded_and_credited(paid: Ledger) -> None:
    owed = paid.add([posting("owed of unused", 700), posting("repaid", 700)])
    after = owed.add([posting("refunded", 300, "B-2"), posting("credited to unused", 300, "B-2")])
    assert (after.totals()["paid"], after.totals()["repaid"], after.totals()["owed"]) == (300, 400, 0)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (posting("paid", 1, "B-2"), r"kontot ”beviljat” finns 0\xa0kr, men 1\xa0kr skulle tas därifrån \(utbetalt\)"),
        (posting("reallocated", 301, "B-2"), "kontot ”kvar att omfördela” finns 300"),
        (posting("granted", 1, "B-2", "region-24"), "kontot ”högsta belopp” finns 0"),
        (posting("used", 0), "inte större än 0"),
        (posting("used", -5), "inte större än 0"),
        (replace(posting("used", 5), year=2024), "Omgången är 2025, inte 2024"),
        (posting("paid", 700), "finns redan: utbetalt 700\xa0kr, 26 maj 2025"),
    ],
)
def test_a_posting_that_does_not_fit_is_refused_and_says_why(paid: Ledger, wrong: Posting, says: str) -> None:
    with pytest.raises(Fault, match=f"huvudboken .*{wrong.recipient}, {wrong.reference}: .*{says}"):
        paid.add([wrong])


def test_of_several_postings_all_stand_in_the_book_or_none(paid: Ledger) -> None:
    with pytest.raises(Fault):
        paid.add([posting("used", 500), posting("owed of unused", 201)])
    assert len(paid.postings) == 7


def test_a_book_that_does_not_balance_cannot_be_made_in_any_way() -> None:
    with pytest.raises(Fault, match="potten"):
        Ledger(2025, 1000, (posting("allocated", 1001),))


def test_a_posting_is_never_altered() -> None:
    with pytest.raises(FrozenInstanceError):
        posting("used", 1).kronor = 2  # type: ignore[misc]  # that it cannot be set is the point


def test_every_move_goes_from_one_account_to_another() -> None:
    for move in MOVES.values():
        assert {move.moved_from, move.moved_to} <= LEDGER_ACCOUNTS.keys()
        assert move.moved_from != move.moved_to


def test_the_book_tells_how_a_recipients_money_has_moved(paid: Ledger) -> None:
    steps = paid.because("region-01").steps
    assert [step.value for step in steps] == [800, 200, 600, 100, 700]
    assert steps[-1].says == "26 maj 2025: utbetalt (B-1)"
