"""Random rounds, played through every step that moves money: no krona is ever lost or made."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from statsbidrag.cycle.ledger import Cause, Ledger, LedgerAccount, Posting
from statsbidrag.cycle.step_2_intake import Intake, gather
from statsbidrag.cycle.step_2_requisition import Requisition
from statsbidrag.cycle.step_3_reallocation import reallocate
from statsbidrag.cycle.step_4_authority import DECISION_KINDS, Approval, Mandate, Register
from statsbidrag.cycle.step_4_decision import Basis, Decision, Proposal, decide, standing
from statsbidrag.cycle.step_5_payment import BankAnswer, GiroAccount, History, Payable, Withholding, pay
from statsbidrag.cycle.step_8_claim import ObviouslyUnnecessary, claim
from statsbidrag.cycle.step_8_repayment import Holdings, Liability, owed, unreported
from statsbidrag.cycle.step_9_account import Reported, Visits, account
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import share_out
from statsbidrag.terms.parties import Recipient

ROUND = read_round(SHIPPED / "rounds" / "2025.toml")
OPENED, COMPLETED = ROUND.requisition.opens.value, ROUND.requisition.completed_by + timedelta(days=1)
PAID_ON, REPORT_BY, CLAIMED_ON = date(2025, 5, 28), ROUND.report.last_day.value, date(2026, 5, 11)
REGISTER = Register((Mandate("Chefen", frozenset(DECISION_KINDS), OPENED, CLAIMED_ON),))
PER_CENT = st.integers(0, 100)


@dataclass(frozen=True)
class Life:
    """How one recipient behaves; per cents are of what it has at that moment."""

    weight: int
    asks: int
    above: int
    late: bool
    wants_more: bool
    at_most: int | None
    changed_to: int
    withheld: int
    bank_fails: bool
    reports: bool
    uses: int
    misuses: int
    waived: int
    repays: int


LIVES = st.lists(
    st.builds(
        Life,
        weight=st.integers(0, 10**6),
        asks=PER_CENT,
        above=st.sampled_from([0, 0, 0, 1]),
        late=st.sampled_from([False, False, False, True]),
        wants_more=st.booleans(),
        at_most=st.sampled_from([None, 1, 1000, 10**6]),
        changed_to=st.sampled_from([100, 100, 60, 1]),
        withheld=st.sampled_from([0, 0, 33, 100]),
        bank_fails=st.booleans(),
        reports=st.sampled_from([True, True, True, False]),
        uses=PER_CENT,
        misuses=st.sampled_from([0, 0, 33, 100]),
        waived=st.sampled_from([0, 0, 33, 100]),
        repays=PER_CENT,
    ),
    min_size=1,
    max_size=5,
)


@dataclass
class Book:
    """Keeps the ledger and holds, after every deed, that the accounts add up to the pot."""

    ledger: Ledger
    marks: list[int] = field(default_factory=list)

    def note(self, reference: str, day: date, moves: Iterable[tuple[Cause, str, int]]) -> None:
        self.ledger = self.ledger.add(
            Posting(cause, key, kronor, reference, day, 2025, "f") for cause, key, kronor in moves if kronor
        )
        totals = self.ledger.totals()
        assert sum(totals.values()) == self.ledger.pot
        assert min(totals.values()) >= 0

    def balance(self, name: LedgerAccount, key: str) -> int:
        return self.ledger.balances().get((name, key), 0)


@given(LIVES, st.integers(1, 10**9))
@settings(max_examples=2000, deadline=None)
def test_no_krona_is_lost_or_made_in_any_round(lives: list[Life], pot: int) -> None:
    people = {f"municipality-{number:04d}": life for number, life in enumerate(lives)}
    weights = {key: life.weight + 1 for key, life in people.items()}
    ceilings = share_out(pot, weights)
    book = Book(Ledger(2025, pot))
    book.note("listan", OPENED, (("allocated", key, kronor) for key, kronor in ceilings.items()))

    intake = _requisitions(people, ceilings)
    book.note("omf", COMPLETED, (("unclaimed", key, ceilings[key] - intake.requested.get(key, 0)) for key in people))
    decisions = _decisions(book, people, ceilings, intake)
    _payments(book, people, decisions)
    reported = _reports(book, people)
    _repayments(book, people)

    recipients = [Recipient("municipality", key.partition("-")[2], key, "", "", "") for key in people]
    final = account(ROUND.account, recipients, book.ledger, reported, assessment="Bedömning (påhittad).")
    for line in final.lines:
        money = line.money
        assert money.owed == money.repaid + money.waived + money.outstanding
        assert money.claimed == money.repaid + money.outstanding
        assert money.granted <= money.ceiling
        assert money.paid <= money.granted + money.reallocated - money.withheld
    assert sum(final.balances.values()) == pot


def _requisitions(people: dict[str, Life], ceilings: dict[str, int]) -> Intake:
    intake = gather(
        [
            Requisition(
                reference=f"R-{key}",
                recipient=key,
                arrived=datetime(2025, 5 if life.late else 4, 2, tzinfo=UTC),
                amount=ceilings[key] * life.asks // 100 + life.above * ceilings[key],
                wants_more=life.wants_more,
                at_most=life.at_most,
                other_support=False,
                giro="5050-1055",
                agent="Ombud (påhittat)",
            )
            for key, life in people.items()
        ],
        ROUND.requisition,
        ceilings,
        COMPLETED,
    )
    assert len(intake.reviews) == len(people)
    assert all(0 < kronor <= ceilings[key] for key, kronor in intake.requested.items())
    return intake


def _decisions(book: Book, people: dict[str, Life], ceilings: dict[str, int], intake: Intake) -> tuple[Decision, ...]:
    """Grants with what was reallocated, some of them lowered by a change; the ledger follows the decisions."""
    shared = reallocate(ROUND.reallocation, ceilings, intake.requested, intake.willing)
    assert book.ledger.totals()["left"] == shared.left
    basis = Basis(ROUND.decision, book.ledger.pot, REPORT_BY, COMPLETED, "f")
    approval = Approval(COMPLETED, "Chefen", "Handläggaren")
    grants = decide(
        basis,
        [
            Proposal("grant", f"B-{key}", "1", key, Because(""), kronor, shared.shares.get(key, 0))
            for key, kronor in intake.requested.items()
        ],
        approval,
        REGISTER,
    )
    for grant in grants:
        book.note(grant.reference, COMPLETED, [("granted", grant.recipient, grant.proposal.kronor)])
        book.note(grant.reference, COMPLETED, [("reallocated", grant.recipient, grant.proposal.reallocated)])
    changes = decide(
        basis,
        [
            replace(
                grant.proposal, kind="change", reference=f"{grant.reference}-2", earlier=grant.reference, kronor=low
            )
            for grant in grants
            if (low := grant.proposal.kronor * people[grant.recipient].changed_to // 100) < grant.proposal.kronor
        ],
        approval,
        REGISTER,
        earlier=grants,
    )
    for change in changes:
        book.note(change.reference, COMPLETED, [("reduced", change.recipient, -change.difference)])
    stand = standing((*grants, *changes))
    assert sum(decision.total for decision in stand) == book.ledger.totals()["granted"]
    return stand


def _payments(book: Book, people: dict[str, Life], decisions: tuple[Decision, ...]) -> None:
    """Two batches; the first is refused by the bank for some, and nobody is paid twice."""
    payables = [Payable(f"B-{one.recipient}", one.recipient, one.total, COMPLETED) for one in decisions]
    rule = ROUND.repayment.ground("given wrongly")
    withholdings = [
        Withholding(f"I-{one.recipient}", f"B-{one.recipient}", kronor, rule, COMPLETED)
        for one in decisions
        if (kronor := one.total * people[one.recipient].withheld // 100)
    ]
    for one in withholdings:
        book.note(one.reference, COMPLETED, [("withheld", one.case.removeprefix("B-"), one.kronor)])
    giros = {key: GiroAccount("5050-1055", known_since_last_year=True) for key in people}
    history = History()
    for first in (True, False):
        batch = pay(
            ROUND.payment,
            payables,
            giros,
            history,
            day=PAID_ON,
            requisition_closed=ROUND.requisition.last_day.value,
            withholdings=withholdings,
        )
        answers = tuple(
            BankAnswer(
                one.reference, "rejected" if first and people[one.recipient].bank_fails else "paid", PAID_ON, one.kronor
            )
            for one in batch.payments
        )
        history = History(history.payments + batch.payments, (*history.answers, *answers))
    states = history.states()
    for payment in history.payments:
        if states[payment.reference] == "paid":
            book.note(payment.reference, PAID_ON, [("paid", payment.recipient, payment.kronor)])
    assert book.ledger.totals()["granted"] == 0


def _reports(book: Book, people: dict[str, Life]) -> list[Reported]:
    """What was used; then everyone counts once more and finds that one krona less was used."""
    reported = []
    for key, life in people.items():
        paid = book.balance("paid", key)
        if life.reports and paid:
            used = paid * life.uses // 100
            book.note(f"Å-{key}-1", REPORT_BY, [("used", key, used)])
            less = min(used, 1)
            book.note(f"Å-{key}-2", REPORT_BY, [("used less", key, less)])
            reported.append(Reported(key, used - less, Visits(0, 0, 0, 0)))
    return reported


def _repayments(book: Book, people: dict[str, Life]) -> None:
    for key, life in people.items():
        held = Holdings(key, book.balance("paid", key), book.balance("used", key))
        if life.reports:
            rules, misused = ROUND.repayment, held.used * life.misuses // 100
            liabilities = [
                Liability(rules.ground("not used"), "unused", held.unused, ""),
                Liability(rules.ground("other purpose"), "used", misused, ""),
            ]
            found = owed(rules, held, [one for one in liabilities if one.kronor])
        else:
            found = unreported(ROUND.repayment, held, report_by=REPORT_BY, reported=None, today=CLAIMED_ON)
        if not found.total:
            continue
        decided = claim(
            ROUND.repayment,
            found,
            ObviouslyUnnecessary("eget besked"),
            day=CLAIMED_ON,
            waived=found.total * life.waived // 100,
            special_reasons="Särskilda skäl (påhittade).",
        )
        book.note(
            f"K-{key}",
            CLAIMED_ON,
            [
                ("owed of unused", key, found.taken_from("unused")),
                ("owed of used", key, found.taken_from("used")),
                ("waived", key, decided.waived),
                ("repaid", key, decided.claimed * life.repays // 100),
            ],
        )
