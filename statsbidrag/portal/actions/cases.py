"""The cases of a round: its own, for what concerns everyone, and one for each recipient."""

from datetime import datetime

from statsbidrag.portal import rules
from statsbidrag.portal.actions.diary import open_case
from statsbidrag.portal.models import Case
from statsbidrag.terms.faults import Fault

_LONGEST_MATTER = 200


def round_case(year: int, now: datetime) -> Case:
    """Gives the round's own case, which is opened with the first paper in it."""
    known = Case.objects.filter(kind="round", year=year).first()
    matter = f"Omgång {year}: {rules.round_rules(year).title.value}"[:_LONGEST_MATTER]
    return known or open_case("round", year, matter, now)


def grant_case(year: int, recipient: str, now: datetime) -> Case:
    """Gives a recipient's case in a round, which is opened with the first paper in it.

    Raises Fault where there is no such recipient.
    """
    party = rules.recipients().get(recipient)
    if party is None:
        raise Fault("ärendet", f"Mottagaren {recipient} finns inte.", "Välj en kommun eller region i listan.")
    return open_case("grant", year, f"Statsbidrag {year}, {party.name}"[:_LONGEST_MATTER], now, recipient=recipient)
