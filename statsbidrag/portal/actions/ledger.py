"""The ledger's only writer: adds postings where the book still balances with them, or refuses them all."""

from collections.abc import Iterable

from statsbidrag.cycle.ledger import Posting, require_room
from statsbidrag.portal.models import LedgerEntry
from statsbidrag.portal.queries.ledger import balances, booked, ledger
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import take_turn, writing


def post(year: int, postings: Iterable[Posting]) -> None:
    """Adds postings to a round's book. Raises Fault where one is already booked or an account would go below 0."""
    new = [posting for posting in postings if posting.kronor]
    with writing():
        take_turn()
        _require_room(year, new)
        rows = [
            LedgerEntry(
                year=posting.year,
                cause=posting.cause,
                recipient=posting.recipient,
                kronor=posting.kronor,
                reference=posting.reference,
                day=posting.day,
                fingerprint=posting.fingerprint,
            )
            for posting in new
        ]
        if len(rows) == 1:
            store(rows[0])
        else:
            LedgerEntry.objects.bulk_create(rows)


def _require_room(year: int, new: list[Posting]) -> None:
    """Raises Fault where the book does not balance with these; a single one asks only for the accounts it moves."""
    if len(new) == 1:
        [one] = new
        before = balances(year, one.recipient, one.cause)
        require_room(new, year, before, booked(year, one.recipient, one.reference))
    else:
        ledger(year).add(new)
