"""Step 2, requisition: what comes in is stored as a version of its own, gets its diary number, and is never lost.

The e-service (``submit``, ``abstain``) and the officer who registers paper and e-mail end in the same ``receive``.
"""

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime

from django.conf import settings

from statsbidrag.cycle import Requisition
from statsbidrag.cycle.step_2_requisition import Channel
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, requisition_draft
from statsbidrag.portal.actions.cases import grant_case, round_case
from statsbidrag.portal.actions.requisition_receipt import make_receipt
from statsbidrag.portal.jobs import order
from statsbidrag.portal.models import ReceivedRequisition
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.recipient_round import Sent, Version, lacking, place_of
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.made_up import MADE_UP

_IN_WORDS = {
    "abstains": "Vi avstår",
    "amount": "Rekvirerat belopp (kr)",
    "wants_more": "Vill ta del av medel som inte har rekvirerats",
    "at_most": "Högst (kr)",
    "other_support": "Annat offentligt stöd för verksamheten",
    "giro": "Bankgiro eller plusgiro",
    "contact_name": "Kontaktperson",
    "contact_email": "Kontaktpersonens e-post",
    "contact_telephone": "Kontaktpersonens telefon",
    "their_reference": "Er referens",
    "agent": "Inskickad av ombud",
    "completes": "Kompletterar",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a requisition says; what it does not say is None or empty, never 0 or no.

    at_most    the most that the recipient wants of what nobody requisitioned, in kronor
    agent      the name of the approved agent or deputy who sent it; empty where there is none
    completes  the number of the requisition that it completes
    """

    amount: int | None = None
    wants_more: bool | None = None
    at_most: int | None = None
    abstains: bool = False
    other_support: bool | None = None
    giro: str = ""
    contact_name: str = ""
    contact_email: str = ""
    contact_telephone: str = ""
    their_reference: str = ""
    agent: str = ""
    completes: str = ""


_FACTS = tuple(field.name for field in fields(Facts))
_OF_REQUISITION = frozenset(field.name for field in fields(Requisition))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a requisition came in.

    at             when it came in, with its time zone; for paper the moment that the registrar states
    sent_by        who sent it in the e-service
    registered_by  who registered what came on paper or by e-mail
    original       the paper or e-mail itself, where there is a copy; else what was stated is the document
    """

    at: datetime
    channel: Channel = "e-service"
    sent_by: int | None = None
    registered_by: int | None = None
    original: Paper | None = None


def receive(year: int, recipient: str, facts: Facts, arrival: Arrival, *, now: datetime) -> ReceivedRequisition:
    """Takes in a requisition, whatever it lacks and however late it is: gives it its number and stores it (adm-10).

    The receipt follows by itself when the deed is stored. ``recipient`` may be empty where the paper does not say
    whose it is; then it lies in the round's own case. Asks for no right: the deeds that call it do.
    """
    with writing():
        # What nobody can tell whose it is lies in the round's own case.
        case = grant_case(year, recipient, now) if recipient else round_case(year, now)
        paper = arrival.original or _document(year, recipient, facts, arrival)
        document = diary.enter(case, paper, now, by=arrival.sent_by or arrival.registered_by)
        row = store(
            ReceivedRequisition(
                reference=f"{case.number}-{document.entry.number}",
                year=year,
                recipient=recipient,
                arrived=arrival.at,
                channel=arrival.channel,
                sent_by_id=arrival.sent_by,
                registered_by_id=arrival.registered_by,
                document=document,
                **asdict(facts),
            )
        )
        if recipient:
            order(make_receipt, row.pk)
        return row


def submit(
    visitor: Visitor | None, year: int, recipient: str, facts: Facts, *, version: int, now: datetime
) -> ReceivedRequisition:
    """Sends in what has been filled in; ``version`` is that of the draft whose answers the sender has checked.

    Raises Fault where the round is not open, or where a colleague has changed the draft meanwhile.
    """
    sender = access.require(visitor, "submit", recipient)
    with writing():
        place = place_of(year, recipient, now)
        place.require_open()
        requisition_draft.settle(year, recipient, version)
        standing = place.standing
        if standing and place.completes:
            facts = completed(standing, facts, place.ceiling)
        elif standing and _same(standing, facts):
            return ReceivedRequisition.objects.get(reference=standing.requisition.reference)
        return _from_the_service(sender, year, recipient, facts, now=now)


def abstain(visitor: Visitor | None, year: int, recipient: str, *, now: datetime) -> ReceivedRequisition:
    """Says that the recipient does not requisition, or takes back what it has requisitioned (adm-21).

    It may be said as long as there is no decision. Raises Fault where there is one, or where the round is not open.
    """
    sender = access.require(visitor, "submit", recipient)
    with writing():
        place = place_of(year, recipient, now)
        place.require_undecided()
        if place.standing and place.standing.requisition.abstains:
            return ReceivedRequisition.objects.get(reference=place.standing.requisition.reference)
        return _from_the_service(sender, year, recipient, Facts(abstains=True), now=now)


def facts_of(sent: Sent) -> Facts:
    """Gives what a requisition that has come in says."""
    return Facts(**{name: getattr(sent.requisition if name in _OF_REQUISITION else sent, name) for name in _FACTS})


def completed(standing: Version, facts: Facts, ceiling: int) -> Facts:
    """Gives what was sent in on time with what it lacked put right; nothing else changes after the last day."""
    requisition = standing.review.requisition
    put_right = {name: getattr(facts, name) for name in lacking(requisition, ceiling)}
    return replace(facts_of(standing.sent), **put_right, completes=requisition.reference)


def _from_the_service(
    sender: Visitor, year: int, recipient: str, facts: Facts, *, now: datetime
) -> ReceivedRequisition:
    arrival = Arrival(at=now, sent_by=sender.id)
    return receive(year, recipient, replace(facts, agent=sender.name), arrival, now=now)


def _same(standing: Version, facts: Facts) -> bool:
    """Whether a colleague has just sent in the very same thing in the e-service."""
    sent = facts_of(standing.sent)
    in_the_service = standing.requisition.channel == "e-service"
    return in_the_service and replace(facts, agent=sent.agent, completes=sent.completes) == sent


def _document(year: int, recipient: str, facts: Facts, arrival: Arrival) -> Paper:
    """The requisition as a document that both a person and a program can read."""
    party = rules.recipients().get(recipient)
    said = {
        **({"Obs": MADE_UP} if settings.DEMONSTRATION else {}),
        "Statsbidrag": year,
        "Bidragsmottagare": party.name if party else None,
        "Organisationsnummer": party.organisation_number if party else None,
        "Kom in": arrival.at.isoformat(timespec="seconds"),
        **{_IN_WORDS[name]: _in_words(value) for name, value in asdict(facts).items()},
    }
    return Paper(
        direction="in",
        about="requisition",
        party=party.name if party else "okänd",
        matter=f"Avstår från statsbidrag {year}" if facts.abstains else f"Rekvisition av statsbidrag {year}",
        name=f"rekvisition-{year}-{recipient or 'okand'}.json",
        content=json.dumps(said, ensure_ascii=False, indent=2).encode(),
        mime="application/json",
    )


def _in_words(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return None if value == "" else value
