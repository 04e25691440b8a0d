"""Forgetting (gallring) what is personal once it has been kept for its time: proofs, contacts and old invitations."""

from dataclasses import dataclass
from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.diary import enter, open_case
from statsbidrag.portal.actions.erasure import erase
from statsbidrag.portal.models import AgentApplication
from statsbidrag.portal.papers import text_paper
from statsbidrag.portal.queries.people import round_at
from statsbidrag.portal.queries.retention import past_retention
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was erased, and the case in which it is recorded."""

    proofs: int
    contacts: int
    invitations: int
    case: str


def forget(visitor: Visitor | None, decision: str, now: datetime) -> Forgotten:
    """Erases what has been kept for its time, under the erasure decision with that number, and records it.

    Raises Fault where no decision is named, or where there is nothing to erase.
    """
    registrar = access.require(visitor, "erase")
    if not decision.strip():
        raise Fault("gallringen", "Gallringsbeslutets nummer saknas.", "Ange beslutet som gallringen vilar på.")
    with writing():
        over = past_retention(now)
        people = [person.pk for person in over.contacts]
        invitations, mails = over.invitations.count(), over.mails.count()
        if not (over.proofs or people or invitations or mails):
            raise Fault("gallringen", "Det finns inget att gallra i dag.", "Kom tillbaka senare.")
        for document in over.proofs:
            erase(document, decision, now, registrar, reason="Handlingen har sparats sin tid.")
        over.contacts.model.objects.filter(pk__in=people).update(email="", telephone="", title="")
        AgentApplication.objects.filter(person_id__in=people).update(email="", telephone="", position="")
        over.invitations.delete()
        over.mails.delete()
        case = open_case("agent", round_at(now), "Gallring av behörighetshandlingar och kontaktuppgifter", now)
        says = (
            f"Enligt gallringsbeslut {decision.strip()} är gallrat: {len(over.proofs)} handlingar som styrker "
            f"behörighet, kontaktuppgifter för {len(people)} personer, {invitations} inbjudningar och {mails} mejl."
        )
        matter = f"Gallring enligt beslut {decision.strip()}"[:300]
        paper = text_paper("own", "forgetting", matter, says, name="gallring.txt")
        enter(case, paper, now, by=registrar.id)
        return Forgotten(len(over.proofs), len(people), invitations, case.number)
