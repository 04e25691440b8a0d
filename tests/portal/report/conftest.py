"""A round whose form has been sent out: two recipients have been paid and may report; everything is made up."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from statsbidrag.cycle.ledger import Posting
from statsbidrag.play.answers import answered
from statsbidrag.portal import rules
from statsbidrag.portal.access import RoleKind, Visitor
from statsbidrag.portal.actions import ledger, report, report_draft
from statsbidrag.portal.actions.cases import grant_case, round_case
from statsbidrag.portal.actions.report import Signing
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.models import ReceivedReport, Registry, Round
from statsbidrag.portal.queries.report_draft import background_of, require_draft
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.dates import SWEDISH_TIME

REPORT_DAY = datetime(2026, 2, 10, 10, tzinfo=SWEDISH_TIME)
MUNICIPALITY, REGION = "municipality-0484", "region-01"
PAID = {MUNICIPALITY: 1_000_000, REGION: 16_259_682}
DELEGATION = "Delegationsordningen punkt 3.2 (påhittad)"


@dataclass(frozen=True)
class Reporting:
    """A recipient that may report, with its people."""

    year: int
    recipient: str
    agent: Visitor
    deputy: Visitor
    coordinator: Visitor
    signatory: Visitor

    def answers(self, **known: object) -> dict[str, object]:
        """Gives plausible answers to everything that has to be answered, with these among them."""
        form = form_of(self.year)
        assert form is not None
        background = {**background_of(self.year, self.recipient), "nothing_used": "no"}
        told = {"used": PAID[self.recipient], "visits_planned": 40, "visits_done": 40, "families": 20, "clinics": 3}
        told |= {"model_visits": 6, "municipality_collaboration.yes": 1}
        filled, _ = answered(form, background, told | known, random.Random("report"))
        signed = form.signed_fields()
        return {id: answer for id, answer in filled.items() if id not in signed}

    def signature(self) -> dict[str, object]:
        """Gives what the signatory fills in."""
        form = form_of(self.year)
        assert form is not None
        return {
            "signatory_name": "Noor Företrädare (påhittad)",
            "signatory_position": "förvaltningschef",
            "signatory_phone": "010-000 00 00",
            "signatory_email": "noor@exempel.se",
            **{id: True for id in form.signed_fields() if form.field(id).kind == "tick"},
        }

    def fill(self, now: datetime = REPORT_DAY, **known: object) -> None:
        """Opens the report and fills in every page of it, with a comment on every warning."""
        report_draft.begin(self.coordinator, self.year, self.recipient, now)
        form, answers = form_of(self.year), self.answers(**known)
        assert form is not None
        for page in form.pages:
            ids = [each.id for question in page.questions for one in question.fields for each in (one, *one.inputs)]
            own = {id: _written(answers[id]) for id in ids if id in answers}
            if own:
                self.save(page.id, Written(answers=own), now)
        fired = require_draft(self.year, self.recipient).outcome.fired("warning")
        self.save("check", Written(notes={check.id: "Uppgiften stämmer (påhittat)." for check in fired}), now)

    def save(self, page: str, written: Written, now: datetime = REPORT_DAY) -> None:
        """Saves one page as the coordinator."""
        version = require_draft(self.year, self.recipient).version(page)
        report_draft.save_page(
            self.coordinator, self.year, self.recipient, page, written=written, version=version, now=now
        )

    def certify(self, now: datetime = REPORT_DAY) -> None:
        """Locks the draft and has the signatory certify it."""
        locked = report.lock(self.coordinator, self.year, self.recipient, now)
        signing = Signing(self.signature(), DELEGATION, locked.outcome.fingerprint)
        report.certify(self.signatory, self.year, self.recipient, signing, now=now)

    def send(self, now: datetime = REPORT_DAY, **known: object) -> ReceivedReport:
        """Fills in, certifies and sends in a report."""
        self.fill(now, **known)
        self.certify(now)
        return report.submit(self.deputy, self.year, self.recipient, now)


@pytest.fixture
def form_sent(db: None) -> Round:
    """The round of 2025 with its form sent out, and two recipients that have been paid."""
    row = Round.objects.create(year=2025, published=REPORT_DAY, opened=REPORT_DAY, reallocated=REPORT_DAY)
    row.case, row.form_sent = round_case(2025, REPORT_DAY), REPORT_DAY
    row.save()
    for recipient, kronor in PAID.items():
        grant_case(2025, recipient, REPORT_DAY)
        Registry.objects.create(
            recipient=recipient, email=f"registrator.{recipient}@exempel.se", lines=["Registraturen"]
        )
        ceiling = rules.ceilings(2025)[recipient]
        for cause, sum_ in (("allocated", max(ceiling, kronor)), ("granted", kronor), ("paid", kronor)):
            posting = Posting(cause, recipient, sum_, f"{recipient}-{cause}", REPORT_DAY.date(), 2025, "påhittat")  # type: ignore[arg-type]
            ledger.post(2025, [posting])
    return row


@pytest.fixture
def reporting_for(form_sent: Round, someone: Callable[..., Visitor]) -> Callable[[str], Reporting]:
    """Gives a recipient that may report, with one person for each role."""

    def make(recipient: str) -> Reporting:
        kinds: tuple[RoleKind, ...] = ("agent", "deputy", "coordinator", "signatory")
        return Reporting(2025, recipient, *(someone(kind, recipient) for kind in kinds))

    return make


@pytest.fixture
def reporting(reporting_for: Callable[[str], Reporting]) -> Reporting:
    """A municipality that may report."""
    return reporting_for(MUNICIPALITY)


@pytest.fixture
def reporting_region(reporting_for: Callable[[str], Reporting]) -> Reporting:
    """A region that may report."""
    return reporting_for(REGION)


def _written(answer: object) -> str | list[str]:
    return [str(each) for each in answer] if isinstance(answer, list | frozenset) else str(answer)
