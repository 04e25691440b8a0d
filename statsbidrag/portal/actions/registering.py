"""Registering what came on paper or by e-mail: whatever it lacks and however late it is, it is received (adm-10)."""

from datetime import datetime
from typing import Literal

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.requisition import Arrival, Facts, receive
from statsbidrag.portal.actions.uploads import Upload
from statsbidrag.portal.models import ReceivedRequisition
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

OutsideChannel = Literal["paper", "e-mail"]
IN_SWEDISH: dict[OutsideChannel, str] = {"paper": "på papper", "e-mail": "med e-post"}


def register(
    visitor: Visitor | None,
    year: int,
    recipient: str,
    facts: Facts,
    *,
    came: tuple[OutsideChannel, datetime],
    scan: Upload | None,
    now: datetime,
) -> ReceivedRequisition:
    """Takes in a requisition that did not come in the e-service, with the time at which it came.

    ``recipient`` is empty where the paper does not say whose it is. ``came`` is how and when. The scan is the document;
    without one it is what was stated. Raises Fault where the time of arrival lies ahead; nothing else is refused.
    """
    registrar = access.require(visitor, "register", recipient)
    channel, arrived = came
    if arrived > now:
        raise Fault("Kom in", "Tiden då handlingen kom in ligger i framtiden.", "Kontrollera dag och klockslag.")
    party = rules.recipients()[recipient].name if recipient else "okänd"
    matter = f"Rekvisition av statsbidrag {year}, {IN_SWEDISH[channel]}"
    original = Paper("in", "requisition", party, matter, scan.name, scan.content, scan.mime) if scan else None
    arrival = Arrival(at=arrived, channel=channel, registered_by=registrar.id, original=original)
    with writing():
        return receive(year, recipient, facts, arrival, now=now)
