"""How the region writes to its own by e-mail: a greeting, what it is about, and who writes; made-up data says so."""

from django.conf import settings

from statsbidrag.portal import rules
from statsbidrag.terms.made_up import MADE_UP


def region_mail(region: str, *paragraphs: str) -> str:
    """Gives the text of a mail from a region (adm-13)."""
    made_up = (MADE_UP,) if settings.DEMONSTRATION else ()
    asks = "Det går inte att svara på det här mejlet. Har ni frågor, kontakta regionens planerare."
    return "\n\n".join((*made_up, "Hej!", *paragraphs, asks, f"Hälsningar\n{rules.recipients()[region].name}"))
