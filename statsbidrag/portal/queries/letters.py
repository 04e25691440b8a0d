"""How far the letters of a round's decisions have come."""

from dataclasses import dataclass

from django.db.models import Count, Q

from statsbidrag.portal.models import Decision, Mail


@dataclass(frozen=True, slots=True)
class Letters:
    """How many decisions are made, how many of them have their letter, and how the e-mails with them have fared."""

    decisions: int
    written: int
    mails: int
    sent: int
    failed: int

    @property
    def missing(self) -> int:
        """How many letters are still to be written."""
        return self.decisions - self.written


def letters_of(year: int) -> Letters:
    """Counts decisions, letters and e-mails, from the rows themselves."""
    made = Decision.objects.filter(year=year, approval__isnull=False)
    counted = made.aggregate(decisions=Count("id"), written=Count("letter"))
    mails = Mail.objects.filter(occasion="decision", case__year=year).aggregate(
        mails=Count("id"),
        gone=Count("sent"),
        failed=Count("id", filter=Q(sent=None) & ~Q(fault="")),
    )
    return Letters(counted["decisions"], counted["written"], mails["mails"], mails["gone"], mails["failed"])
