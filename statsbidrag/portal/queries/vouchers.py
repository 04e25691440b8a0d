"""The vouchers of a round: the postings that are booked in the finance system, numbered in the order of the ledger."""

from collections.abc import Mapping

from django.db.models import Max

from statsbidrag.cycle.ledger import Posting
from statsbidrag.portal import rules
from statsbidrag.portal.models import Case, LedgerEntry, VoucherFile
from statsbidrag.portal.queries.ledger import ledger


def booked(year: int) -> tuple[Posting, ...]:
    """Gives every posting that the finance system books; the first is voucher 1, and the book only grows."""
    causes = rules.book().agency.finance.value.bookings
    return tuple(posting for posting in ledger(year).postings if posting.cause in causes)


def not_handed_over(year: int) -> tuple[int, tuple[Posting, ...]]:
    """Gives the number of the first voucher that has not been handed over, and its posting with all after it."""
    last = VoucherFile.objects.filter(year=year).aggregate(last=Max("last"))["last"] or 0
    return last + 1, booked(year)[last:]


def waiting(year: int) -> int:
    """Gives how many vouchers have not been handed over."""
    causes = list(rules.book().agency.finance.value.bookings)
    last = VoucherFile.objects.filter(year=year).aggregate(last=Max("last"))["last"] or 0
    return LedgerEntry.objects.filter(year=year, cause__in=causes).count() - last


def diary_numbers(year: int) -> Mapping[str, str]:
    """Gives the diary number of each recipient's case, by the recipient's key."""
    return dict(Case.objects.filter(year=year, kind="grant").values_list("recipient", "number"))
