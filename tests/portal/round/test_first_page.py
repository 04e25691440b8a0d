import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from statsbidrag.portal.access import RoleKind, Visitor
from statsbidrag.portal.actions.reallocation import reallocate_round
from statsbidrag.portal.models import (
    AgentApplication,
    AgentApplicationEvent,
    Attestation,
    Case,
    Decision,
    PaymentBatch,
    ReceivedRequisition,
)
from statsbidrag.portal.queries.stations import desk
from statsbidrag.portal.queries.waiting import waiting
from statsbidrag.terms.dates import SWEDISH_TIME

YEAR = 2025
EVE = datetime(2025, 3, 10, 9, tzinfo=SWEDISH_TIME)
THE_DAY = datetime(2025, 5, 10, 9, tzinfo=SWEDISH_TIME)
ComesIn = Callable[..., ReceivedRequisition]


def tasks(visitor: Visitor, at: datetime) -> list[str]:
    return [task.what for task in waiting(visitor, at.date())]


def states(at: datetime) -> list[str]:
    return [station.state for station in desk(YEAR, at.date()).stations()]


def prepared(by: Visitor, recipient: str, at: datetime) -> Decision:
    case = Case.objects.get(kind="grant", year=YEAR, recipient=recipient)
    return Decision.objects.create(
        reference=f"B-{recipient}",
        year=YEAR,
        kind="grant",
        recipient=recipient,
        case=case,
        kronor=1,
        because={},
        prepared_by_id=by.id,
        prepared=at,
    )


def test_the_line_of_stations_moves_with_the_round(officer: Visitor) -> None:
    assert states(EVE) == ["now", "next", *["wait"] * 7]


def test_a_published_and_opened_round_waits_for_its_recipients(
    opened: Visitor, comes_in: ComesIn, now: datetime
) -> None:
    comes_in("region-01")
    line = desk(YEAR, now.date()).stations()
    assert [station.state for station in line[:3]] == ["done", "now", "next"]
    assert line[0].note == "11 mars 2025, Hanna Handläggare (påhittad)"
    assert line[1].note == "1 av 311 har svarat. Väntar på mottagarna till 29 april 2025"


def test_after_the_reallocation_the_decisions_wait_for_the_presenter(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01", wants_more=True)
    assert states(THE_DAY)[:4] == ["done", "done", "now", "next"]
    reallocate_round(opened, YEAR, THE_DAY)
    line = desk(YEAR, THE_DAY.date()).stations()
    assert [station.state for station in line[:5]] == ["done", "done", "done", "now", "next"]
    assert line[3].note == "1 väntar på föredragande"


def test_the_sums_of_the_desk_add_up_to_the_pot_and_say_why(
    opened: Visitor, comes_in: ComesIn, browser_of: Callable[[Visitor], Client], at: Callable[[datetime], None]
) -> None:
    comes_in("region-01", wants_more=True)
    reallocate_round(opened, YEAR, THE_DAY)
    book = desk(YEAR, THE_DAY.date()).moved
    accounts = ("pot", "ceiling", "left", "granted", "withheld", "paid", "used", "owed", "repaid", "waived")
    assert sum(book.balance(account) for account in accounts) == 145_000_000
    left = book.because("left")
    assert sum(int(step.value or 0) for step in left.steps) == left.value == book.balance("left")
    at(THE_DAY)
    assert "Var pengarna är" in browser_of(opened).get(reverse("round_desk", args=[YEAR])).content.decode()


def test_an_officer_is_told_to_publish_open_remind_and_reallocate_in_turn(
    officer: Visitor, comes_in: ComesIn, opened: Visitor, now: datetime
) -> None:
    comes_in("municipality-0484", other_support=None)
    assert "1 rekvisition brister" in tasks(opened, now)
    assert "Skicka påminnelsen ”Tio arbetsdagar före sista dagen att rekvirera”" in tasks(
        opened, now + timedelta(days=9)
    )
    assert "Omfördela det som är kvar i omgång 2025" in tasks(opened, THE_DAY)
    assert "Omfördela det som är kvar i omgång 2025" not in tasks(opened, now)


def test_a_round_that_is_not_begun_waits_for_an_officer_and_nobody_else(
    officer: Visitor, someone: Callable[..., Visitor]
) -> None:
    assert tasks(officer, EVE) == ["Fördela och publicera listan för omgång 2025"]
    assert tasks(someone("finance"), EVE) == []


def test_the_presenter_and_then_the_decision_maker_are_told_how_many_decisions_wait(
    opened: Visitor, comes_in: ComesIn, someone: Callable[..., Visitor]
) -> None:
    for recipient in ("region-01", "region-14"):
        comes_in(recipient)
    reallocate_round(opened, YEAR, THE_DAY)
    presenter, decider = someone("presenter"), someone("decision_maker")
    assert tasks(presenter, THE_DAY) == ["Bered 2 beslut i omgång 2025"]
    assert tasks(decider, THE_DAY) == []
    prepared(presenter, "region-01", THE_DAY)
    assert tasks(presenter, THE_DAY) == ["Bered 1 beslut i omgång 2025"]
    assert tasks(decider, THE_DAY) == ["Fatta 1 beslut i omgång 2025"]


def test_a_batch_waits_for_those_who_have_not_attested_it(opened: Visitor, someone: Callable[..., Visitor]) -> None:
    preparer, first, second = (someone("finance") for _ in range(3))
    batch = PaymentBatch.objects.create(
        year=YEAR, number=1, message_id="m", day="2025-05-15", prepared=THE_DAY, prepared_by_id=preparer.id
    )
    attest = "Attestera 1 utbetalning i omgång 2025"
    assert attest in tasks(first, THE_DAY)
    Attestation.objects.create(batch=batch, person_id=first.id, at=THE_DAY)
    assert attest not in tasks(first, THE_DAY)
    assert attest in tasks(second, THE_DAY)
    Attestation.objects.create(batch=batch, person_id=second.id, at=THE_DAY)
    assert "Lämna över 1 attesterad utbetalning i omgång 2025" in tasks(first, THE_DAY)


def test_an_application_waits_for_an_officer_until_it_is_judged(
    officer: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    applicant = someone()
    case = Case.objects.create(number="9.1-1/2025", year=YEAR, kind="agent", matter="Ombud", opened=now)
    application = AgentApplication.objects.create(
        person_id=applicant.id,
        recipient="region-01",
        organisation_number="232100-0016",
        capacity="delegation",
        case=case,
    )
    asked = "Pröva 1 ansökan om att bli ombud"
    AgentApplicationEvent.objects.create(application=application, kind="received", at=now, by_id=applicant.id)
    assert asked in tasks(officer, now)
    AgentApplicationEvent.objects.create(application=application, kind="approved", at=now, by_id=officer.id)
    assert asked not in tasks(officer, now)


@pytest.mark.parametrize(
    "kind", ["officer", "presenter", "decision_maker", "finance", "registrar", "auditor", "administrator"]
)
def test_every_role_at_the_agency_has_a_first_page_in_few_questions(
    opened: Visitor, someone: Callable[..., Visitor], browser_of: Callable[[Visitor], Client], kind: RoleKind
) -> None:
    browser = browser_of(someone(kind))
    browser.get(reverse("agency_desk"))
    for name, arguments in (("agency_desk", []), ("round_desk", [YEAR]), ("reminders", [YEAR]), ("outbox", [])):
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(reverse(name, args=arguments))
        assert page.status_code == 200
        assert page.content.decode().count("<h1>") == 1
        assert len(asked) <= 7, (name, [query["sql"] for query in asked])


def test_a_closing_that_an_officer_proposes_waits_for_the_decision_maker(
    officer: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    applicant, maker = someone(), someone("decision_maker")
    case = Case.objects.create(number="9.1-1/2025", year=YEAR, kind="agent", matter="Ombud", opened=now)
    application = AgentApplication.objects.create(
        person_id=applicant.id,
        recipient="region-01",
        organisation_number="232100-0016",
        capacity="delegation",
        case=case,
    )
    proposed = "Besluta om att avskriva 1 ansökan om att bli ombud"
    assert proposed not in tasks(maker, now)
    AgentApplicationEvent.objects.create(application=application, kind="closing proposed", at=now, by_id=officer.id)
    assert proposed in tasks(maker, now)
    assert proposed not in tasks(officer, now)


def test_a_registrar_is_told_to_register_as_long_as_the_round_takes_things_in(
    opened: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    registrar = someone("registrar")
    assert tasks(registrar, now) == ["Registrera det som kommer på papper eller med e-post i omgång 2025"]
    assert tasks(registrar, THE_DAY) == []


@pytest.mark.parametrize(
    "kind", ["officer", "presenter", "decision_maker", "finance", "registrar", "auditor", "administrator"]
)
def test_every_link_of_the_desks_leads_somewhere_that_the_role_may_be(
    opened: Visitor, someone: Callable[..., Visitor], browser_of: Callable[[Visitor], Client], kind: RoleKind
) -> None:
    browser = browser_of(someone(kind))
    for desk_page in (reverse("agency_desk"), reverse("round_desk", args=[YEAR])):
        main = browser.get(desk_page).content.decode().partition("<main")[2].partition("</main>")[0]
        links = re.findall(r'href="(/[^"]+)"', main)
        assert len(links) > 5
        for link in set(links):
            assert browser.get(link).status_code == 200, link


def test_a_round_that_was_over_before_the_service_says_so(
    officer: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    page = browser_of(officer).get(reverse("round_desk", args=[2024])).content.decode()
    assert "Omgången var slut innan tjänsten började användas" in page


def test_a_round_without_rules_is_no_page(officer: Visitor, browser_of: Callable[[Visitor], Client]) -> None:
    for name in ("round_desk", "requisitions", "reallocation", "reminders", "register_requisition"):
        assert browser_of(officer).get(reverse(name, args=[1999])).status_code == 404


def test_nobody_outside_the_agency_sees_its_desk(
    opened: Visitor, someone: Callable[..., Visitor], browser_of: Callable[..., Client]
) -> None:
    agent = browser_of(someone("agent", "region-01"))
    assert agent.get(reverse("agency_desk")).status_code == 403
    assert agent.get(reverse("requisitions", args=[YEAR])).status_code == 403
    assert browser_of(None).get(reverse("round_desk", args=[YEAR])).status_code == 302
