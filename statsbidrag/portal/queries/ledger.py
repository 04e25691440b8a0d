"""The ledger as the steps know it."""

from statsbidrag.cycle.ledger import Ledger, Posting
from statsbidrag.portal import rules
from statsbidrag.portal.models import LedgerEntry

_FIELDS = ("cause", "recipient", "kronor", "reference", "day", "year", "fingerprint")


def ledger(year: int) -> Ledger:
    """Gives the whole book of a round, in the order in which it was written."""
    rows = LedgerEntry.objects.filter(year=year).order_by("id").values_list(*_FIELDS)
    return Ledger(year, rules.round_rules(year).allocation.pot.value, tuple(Posting(*row) for row in rows))
