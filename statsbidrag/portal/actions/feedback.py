"""What someone tells the agency of a flaw in the service: it goes to the agency's own address as an e-mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from statsbidrag.portal import rules
from statsbidrag.portal.actions import post
from statsbidrag.portal.models import Mail
from statsbidrag.portal.queries.prepared import MOMENT, Prepared
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

OCCASION = "accessibility flaw"
_MOST_AN_HOUR = 60

_LATELY = Prepared(lambda: Mail.objects.filter(occasion=OCCASION, created__gt=MOMENT).values_list("id"))


@dataclass(frozen=True, slots=True)
class Flaw:
    """A flaw in accessibility, as someone tells of it.

    page      which page it is about, in the teller's words or as an address
    says      what does not work
    answer    an e-mail address to answer to; empty where no answer is wanted
    """

    page: str
    says: str
    answer: str = ""


def report_flaw(flaw: Flaw, now: datetime) -> None:
    """Sends what someone tells of a flaw to the agency; anyone may, signed in or not (DOS-lagen 13 §).

    Raises Fault where so many have come within an hour that something else than people must be sending them.
    """
    contact = rules.book().agency.contact.value
    with writing():
        lately = _LATELY.rows({MOMENT: now - timedelta(hours=1)})
        if len(lately) >= _MOST_AN_HOUR:
            why = "Vi har fått ovanligt många synpunkter den senaste timmen och tar inte emot fler just nu."
            raise Fault("formuläret", why, f"Försök igen om en timme, eller skriv till {contact}.")
        body = (
            f"Sida: {flaw.page or 'inte angiven'}\n\n{flaw.says}\n\nSvar till: {flaw.answer or 'inget svar önskas'}\n"
        )
        post.send(contact, "Brist i tillgängligheten", body, now, occasion=OCCASION)
