"""Becoming the agent (ombud) of a region or municipality: the applicant's own deeds, each entered in the diary."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import post
from statsbidrag.portal.actions.diary import enter, open_case
from statsbidrag.portal.actions.uploads import Upload
from statsbidrag.portal.correspondence import mail_text, name_of
from statsbidrag.portal.jinja import slug
from statsbidrag.portal.models import AgentApplication, AgentApplicationEvent, Case, Document
from statsbidrag.portal.papers import Paper, text_paper
from statsbidrag.portal.queries.people import round_at, state_of
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, PreparedObjects
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

Capacity = Literal["signatory", "delegation", "power of attorney"]
CAPACITIES: dict[Capacity, str] = {
    "signatory": "Jag är behörig företrädare (firmatecknare)",
    "delegation": "Jag får företräda organisationen enligt delegationsordningen",
    "power of attorney": "Jag har fullmakt från behörig företrädare",
}
PROOFS: dict[Capacity, str] = {
    "signatory": "protokoll eller beslut som visar vem som är behörig företrädare",
    "delegation": "bestyrkt utdrag ur delegationsordningen",
    "power of attorney": "fullmakt från behörig företrädare",
}
MATTER = "Ansökan om att bli ombud"


@dataclass(frozen=True, slots=True)
class Application:
    """What an applicant tells: for whom, by what right, how it is reached, and the proof."""

    recipient: str
    capacity: Capacity
    position: str
    email: str
    telephone: str
    proof: Upload


_EARLIER = PreparedObjects[AgentApplication](
    lambda: AgentApplication.objects.filter(person=ID, recipient=RECIPIENT).order_by("id")
)


def apply(visitor: Visitor | None, told: Application, now: datetime) -> AgentApplication:
    """Takes in an application: opens its case, enters it with its proof, and mails a receipt.

    Raises Fault where the applicant already is the agent, or has an application for the recipient that waits.
    """
    applicant = _signed_in(visitor)
    party = rules.recipients()[told.recipient]
    with writing():
        _refuse_twice(applicant, told.recipient)
        case = open_case("agent", round_at(now), f"{MATTER} för {party.name}", now, recipient=told.recipient)
        application = store(
            AgentApplication(
                person_id=applicant.id,
                recipient=told.recipient,
                organisation_number=party.organisation_number,
                capacity=told.capacity,
                position=told.position,
                email=told.email,
                telephone=told.telephone,
                case=case,
            )
        )
        enter(
            case,
            _as_text(applicant, case.matter, _words(told, applicant)),
            now,
            by=applicant.id,
        )
        proof = _enter_proof(case, told.proof, applicant, now)
        note(application, "received", now, by=applicant.id, document=proof)
        _receipt(application, now)
        return application


def complete(
    visitor: Visitor | None, application_id: int, now: datetime, *, text: str = "", proof: Upload | None = None
) -> None:
    """Takes in what the applicant adds: a text, a new proof, or both."""
    applicant = _signed_in(visitor)
    with writing():
        application = own(applicant, application_id)
        refuse_ended(application)
        document = None
        if text:
            document = enter(application.case, _as_text(applicant, "Komplettering", text), now, by=applicant.id)
        if proof:
            document = _enter_proof(application.case, proof, applicant, now)
        if document is None:
            raise Fault("kompletteringen", "Det finns inget att skicka.", "Skriv något eller välj en fil.")
        note(application, "completed", now, by=applicant.id, text=text, document=document)


def withdraw(visitor: Visitor | None, application_id: int, now: datetime) -> None:
    """Takes back an application; the agency then closes its case."""
    applicant = _signed_in(visitor)
    with writing():
        application = own(applicant, application_id)
        refuse_ended(application)
        words = f"{applicant.name} återkallar ansökan om att bli ombud för {name_of(application.recipient)}."
        document = enter(application.case, _as_text(applicant, "Återkallelse", words), now, by=applicant.id)
        note(application, "withdrawn", now, by=applicant.id, document=document)


def own(visitor: Visitor, application_id: int) -> AgentApplication:
    """Gives one's own application, held until the deed is done; raises Refused where it is someone else's."""
    found = AgentApplication.objects.select_for_update(of=("self",)).select_related("case").filter(pk=application_id)
    application = found.filter(person_id=visitor.id).first()
    if application is None:
        raise access.Refused("ansökan", "Ansökan är inte er.", "Gå till Mina uppdrag och välj en av era egna.")
    return application


def refuse_ended(application: AgentApplication) -> None:
    """Refuses to do more with an application that has been approved, closed or withdrawn. Raises Fault."""
    state = state_of(application)
    if state.ended or state.kind == "withdrawn":
        raise Fault("ansökan", f"Ansökan är redan avslutad: {state.says.lower()}.", "Läs in sidan igen.")


def note(
    application: AgentApplication,
    kind: str,
    now: datetime,
    *,
    by: int,
    text: str = "",
    document: Document | None = None,
) -> None:
    """Notes what happened to an application; its state is the last thing that did."""
    store(AgentApplicationEvent(application=application, kind=kind, at=now, by_id=by, text=text, document=document))


def _signed_in(visitor: Visitor | None) -> Visitor:
    if visitor is None:
        raise access.Refused("ansökan", "Ni är inte inloggad.", "Logga in och försök igen.")
    return visitor


def _refuse_twice(applicant: Visitor, recipient: str) -> None:
    if ("agent", recipient) in applicant.roles:
        raise Fault("ansökan", f"Ni är redan ombud för {name_of(recipient)}.", "Gå till Mina uppdrag.")
    for earlier in _EARLIER.all({ID: applicant.id, RECIPIENT: recipient}):
        state = state_of(earlier)
        if not state.ended:
            why = f"Ni har redan en ansökan om att bli ombud för {name_of(recipient)}: {state.says.lower()}."
            raise Fault("ansökan", why, "Öppna den under Mina uppdrag. Där kan ni komplettera den.")


def _enter_proof(case: Case, proof: Upload, applicant: Visitor, now: datetime) -> Document:
    paper = Paper(
        "in", "proof", applicant.name, "Handling som styrker behörighet", proof.name, proof.content, proof.mime
    )
    return enter(case, paper, now, by=applicant.id)


def _words(told: Application, applicant: Visitor) -> str:
    return "\n".join(
        (
            f"Sökande: {applicant.name}, {told.position}",
            f"Organisation: {name_of(told.recipient)}, {rules.recipients()[told.recipient].organisation_number}",
            f"Behörighet: {CAPACITIES[told.capacity]}",
            f"E-post: {told.email}",
            f"Telefon: {told.telephone}",
            f"Bifogad fil: {told.proof.name}",
        )
    )


def _as_text(applicant: Visitor, matter: str, words: str) -> Paper:
    name = f"{slug(matter)[:60]}.txt"
    return text_paper("in", "agent application", matter, words, name=name, party=applicant.name)


def _receipt(application: AgentApplication, now: datetime) -> None:
    where, case = name_of(application.recipient), application.case
    time = rules.round_rules(case.year).requisition.agent_time.value
    body = mail_text(
        f"Vi har tagit emot ansökan om att bli ombud för {where}. Ärendet har diarienummer {case.number}.",
        f"Det brukar ta {time} innan vi är klara. Saknas något mejlar vi och ber om en komplettering. Ni kan följa "
        "ansökan i e-tjänsten under Mina uppdrag.",
    )
    post.send(
        application.email,
        f"Vi har tagit emot ansökan om att bli ombud ({case.number})",
        body,
        now,
        occasion="agent",
        recipient=application.recipient,
        case=case,
    )
