"""A recipient's money in a round, by account: what may still be withheld or lowered, and what is already on its way."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from statsbidrag.cycle.ledger import LedgerAccount
from statsbidrag.portal.models import LedgerEntry
from statsbidrag.portal.queries.payments import UNDER_WAY, Attempt, payments_to
from statsbidrag.portal.queries.sums import Moved


@dataclass(frozen=True, slots=True)
class Money:
    """What stands on a recipient's accounts.

    under_way   what has been prepared for payment or sent to the bank, but not been answered; kronor
    """

    moved: Moved
    under_way: int

    def balance(self, account: LedgerAccount) -> int:
        """What is on an account of the recipient's, in kronor; not for the accounts that all share."""
        return self.moved.balance(account)

    @property
    def free(self) -> int:
        """What is granted and neither withheld, paid nor under way: what can still be stopped or lowered."""
        return max(0, self.moved.balance("granted") - self.under_way)


def money_of(year: int, recipient: str) -> Money:
    """Gives a recipient's money in a round."""
    rows = LedgerEntry.objects.filter(year=year, recipient=recipient).order_by().values_list("cause")
    sums = {cause: (kronor, count) for cause, kronor, count in rows.annotate(Sum("kronor"), Count("id"))}
    own = [one.payment.kronor for one in _attempts(year, recipient) if one.state in UNDER_WAY]
    return Money(Moved(year, sums), sum(own))


def _attempts(year: int, recipient: str) -> tuple[Attempt, ...]:
    known = payments_to(recipient).get(year)
    return known.attempts if known else ()
