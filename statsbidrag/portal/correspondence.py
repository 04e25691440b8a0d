"""How people are written to by e-mail, what they and their roles are called, and which mails the agency never sees."""

from typing import cast

from django.conf import settings

from statsbidrag.portal import neighbours, rules
from statsbidrag.portal.access import ROLES, RoleKind
from statsbidrag.terms.made_up import MADE_UP

# What colleagues of a recipient tell each other through the service. The agency sees none of it, nor to whom (adm-02).
BETWEEN_COLLEAGUES = "colleagues"
AMONG_STAFF = "staff"
# Mails that may hold the link of an invitation, which nobody but its receiver may know.
HOLDING_LINKS = frozenset({BETWEEN_COLLEAGUES, AMONG_STAFF})
# What a region writes to its own clinics. Under one roof it goes by the same outbox, where the agency sees none of it.
WITHIN_A_REGION = "region"
NOT_THE_AGENCYS = HOLDING_LINKS | {WITHIN_A_REGION}


def mail_text(*paragraphs: str) -> str:
    """Gives the text of a mail: a greeting, its paragraphs, and who to ask; made-up data says so (adm-13)."""
    agency = rules.book().agency
    made_up = (MADE_UP,) if settings.DEMONSTRATION else ()
    asks = f"Det går inte att svara på det här mejlet. Har ni frågor, skriv till {agency.contact.value}."
    return "\n\n".join((*made_up, "Hej!", *paragraphs, asks, f"Hälsningar\n{agency.name.value}"))


def name_of(recipient: str) -> str:
    """Gives the name of a recipient, of the agency where it is about a role there, or of a region's clinic."""
    if not recipient:
        return rules.book().agency.name.value
    known = rules.recipients().get(recipient)
    return known.name if known else neighbours.name_of(recipient) or "okänd enhet"


def word_of(kind: str) -> str:
    """Gives the Swedish word for a role: ``ombud`` for an agent."""
    return ROLES[cast(RoleKind, kind)]
