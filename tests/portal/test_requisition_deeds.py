"""What comes in is stored as a version of its own with its number and receipt, and nothing is ever lost."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import requisition, requisition_draft
from statsbidrag.portal.actions.requisition import Arrival, Facts
from statsbidrag.portal.actions.requisition_receipt import make_missing_receipts, make_receipt
from statsbidrag.portal.models import (
    Case,
    DiaryEntry,
    Mail,
    ReceivedRequisition,
    Registry,
    RequisitionDraft,
    Round,
)
from statsbidrag.portal.queries import requisitions
from statsbidrag.portal.queries.recipient_round import place_of
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

STOCKHOLM = "region-01"
PUBLISHED = 16_259_682
FACTS = Facts(
    amount=PUBLISHED,
    wants_more=True,
    at_most=500_000,
    other_support=False,
    giro="bankgiro 991-2346",
    contact_name="Kontakt (påhittad)",
    contact_email="kontakt@exempel.se",
)
AFTER_LAST_DAY = datetime(2025, 5, 2, 9, tzinfo=SWEDISH_TIME)


@pytest.fixture
def round_2025(at: Callable[[datetime], None]) -> Round:
    """The round of 2025, published and opened on its first day."""
    opened = datetime(2025, 3, 11, 9, tzinfo=SWEDISH_TIME)
    return Round.objects.create(year=2025, published=opened, opened=opened)


@pytest.fixture
def agent(someone: Callable[..., Visitor], round_2025: Round) -> Visitor:
    return someone("agent", STOCKHOLM, name="Robin Regionombud (påhittad)")


def sent(agent: Visitor, facts: Facts, now: datetime) -> ReceivedRequisition:
    return requisition.submit(agent, 2025, STOCKHOLM, facts, version=0, now=now)


def by_paper(arrived: datetime, facts: Facts = FACTS) -> ReceivedRequisition:
    return requisition.receive(2025, STOCKHOLM, facts, Arrival(at=arrived, channel="paper"), now=arrived)


@pytest.mark.shows("adm-13")
def test_a_requisition_gets_a_diary_number_and_stands_in_the_diary_as_it_was_sent(
    agent: Visitor, now: datetime
) -> None:
    row = sent(agent, FACTS, now)
    case = Case.objects.get(recipient=STOCKHOLM)
    assert row.reference == f"{case.number}-1"
    assert case.number.startswith("9.1-")
    said = json.loads(bytes(row.document.content.content))
    assert said["Rekvirerat belopp (kr)"] == PUBLISHED
    assert said["Bidragsmottagare"] == "Region Stockholm"
    assert said["Obs"] == "Exempel – påhittade uppgifter, inget beslut"
    assert said["Vill ta del av medel som inte har rekvirerats"] == "ja"
    assert requisitions.intake(2025, now.date()).requested == {STOCKHOLM: PUBLISHED}
    assert requisitions.intake(2025, now.date()).willing == {STOCKHOLM: 500_000}


@pytest.mark.shows("adm-10")
def test_the_receipt_is_a_document_of_the_case_and_goes_to_sender_contact_and_registry(
    agent: Visitor, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    Registry.objects.create(recipient=STOCKHOLM, email="registrator@exempel.se")
    with django_capture_on_commit_callbacks(execute=True):
        row = sent(agent, FACTS, now)
    row.refresh_from_db()
    assert row.receipt is not None
    assert row.receipt.direction == "out"
    assert row.receipt.entry.number == 2
    assert bytes(row.receipt.content.content).startswith(b"%PDF")
    receivers = {to for message in mail.outbox for to in message.to}
    assert receivers == {f"person{agent.id}@exempel.se", "kontakt@exempel.se", "registrator@exempel.se"}
    assert all(len(message.attachments) == 1 for message in mail.outbox)
    assert row.document.entry.case.number in mail.outbox[0].subject


def test_a_receipt_that_a_killed_process_left_unmade_is_made_later_and_once(agent: Visitor, now: datetime) -> None:
    row = sent(agent, FACTS, now)
    assert make_missing_receipts() == 1
    assert make_missing_receipts() == 0
    make_receipt.call(row.pk)
    assert DiaryEntry.objects.count() == 2
    assert Mail.objects.filter(occasion="receipt").count() == 2


def test_a_receipt_that_cannot_be_stored_leaves_nothing_of_itself(
    agent: Visitor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = sent(agent, FACTS, now)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the process is killed here")

    with monkeypatch.context() as patched:
        patched.setattr("statsbidrag.portal.actions.requisition_receipt.post.send", broken)
        with pytest.raises(RuntimeError):
            make_receipt.call(row.pk)
    row.refresh_from_db()
    assert row.receipt is None
    assert DiaryEntry.objects.count() == 1
    assert make_missing_receipts() == 1


def test_the_same_answers_sent_by_two_colleagues_make_one_requisition(
    agent: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    first = sent(agent, FACTS, now)
    second = sent(someone("deputy", STOCKHOLM), FACTS, now + timedelta(seconds=2))
    assert first == second
    assert ReceivedRequisition.objects.count() == 1


def test_a_change_is_a_version_of_its_own_and_the_last_one_counts(agent: Visitor, now: datetime) -> None:
    sent(agent, FACTS, now)
    sent(agent, replace(FACTS, amount=1_000_000), now + timedelta(days=1))
    states = [review.state for review in requisitions.versions(2025, STOCKHOLM, now.date())]
    assert states == ["replaced", "accepted"]
    assert requisitions.intake(2025, now.date()).requested == {STOCKHOLM: 1_000_000}


@pytest.mark.shows("adm-21")
def test_who_abstains_is_neither_reminded_nor_counted_and_may_change_its_mind(agent: Visitor, now: datetime) -> None:
    requisition.abstain(agent, 2025, STOCKHOLM, now=now)
    requisition.abstain(agent, 2025, STOCKHOLM, now=now + timedelta(minutes=1))
    assert ReceivedRequisition.objects.count() == 1
    intake = requisitions.intake(2025, now.date())
    assert intake.requested == {}
    assert intake.to_remind([STOCKHOLM, "region-03"]) == ("region-03",)
    sent(agent, FACTS, now + timedelta(hours=1))
    assert requisitions.intake(2025, now.date()).requested == {STOCKHOLM: PUBLISHED}


@pytest.mark.shows("adm-21")
def test_a_requisition_may_be_taken_back_also_after_the_last_day_until_it_is_decided(
    agent: Visitor, now: datetime
) -> None:
    sent(agent, FACTS, now)
    requisition.abstain(agent, 2025, STOCKHOLM, now=AFTER_LAST_DAY)
    assert requisitions.intake(2025, AFTER_LAST_DAY.date()).requested == {}


@pytest.mark.shows("adm-10")
def test_paper_that_comes_too_late_is_received_with_its_number_and_rejected_by_the_check(
    round_2025: Round, now: datetime
) -> None:
    row = by_paper(AFTER_LAST_DAY)
    assert row.reference == f"{Case.objects.get().number}-1"
    review = requisitions.versions(2025, STOCKHOLM, AFTER_LAST_DAY.date())[0]
    assert review.state == "rejected"
    assert requisitions.standing(2025, STOCKHOLM, AFTER_LAST_DAY.date()) is None
    assert make_missing_receipts() == 1


def test_paper_that_does_not_say_whose_it_is_is_registered_in_the_rounds_own_case(
    round_2025: Round, now: datetime
) -> None:
    requisition.receive(2025, "", Facts(amount=5), Arrival(at=now, channel="paper"), now=now)
    requisition.receive(2025, "", Facts(amount=7), Arrival(at=now, channel="paper"), now=now)
    assert Case.objects.get().kind == "round"
    assert [review.state for review in requisitions.intake(2025, now.date()).reviews] == ["to complete"] * 2
    assert make_missing_receipts() == 0


def test_a_recipient_that_does_not_exist_is_refused_and_nothing_is_stored(round_2025: Round, now: datetime) -> None:
    with pytest.raises(Fault, match="finns inte"):
        requisition.receive(2025, "region-99", FACTS, Arrival(at=now, channel="paper"), now=now)
    assert not Case.objects.exists()


@pytest.mark.shows("adm-10")
def test_after_the_last_day_only_what_lacks_can_be_completed(agent: Visitor, now: datetime) -> None:
    by_paper(now, replace(FACTS, amount=99_000_000))
    row = sent(agent, replace(FACTS, amount=PUBLISHED, wants_more=False, giro="plusgiro 90 20 03-3"), AFTER_LAST_DAY)
    assert (row.amount, row.wants_more, row.giro) == (PUBLISHED, True, FACTS.giro)
    assert row.completes
    standing = requisitions.standing(2025, STOCKHOLM, AFTER_LAST_DAY.date())
    assert standing is not None
    assert (standing.requisition.reference, standing.counts) == (row.reference, True)


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        (datetime(2025, 5, 2, 9, tzinfo=SWEDISH_TIME), "Sista dagen för rekvisition var den 29 april 2025"),
        (datetime(2025, 4, 30, 0, 0, 1, tzinfo=SWEDISH_TIME), "Sista dagen"),
    ],
)
def test_after_the_last_day_the_service_takes_no_new_requisition(agent: Visitor, moment: datetime, says: str) -> None:
    with pytest.raises(Fault, match=says):
        sent(agent, FACTS, moment)
    assert not ReceivedRequisition.objects.exists()


def test_the_last_minute_of_the_last_day_is_in_time(agent: Visitor) -> None:
    last = datetime(2025, 4, 29, 23, 59, 59, tzinfo=SWEDISH_TIME)
    sent(agent, FACTS, last)
    assert requisitions.intake(2025, last.date()).requested == {STOCKHOLM: PUBLISHED}


def test_before_the_round_opens_nothing_can_be_sent(agent: Visitor, round_2025: Round) -> None:
    Round.objects.update(opened=None)
    early = datetime(2025, 3, 10, 9, tzinfo=SWEDISH_TIME)
    with pytest.raises(Fault, match="öppnar den 11 mars 2025"):
        sent(agent, FACTS, early)
    with pytest.raises(Fault, match="öppnar den 11 mars 2025"):
        requisition.abstain(agent, 2025, STOCKHOLM, now=early)


@pytest.mark.parametrize("kind", ["coordinator", "signatory", "reader", "officer", None])
def test_only_agent_and_deputy_may_send(
    kind: Any, someone: Callable[..., Visitor], round_2025: Round, now: datetime
) -> None:
    held_for = "" if kind in ("officer", None) else STOCKHOLM
    with pytest.raises(Refused):
        sent(someone(kind, held_for), FACTS, now)
    with pytest.raises(Refused):
        requisition.abstain(someone(kind, held_for), 2025, STOCKHOLM, now=now)


def test_the_deputy_of_another_organisation_may_not_send(
    someone: Callable[..., Visitor], round_2025: Round, now: datetime
) -> None:
    with pytest.raises(Refused):
        sent(someone("deputy", "region-03"), FACTS, now)


def test_a_colleagues_change_is_not_overwritten_unseen(
    agent: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    colleague = someone("coordinator", STOCKHOLM, name="Alex Samordnare (påhittad)")
    first = requisition_draft.save(agent, 2025, STOCKHOLM, {"amount": "1 000"}, version=0, now=now)
    requisition_draft.save(colleague, 2025, STOCKHOLM, {"amount": "2 000"}, version=first, now=now)
    with pytest.raises(requisition_draft.Changed, match="Alex Samordnare") as changed:
        requisition_draft.save(agent, 2025, STOCKHOLM, {"amount": "3 000"}, version=first, now=now)
    assert changed.value.draft.values == {"amount": "2 000"}
    kept = requisition_draft.save(agent, 2025, STOCKHOLM, {"amount": "3 000"}, version=2, now=now)
    assert (kept, RequisitionDraft.objects.get().values) == (3, {"amount": "3 000"})


def test_what_a_colleague_changed_after_the_check_is_not_sent_unseen(
    agent: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    checked = requisition_draft.save(agent, 2025, STOCKHOLM, {"amount": "1 000"}, version=0, now=now)
    colleague = someone("deputy", STOCKHOLM)
    requisition_draft.save(colleague, 2025, STOCKHOLM, {"amount": "2 000"}, version=checked, now=now)
    with pytest.raises(requisition_draft.Changed):
        requisition.submit(agent, 2025, STOCKHOLM, FACTS, version=checked, now=now)
    assert not ReceivedRequisition.objects.exists()


def test_the_rounds_answer_is_kept_in_memory_until_something_more_comes_in(agent: Visitor, now: datetime) -> None:
    sent(agent, FACTS, now)
    first = requisitions.intake(2025, now.date())
    assert requisitions.intake(2025, now.date()) is first
    sent(agent, replace(FACTS, amount=5), now + timedelta(minutes=1))
    assert requisitions.intake(2025, now.date()).requested == {STOCKHOLM: 5}


def test_where_a_recipient_stands_follows_the_days_of_the_round(agent: Visitor, now: datetime) -> None:
    assert place_of(2025, STOCKHOLM, now).open
    assert not place_of(2025, STOCKHOLM, AFTER_LAST_DAY).open
    assert place_of(2024, STOCKHOLM, now).published is None


def test_a_receipt_is_made_also_where_nobody_has_told_us_the_registrys_address(agent: Visitor, now: datetime) -> None:
    assert not Registry.objects.exists()
    sent(agent, FACTS, now)
    assert make_missing_receipts() == 1
