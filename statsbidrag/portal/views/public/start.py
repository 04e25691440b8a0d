"""The start page: what the system is, and in the demonstration the way in as anyone."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse

from statsbidrag.portal.access import AGENCY
from statsbidrag.portal.demonstration.people import CHARACTERS, Character
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.public import public_rounds
from statsbidrag.portal.views.rendering import show


@dataclass(frozen=True, slots=True)
class WaysIn:
    """Those whom one can step in as, of one house."""

    house: str
    says: str
    characters: tuple[Character, ...]


def front(request: Request) -> HttpResponse:
    """Explains the system in three sentences, shows the rounds, and in the demonstration the ways in."""
    ways = _WAYS if settings.DEMONSTRATION else ()
    return show(request, "public/front.html", ways=ways, rounds=public_rounds(request.now.date()))


def _house(character: Character) -> str:
    kinds = {kind for kind, _ in character.roles}
    if kinds & AGENCY:
        return "Myndigheten"
    return "Regionen" if kinds & {"region_planner", "mandate_holder", "clinic", "clinic_head"} else "Mottagaren"


_WAYS = tuple(
    WaysIn(house, says, tuple(character for character in CHARACTERS if _house(character) == house))
    for house, says in (
        ("Mottagaren", "En kommun eller region som rekvirerar bidraget, använder det och redovisar."),
        ("Myndigheten", "Den som fördelar, beslutar, betalar ut och följer upp."),
        ("Regionen", "Det som regionen gör med sitt bidrag, ända ut till vårdcentralen och hembesöket."),
    )
)
