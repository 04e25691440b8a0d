"""A version of a report sent to the address of whoever asks for it: the answers as they came in."""

from datetime import datetime

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import post
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import Person, ReceivedReport
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def send_to_oneself(visitor: Visitor | None, row: ReceivedReport, answers: str, now: datetime) -> None:
    """Sends the answers of a version to one's own address, in the mail itself. Raises Fault where there is none."""
    reader = access.require(visitor, "see own case", row.recipient)
    with writing():
        address = Person.objects.get(pk=reader.id).email
        if not address:
            raise Fault("e-posten", "Vi har ingen e-postadress till dig.", "Lägg till den under Mina uppdrag.")
        name = rules.recipients()[row.recipient].name
        post.send(
            address,
            f"Svaren i återrapporteringen {row.year}, {name}",
            mail_text(f"Här är svaren i återrapporteringen {row.year} för {name}, svar {row.number}.", answers),
            now,
            occasion="own answers",
            recipient=row.recipient,
            document=row.receipt,
        )
