"""The ledger as the steps know it: the whole book of a round, or what stands on its accounts."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Sum

from statsbidrag.cycle.ledger import COMMON, MOVES, Cause, Ledger, LedgerAccount, Posting
from statsbidrag.portal import rules
from statsbidrag.portal.models import LedgerEntry
from statsbidrag.portal.queries.prepared import RECIPIENT, TEXT, YEAR, Prepared
from statsbidrag.portal.queries.sums import moved

_FIELDS = ("cause", "recipient", "kronor", "reference", "day", "year", "fingerprint")
_BOOKED = Prepared(
    lambda: LedgerEntry.objects.filter(year=YEAR, recipient=RECIPIENT, reference=TEXT).order_by().values_list(*_FIELDS)
)
_MOVED = Prepared(
    lambda: (
        LedgerEntry.objects.filter(year=YEAR, recipient=RECIPIENT)
        .order_by()
        .values("cause")
        .annotate(sum=Sum("kronor"))
        .values_list("cause", "sum")
    )
)


def ledger(year: int) -> Ledger:
    """Gives the whole book of a round, in the order in which it was written."""
    rows = LedgerEntry.objects.filter(year=year).order_by("id").values_list(*_FIELDS)
    return Ledger(year, rules.round_rules(year).allocation.pot.value, tuple(Posting(*row) for row in rows))


def balances(year: int, recipient: str, cause: Cause) -> Mapping[tuple[LedgerAccount, str], int]:
    """Gives what is on a recipient's own accounts, and on those that all share where the cause moves money there.

    What all share is summed out of the whole book, so it is asked for only where it counts.
    """
    own = {(account, recipient): kronor for account, kronor in own_balances(year, recipient).items()}
    common = COMMON.intersection((MOVES[cause].moved_from, MOVES[cause].moved_to))
    if not common:
        return own
    shared = moved(year)
    return {**own, **{(account, ""): shared.balance(account) for account in common}}


def own_balances(year: int, recipient: str) -> Mapping[LedgerAccount, int]:
    """Gives what is on a recipient's own accounts, in kronor; 0 where nothing is booked."""
    found: Counter[LedgerAccount] = Counter()
    for cause, kronor in _MOVED.rows({YEAR: year, RECIPIENT: recipient}):
        found[MOVES[cause].moved_to] += int(kronor)
        found[MOVES[cause].moved_from] -= int(kronor)
    return found


def booked(year: int, recipient: str, reference: str) -> Mapping[tuple[Cause, str, str], Posting]:
    """Gives what is booked for a recipient under a reference, by identity."""
    rows = _BOOKED.rows({YEAR: year, RECIPIENT: recipient, TEXT: reference})
    return {posting.identity: posting for posting in (Posting(*row) for row in rows)}
