"""What the service's letters have in common: the agency as sender, the recipient's registry, the numbers (adm-09)."""

from datetime import date
from functools import cache

from django.conf import settings

from statsbidrag.exchange.letters.letterhead import Addressee, Letterhead, sender_of
from statsbidrag.exchange.letters.press import Press
from statsbidrag.portal import rules
from statsbidrag.portal.actions.diary import next_number
from statsbidrag.portal.models import Case, Registry

# A letter goes to the registry also where nobody has told us its postal address.
_NO_ADDRESS = ("Registrator",)


@cache
def press() -> Press:
    """The press of this installation; it sets a letter in milliseconds."""
    return Press(rules.book().folder, rules.book().library.place)


def head(
    case: Case, recipient: str, dated: date, *, number: int | None = None, copies: tuple[str, ...] = ()
) -> Letterhead:
    """Gives the head of a letter to a recipient's registry, with the running number that it will have in its case.

    ``number`` is that number where the letter is already entered; else the next one, so ask within the deed that
    enters it. ``copies`` says who else gets to know, such as the agent.
    """
    return Letterhead(
        sender=sender_of(rules.book().agency),
        recipient=_addressee(recipient) if recipient else None,
        law=rules.law(case.year),
        year=case.year,
        dated=dated,
        our_number=case.number,
        document_number=number if number is not None else next_number(case),
        your_number=case.their_number,
        copies=copies,
        made_up=settings.DEMONSTRATION,
    )


def _addressee(recipient: str) -> Addressee:
    party = rules.recipients()[recipient]
    registry = Registry.objects.filter(pk=recipient).first()
    lines = tuple(registry.lines) if registry else ()
    return Addressee(party.name, party.organisation_number, lines or _NO_ADDRESS)
