"""The desk says what to do now and by whom; the case shows its party everything, and nobody else anything."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.cycle.ledger import Posting
from statsbidrag.portal.access import RoleKind, Visitor
from statsbidrag.portal.actions import diary, ledger, requisition, requisition_draft
from statsbidrag.portal.actions.requisition import Arrival, Facts
from statsbidrag.portal.models import (
    AnswerFile,
    Approval,
    BankAnswer,
    Case,
    CaseNote,
    Decision,
    Document,
    Payment,
    PaymentBatch,
    ReallocatedShare,
    Round,
)
from statsbidrag.portal.papers import Paper
from statsbidrag.terms.dates import SWEDISH_TIME

ESKILSTUNA, ALE = "municipality-0484", "municipality-1440"
WHERE = (ESKILSTUNA, 2025)
FACTS = Facts(amount=300_000, wants_more=True, other_support=False, giro="bankgiro 991-2346", agent="Kim (påhittad)")
DECIDED = datetime(2025, 5, 13, 10, tzinfo=SWEDISH_TIME)
Browse = Callable[[Visitor | None], Client]


def words(browser: Client, name: str = "recipient_desk", *where: Any) -> str:
    """The words of a page's main part, with every space an ordinary one."""
    answer = browser.get(reverse(name, args=where or (ESKILSTUNA,)))
    assert answer.status_code == 200
    html = answer.content.decode().split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


@pytest.fixture
def requisitioned(round_2025: Round, now: datetime) -> Case:
    """Eskilstuna has requisitioned in time."""
    requisition.receive(2025, ESKILSTUNA, FACTS, Arrival(at=now), now=now)
    return Case.objects.get(recipient=ESKILSTUNA)


@pytest.fixture
def granted(requisitioned: Case, someone: Callable[..., Visitor], at: Callable[[datetime], None]) -> Decision:
    """Eskilstuna has been granted what it requisitioned and a share of what was left; nothing is paid yet."""
    presenter, decision_maker = someone("presenter"), someone("decision_maker")
    Round.objects.update(reallocated=DECIDED)
    because = {"says": "Ert eget belopp och er del av det som var kvar", "value": 310_000, "unit": "kr"}
    ReallocatedShare.objects.create(round_id=2025, recipient=ESKILSTUNA, kronor=10_000, because=because)
    approval = Approval.objects.create(
        day=DECIDED.date(), at=DECIDED, decision_maker_id=decision_maker.id, presenter_id=presenter.id
    )
    paper = Paper("out", "decision", "Eskilstuna kommun", "Beslut om statsbidrag 2025", "beslut.pdf", b"%PDF beslut")
    made = Decision.objects.create(
        reference="B1",
        year=2025,
        kind="grant",
        recipient=ESKILSTUNA,
        case=requisitioned,
        kronor=300_000,
        reallocated=10_000,
        because=because,
        prepared_by_id=presenter.id,
        prepared=DECIDED,
        approval=approval,
        letter=diary.enter(requisitioned, paper, DECIDED),
    )
    book("allocated", 300_000, "listan")
    book("granted", 300_000, "B1")
    at(DECIDED)
    return made


def book(cause: Any, kronor: int, reference: str) -> None:
    """Books a move of Eskilstuna's money."""
    ledger.post(2025, [Posting(cause, ESKILSTUNA, kronor, reference, DECIDED.date(), 2025, "0" * 64)])


def pay(decision: Decision, outcome: str = "", why: str = "") -> None:
    """Hands over a payment of a decision, and reads the bank's answer where there is one."""
    by = decision.prepared_by
    batch = PaymentBatch.objects.create(
        year=2025,
        number=1,
        message_id="M1",
        day=date(2025, 5, 26),
        prepared=DECIDED,
        prepared_by=by,
        handed_over=DECIDED,
    )
    payment = Payment.objects.create(
        batch=batch, reference="P1", decision=decision, recipient=ESKILSTUNA, kronor=300_000, giro="bankgiro 991-2346"
    )
    if outcome:
        file = AnswerFile.objects.create(year=2025, name="svar.xml", sha256="1", at=DECIDED, by=by, content=b"")
        BankAnswer.objects.create(
            file=file, payment=payment, reference="P1", outcome=outcome, day=date(2025, 5, 27), kronor=300_000, why=why
        )


def test_before_any_round_is_published_the_desk_says_that_there_is_nothing_to_do(
    agents_browser: Client,
) -> None:
    Round.objects.update(published=None, opened=None)
    assert "Ingen omgång är utlyst än" in words(agents_browser)


def test_the_agent_is_told_to_requisition_by_the_last_day_with_the_time_left(agents_browser: Client) -> None:
    desk = words(agents_browser)
    assert "Rekvirera statsbidraget 2025 Senast 29 april 2025 (27 dagar kvar) Eller meddela att ni avstår." in desk
    assert "Högsta belopp 1 205 895 kr Varför 1 205 895 kr?" in desk


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("deputy", "Rekvirera statsbidraget 2025"),
        ("coordinator", "Ombudet eller en representant skickar sedan in."),
        ("signatory", "Med er roll kan ni läsa ärendena."),
        ("reader", "Med er roll kan ni läsa ärendena."),
    ],
)
def test_each_role_is_told_what_it_can_do(
    kind: RoleKind, says: str, someone: Callable[..., Visitor], round_2025: Round, browser_of: Browse
) -> None:
    assert says in words(browser_of(someone(kind, ESKILSTUNA)))


def test_a_colleagues_draft_is_named_on_the_desk(coordinator: Visitor, agents_browser: Client, now: datetime) -> None:
    requisition_draft.save(coordinator, 2025, ESKILSTUNA, {"amount": "5"}, version=0, now=now)
    assert "Ett utkast finns, senast ändrat av Alex Samordnare (påhittad)." in words(agents_browser)


def test_what_has_been_sent_is_said_in_plain_words_with_the_way_to_change_it(
    agents_browser: Client, requisitioned: Case
) -> None:
    desk = words(agents_browser)
    assert "Ni har rekvirerat 300 000 kr. Ni kan ändra till och med den 29 april 2025." in desk
    assert "Ändra eller ta tillbaka rekvisitionen 2025" in desk


@pytest.mark.shows("adm-10")
def test_a_requisition_that_needs_completion_is_the_first_thing_to_do(
    agents_browser: Client, over_the_ceiling_on_paper: Any
) -> None:
    desk = words(agents_browser)
    assert "Komplettera rekvisitionen 2025 Senast 29 april 2025" in desk
    assert "Behöver kompletteras" in desk


def test_one_that_came_too_late_is_told_that_it_will_be_rejected(
    agents_browser: Client, at: Callable[[datetime], None]
) -> None:
    late = datetime(2025, 5, 5, 9, tzinfo=SWEDISH_TIME)
    requisition.receive(2025, ESKILSTUNA, FACTS, Arrival(at=late, channel="paper"), now=late)
    at(late)
    assert "Avvisas Den kom in för sent eller kan inte godtas." in words(agents_browser)


def test_after_the_decision_the_money_and_its_reasons_are_there_and_the_report_is_next(
    agents_browser: Client, granted: Decision
) -> None:
    desk = words(agents_browser)
    assert "Omfördelat belopp 10 000 kr" in desk
    assert "Beviljat belopp 310 000 kr" in desk
    assert "Redovisa hur ni har använt bidraget 2025 Senast 3 mars 2026" in desk
    case = words(agents_browser, "recipient_case", *WHERE)
    assert "310 000 kr , varav 10 000 kr omfördelat belopp" in case
    assert "Er eget" not in case
    assert "Ert eget belopp och er del av det som var kvar" in case
    letter = agents_browser.get(reverse("recipient_document", args=(ESKILSTUNA, granted.letter_id)))
    assert letter.content == b"%PDF beslut"


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("", "På väg till er 300 000 kr till bankgiro 991-2346"),
        ("accepted", "Banken har tagit emot betalningen"),
        ("paid", "Utbetald 300 000 kr till bankgiro 991-2346 den 27 maj 2025"),
        ("rejected", "Banken kunde inte betala"),
    ],
)
def test_the_payment_is_followed_in_plain_words(
    outcome: str, says: str, agents_browser: Client, granted: Decision
) -> None:
    pay(granted, outcome, "Mottagarens giro är avslutat." if outcome == "rejected" else "")
    assert says in words(agents_browser, "recipient_case", *WHERE)


def test_a_payment_that_the_bank_rejected_is_something_to_do(agents_browser: Client, granted: Decision) -> None:
    pay(granted, "rejected", "Mottagarens giro är avslutat.")
    desk = words(agents_browser)
    assert "Ange ett nytt gironummer för bidraget 2025, banken kunde inte betala" in desk
    assert "Mottagarens giro är avslutat." in desk
    assert "Inte utbetalt Vi har beviljat 310 000 kr, men betalningen gick inte fram." in desk


def test_what_is_paid_is_what_the_ledger_says(agents_browser: Client, granted: Decision) -> None:
    book("paid", 300_000, "P1")
    assert "Mottaget belopp 300 000 kr" in words(agents_browser)
    assert "Vi har betalat ut 300 000 kr." in words(agents_browser)


def test_the_party_sees_every_paper_of_its_case_but_not_the_agencys_notes(
    agents_browser: Client, granted: Decision, someone: Callable[..., Visitor]
) -> None:
    own = Paper("own", "note", "myndigheten", "Internt underlag", "underlag.pdf", b"internt")
    internal = diary.enter(granted.case, own, DECIDED)
    CaseNote.objects.create(case=granted.case, by=granted.prepared_by, at=DECIDED, text="Tjänsteanteckning")
    case = words(agents_browser, "recipient_case", *WHERE)
    assert "Beslut om statsbidrag 2025 Handling 2, skickades" in case
    assert "Rekvisition av statsbidrag 2025 Handling 1, kom in" in case
    assert "Omgången öppnade för rekvisition" in case
    assert "Internt underlag" not in case
    assert "Tjänsteanteckning" not in case
    assert agents_browser.get(reverse("recipient_document", args=(ESKILSTUNA, internal.pk))).status_code == 404


def test_an_erased_document_is_a_stub_that_cannot_be_opened(agents_browser: Client, requisitioned: Case) -> None:
    Document.objects.update(erased_by="Gallringsbeslut 1", matter="", party="")
    assert "Handlingen är gallrad" in words(agents_browser, "recipient_case", *WHERE)
    entry = Document.objects.get().pk
    assert agents_browser.get(reverse("recipient_document", args=(ESKILSTUNA, entry))).status_code == 404


@pytest.mark.parametrize("kind", ["agent", "officer", None])
def test_nobody_else_opens_the_desk_the_case_or_its_documents(
    kind: RoleKind | None, someone: Callable[..., Visitor], requisitioned: Case, browser_of: Browse
) -> None:
    other = browser_of(someone(kind, ALE if kind == "agent" else ""))
    entry = Document.objects.get().pk
    for name, where in (
        ("recipient_desk", (ESKILSTUNA,)),
        ("recipient_case", WHERE),
        ("requisition", WHERE),
        ("requisition_check", WHERE),
        ("requisition_abstain", WHERE),
        ("requisition_received", WHERE),
        ("recipient_document", (ESKILSTUNA, entry)),
    ):
        assert other.get(reverse(name, args=where)).status_code == 403, name


def test_an_own_address_does_not_open_anothers_document(
    someone: Callable[..., Visitor], requisitioned: Case, browser_of: Browse
) -> None:
    browser = browser_of(someone("agent", ALE))
    entry = Document.objects.get().pk
    assert browser.get(reverse("recipient_document", args=(ALE, entry))).status_code == 404


def test_the_desk_and_the_case_ask_the_database_at_most_eight_questions(
    agents_browser: Client, granted: Decision, django_assert_max_num_queries: Any
) -> None:
    pay(granted, "paid")
    for name, where in (("recipient_desk", (ESKILSTUNA,)), ("recipient_case", WHERE)):
        agents_browser.get(reverse(name, args=where))
        with django_assert_max_num_queries(8):
            agents_browser.get(reverse(name, args=where))
