"""Becoming the agent of a region or municipality: applied for with a proof, judged by the agency, one at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from statsbidrag.portal.access import Refused, Visitor, may
from statsbidrag.portal.actions import agent_judging, agents, bias
from statsbidrag.portal.actions.uploads import Upload
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import AgentApplication, Document, Invitation, Mail, Person, Registry, Role
from statsbidrag.portal.queries.people import application_lines, state_of
from statsbidrag.terms.faults import Fault

OWN = "municipality-0484"
Someone = Callable[..., Visitor]
Apply = Callable[..., AgentApplication]
MailsTo = Callable[[str], list[str]]


def again(visitor: Visitor) -> Visitor:
    """The same person with the roles that it has now."""
    seen = visitor_of(visitor.id)
    assert seen is not None
    return seen


def papers(application: AgentApplication) -> list[tuple[str, str, bool]]:
    """What stands in the diary about an application: direction, kind and whether it is secret."""
    found = Document.objects.filter(entry__case=application.case).order_by("pk")
    return list(found.values_list("direction", "about", "secret"))


@pytest.mark.shows("utl-15", "utl-16")
def test_an_application_opens_a_case_with_its_proof_and_a_receipt(
    someone: Someone, apply: Apply, mails_to: MailsTo
) -> None:
    application = apply(someone())
    assert application.case.kind == "agent"
    assert application.organisation_number == "212000-0357"
    assert papers(application) == [("in", "agent application", False), ("in", "proof", False)]
    assert state_of(application).waits == "agency"
    assert mails_to("ny@exempel.se") == [f"Vi har tagit emot ansökan om att bli ombud ({application.case.number})"]
    receipt = Mail.objects.get().body
    assert "ungefär en månad" in receipt
    assert application.case.number in receipt
    assert set(agents.CAPACITIES) == {"signatory", "delegation", "power of attorney"}


def test_two_applications_for_the_same_organisation_by_the_same_person_are_one_too_many(
    someone: Someone, apply: Apply
) -> None:
    applicant = someone()
    apply(applicant)
    with pytest.raises(Fault, match="redan en ansökan"):
        apply(applicant)
    assert AgentApplication.objects.count() == 1
    apply(applicant, "region-01")
    apply(someone())
    assert AgentApplication.objects.count() == 3


@pytest.mark.shows("utl-19")
def test_nobody_may_requisition_before_the_application_is_approved_and_the_agent_may_after(
    someone: Someone, apply: Apply, now: datetime
) -> None:
    applicant, application = someone(), None
    application = apply(applicant)
    assert not may(again(applicant), "submit", OWN)
    agent_judging.approve(someone("officer"), application.pk, now)
    assert may(again(applicant), "submit", OWN)
    assert not may(again(applicant), "submit", "region-01")


def test_an_application_is_completed_and_approved(
    someone: Someone, apply: Apply, now: datetime, mails_to: MailsTo
) -> None:
    applicant, officer = someone(), someone("officer")
    application = apply(applicant)
    agent_judging.ask_for_completion(officer, application.pk, "Fullmakten saknar underskrift.", now)
    assert state_of(application).waits == "applicant"
    assert "Fullmakten saknar underskrift." in Mail.objects.filter(to="ny@exempel.se").latest("id").body

    signed = Upload("signerad.pdf", "application/pdf", b"%PDF-")
    agents.complete(applicant, application.pk, now, text="Nu är den underskriven.", proof=signed)
    assert state_of(application).kind == "completed"
    agent_judging.approve(officer, application.pk, now)
    assert state_of(application).ended
    assert [kind for (kind,) in application.events.values_list("kind")] == [
        "received",
        "completion asked",
        "completed",
        "approved",
    ]
    assert [about for _, about, _ in papers(application)] == [
        "agent application",
        "proof",
        "agent letter",
        "agent application",
        "proof",
        "agent letter",
    ]
    assert len(mails_to("ny@exempel.se")) == 3


def test_a_new_agent_replaces_the_old_one_who_is_told_and_whose_invitations_end(
    someone: Someone, apply: Apply, now: datetime, mails_to: MailsTo
) -> None:
    old, new, officer = someone("agent", OWN), someone(), someone("officer")
    Registry.objects.create(recipient=OWN, email="registrator@exempel.se")
    Invitation.objects.create(
        recipient=OWN,
        kind="deputy",
        email="x@exempel.se",
        token_hash="0" * 64,
        invited_by_id=old.id,
        invited=now,
        expires=now + timedelta(days=7),
    )
    agent_judging.approve(officer, apply(new).pk, now)

    assert list(Role.objects.filter(kind="agent", recipient=OWN, ended=None).values_list("person")) == [(new.id,)]
    ended = Role.objects.get(person_id=old.id)
    assert (ended.ended, ended.ended_by_id) == (now, officer.id)
    assert not again(old).roles
    assert mails_to(Person.objects.get(pk=old.id).email) == ["Du är inte längre ombud för Eskilstuna kommun"]
    assert mails_to("registrator@exempel.se") == ["Nytt ombud för Eskilstuna kommun"]
    assert Invitation.objects.get().revoked == now


def test_an_agent_who_is_approved_anew_stays_one_agent(someone: Someone, apply: Apply, now: datetime) -> None:
    applicant, officer = someone(), someone("officer")
    first = apply(applicant)
    agent_judging.approve(officer, first.pk, now)
    with pytest.raises(Fault, match="redan ombud"):
        apply(again(applicant))
    with pytest.raises(Fault, match="Det går inte nu"):
        agent_judging.approve(officer, first.pk, now)
    assert Role.objects.filter(kind="agent", recipient=OWN).count() == 1


def test_a_case_is_closed_by_a_decision_of_another_person_with_the_reasons_in_a_letter(
    someone: Someone, apply: Apply, decision_maker: Visitor, now: datetime
) -> None:
    application, officer = apply(someone()), someone("officer", name="Hanna Handläggare (påhittad)")
    Registry.objects.create(recipient=OWN, email="registrator@exempel.se", lines=["Registraturen"])
    with pytest.raises(Fault, match="Det går inte nu"):
        agent_judging.close(decision_maker, application.pk, now)
    agent_judging.propose_closing(officer, application.pk, "Fullmakten kom aldrig.", now)
    assert state_of(application).waits == "decision-maker"
    with pytest.raises(Refused):
        agent_judging.close(officer, application.pk, now)

    agent_judging.close(decision_maker, application.pk, now)
    assert state_of(application).kind == "closed"
    letter = Document.objects.get(about="closing decision")
    assert bytes(letter.content.content).startswith(b"%PDF-")
    assert set(Mail.objects.filter(document=letter).values_list("to", flat=True)) == {
        "ny@exempel.se",
        "registrator@exempel.se",
    }


def test_nobody_closes_a_case_without_a_mandate_or_both_presents_and_decides(
    someone: Someone, apply: Apply, decision_maker: Visitor, now: datetime
) -> None:
    application = apply(someone())
    Role.objects.create(person_id=decision_maker.id, kind="officer", since=now)
    agent_judging.propose_closing(again(decision_maker), application.pk, "Skäl.", now)
    with pytest.raises(Fault, match="både föredragande och beslutsfattare"):
        agent_judging.close(again(decision_maker), application.pk, now)
    with pytest.raises(Fault, match="delegationsordningen"):
        agent_judging.close(someone("decision_maker"), application.pk, now)
    assert state_of(application).kind == "closing proposed"


def test_an_applicant_may_take_it_back_and_then_only_closing_is_left(
    someone: Someone, apply: Apply, now: datetime
) -> None:
    applicant, officer = someone(), someone("officer")
    application = apply(applicant)
    agents.withdraw(applicant, application.pk, now)
    assert state_of(application).kind == "withdrawn"
    with pytest.raises(Fault):
        agents.complete(applicant, application.pk, now, text="Jo, ändå.")
    with pytest.raises(Fault):
        agent_judging.approve(officer, application.pk, now)
    agent_judging.propose_closing(officer, application.pk, "Återkallad.", now)
    assert state_of(application).waits == "decision-maker"


def test_only_the_applicant_completes_and_only_an_unbiased_officer_judges(
    someone: Someone, apply: Apply, now: datetime
) -> None:
    applicant, officer = someone(), someone("officer")
    application = apply(applicant)
    with pytest.raises(Refused):
        agents.complete(someone("agent", "region-01"), application.pk, now, text="Hej.")
    with pytest.raises(Refused):
        agent_judging.approve(applicant, application.pk, now)
    with pytest.raises(Refused):
        agent_judging.approve(someone("registrar"), application.pk, now)
    bias.note_bias(officer, OWN, "Min svåger är ombud.", now)
    with pytest.raises(Refused, match="jäv"):
        agent_judging.approve(again(officer), application.pk, now)
    assert not Role.objects.filter(kind="agent", recipient=OWN).exists()


def test_an_officer_never_approves_its_own_application(someone: Someone, apply: Apply, now: datetime) -> None:
    officer = someone("officer")
    with pytest.raises(Fault, match="själv"):
        agent_judging.approve(officer, apply(officer).pk, now)


def test_the_list_shows_the_longest_wait_first_and_the_ended_last(
    someone: Someone, apply: Apply, now: datetime
) -> None:
    first, second, third = (apply(someone(), moment=now - timedelta(days=days)) for days in (3, 9, 20))
    agent_judging.approve(someone("officer"), third.pk, now)
    lines = application_lines(now)
    assert [line.id for line in lines] == [second.pk, first.pk, third.pk]
    assert [line.waited for line in lines[:2]] == [9, 3]
