"""A round with three decided grants, which the tests of the payments share; everything in it is made up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from statsbidrag.cycle.ledger import Posting
from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import ledger
from statsbidrag.portal.actions.diary import enter, open_case
from statsbidrag.portal.models import (
    Approval,
    Case,
    Decision,
    GiroCheck,
    Person,
    ReceivedRequisition,
    Registry,
    Role,
    Round,
)
from statsbidrag.portal.papers import Paper
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.giro import Giro

ALE, ESKILSTUNA, STOCKHOLM = "municipality-1440", "municipality-0484", "region-01"
GIROS = {
    ALE: Giro("bankgiro", "9912346"),
    ESKILSTUNA: Giro("bankgiro", "50501055"),
    STOCKHOLM: Giro("plusgiro", "9020033"),
}
KRONOR = {ALE: 100_000, ESKILSTUNA: 250_000, STOCKHOLM: 16_259_682}
DECIDED = datetime(2025, 5, 13, 10, tzinfo=SWEDISH_TIME)
PAY_DAY = date(2025, 5, 26)


@dataclass(frozen=True)
class Granted:
    """A round in which some recipients have been granted money; the letters of the decisions have been sent."""

    year: int
    presenter: Person
    decision_maker: Person
    cases: dict[str, Case]

    def decide(
        self, recipient: str, kind: str, kronor: int, *, ground: str = "", earlier: Decision | None = None
    ) -> Decision:
        """Decides on a recipient, books nothing."""
        case = self.cases[recipient]
        count = Decision.objects.filter(case=case).count()
        approval = Approval.objects.create(
            day=DECIDED.date(), at=DECIDED, decision_maker=self.decision_maker, presenter=self.presenter
        )
        letter = enter(case, Paper("out", "decision", "mottagaren", "Beslut", "beslut.pdf", b"%PDF"), DECIDED)
        return Decision.objects.create(
            reference=f"{case.number}-B{count + 1}",
            year=self.year,
            kind=kind,
            recipient=recipient,
            case=case,
            kronor=kronor,
            because={"says": "Påhittat skäl"},
            ground=ground,
            earlier=earlier,
            fingerprint=rules.fingerprint(self.year),
            prepared_by=self.presenter,
            prepared=DECIDED,
            approval=approval,
            letter=letter,
        )

    def book(self, cause: str, recipient: str, kronor: int, reference: str) -> None:
        """Books what happened to a recipient's money."""
        posting = Posting(cause, recipient, kronor, reference, DECIDED.date(), self.year, rules.fingerprint(self.year))  # type: ignore[arg-type]
        ledger.post(self.year, [posting])

    def grant(self, recipient: str, kronor: int, giro: str, *, known: bool = True) -> Decision:
        """Grants a recipient what it requisitioned, and books it."""
        number = len(self.cases) + 1
        self.cases[recipient] = open_case("grant", self.year, "Statsbidrag (påhittat)", DECIDED, recipient=recipient)
        document = enter(
            self.cases[recipient], Paper("in", "requisition", "mottagaren", "Rekvisition", "r.txt", b"r"), DECIDED
        )
        ReceivedRequisition.objects.create(
            reference=f"R-{number}",
            year=self.year,
            recipient=recipient,
            arrived=datetime(2025, 4, 2, 10, tzinfo=SWEDISH_TIME),
            amount=kronor,
            wants_more=False,
            other_support=False,
            giro=giro,
            agent="Ombud (påhittat)",
            channel="e-service",
            document=document,
        )
        if known and giro:
            GiroCheck.objects.create(recipient=recipient, giro=giro, year=self.year, at=DECIDED)
        Registry.objects.get_or_create(
            recipient=recipient,
            defaults={
                "email": f"registrator.{recipient}@exempel.se",
                "lines": ["Påhittade gatan 1", "111 11 Exempelstad"],
            },
        )
        decision = self.decide(recipient, "grant", kronor)
        self.book("allocated", recipient, rules.ceilings(self.year)[recipient], "fördelningslistan")
        self.book("granted", recipient, kronor, decision.reference)
        return decision


@pytest.fixture
def empty_round(someone: Callable[..., Visitor], at: Callable[[datetime], None]) -> Granted:
    """A round after the reallocation, without any decision yet; the clock stands at ten on the day of decision."""
    at(DECIDED)
    Round.objects.create(pk=2025, published=DECIDED, opened=DECIDED, reallocated=DECIDED)
    return Granted(2025, *(Person.objects.get(pk=someone(kind).id) for kind in ("presenter", "decision_maker")), {})


@pytest.fixture
def granted(empty_round: Granted) -> Granted:
    """Three decided grants, each to a giro number that is known since last year."""
    for recipient, kronor in KRONOR.items():
        empty_round.grant(recipient, kronor, f"{GIROS[recipient].kind} {GIROS[recipient]}")
    return empty_round


@pytest.fixture
def finance(someone: Callable[..., Visitor]) -> Visitor:
    """Someone at the finance department."""
    return someone("finance", name="Eli Ekonom (påhittad)")


@pytest.fixture
def colleague(someone: Callable[..., Visitor]) -> Visitor:
    """A second person who may attest."""
    return someone("finance", name="Mo Ekonom (påhittad)")


@pytest.fixture
def agent(someone: Callable[..., Visitor]) -> Visitor:
    """The agent of a municipality."""
    visitor = someone("agent", ESKILSTUNA)
    assert Role.objects.filter(recipient=ESKILSTUNA, kind="agent").exists()
    return visitor
