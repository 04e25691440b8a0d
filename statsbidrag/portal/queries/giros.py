"""Giro numbers: which number each recipient is paid on, and whether it is known or its owner has been checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db.models import F, QuerySet, Value

from statsbidrag.cycle import GiroAccount
from statsbidrag.portal.models import BankAnswer, GiroChange, GiroCheck
from statsbidrag.portal.queries.prepared import EARLIER_YEAR, YEAR, Prepared
from statsbidrag.portal.queries.remembering import remembered
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import read_giro

_GIVEN, _KNOWN, _CHECKED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class RecipientGiro:
    """The number that a recipient is paid on.

    account   the number as step 5 knows it
    checked   when finance last checked its owner; None where it has not
    given     when the recipient gave it after its requisition; None where it stands in the requisition
    """

    account: GiroAccount
    checked: datetime | None = None
    given: datetime | None = None

    @property
    def number(self) -> str:
        """The number as people write it, after the word that says which kind it is."""
        return self.account.number


@remembered
def giros(year: int, today: date) -> Mapping[str, RecipientGiro]:
    """Gives the number of each recipient that has given one, by the recipient's key.

    It stands in the requisition that counts, until the recipient gives another. It is known since last year where it
    was entered so, or where the grant of last year was paid to it.
    """
    stated = {
        review.requisition.recipient: (review.requisition.giro, None)
        for review in intake(year, today).reviews
        if review.counts
    }
    changed, known, checked = _facts(year)
    found: dict[str, RecipientGiro] = {}
    for recipient, (text, given) in {**stated, **changed}.items():
        number = spelled(text)
        if number:
            when = checked.get((recipient, number))
            account = GiroAccount(number, (recipient, number) in known, owner_checked=when is not None)
            found[recipient] = RecipientGiro(account, when, given)
    return found


@lru_cache(maxsize=2048)
def spelled(text: str) -> str:
    """Writes a giro number in the one way that numbers are compared in; empty where it is none."""
    try:
        giro = read_giro(text, "gironumret")
    except Fault:
        return ""
    return f"{giro.kind} {giro}"


_Facts = tuple[
    dict[str, tuple[str, datetime | None]], frozenset[tuple[str, str]], dict[tuple[str, str], datetime | None]
]


def _asked() -> QuerySet[GiroChange, tuple[object, ...]]:
    fields = ("recipient", "giro", "at", "what")
    given = GiroChange.objects.filter(year=YEAR).order_by().annotate(what=Value(_GIVEN)).values_list(*fields)
    known = GiroCheck.objects.filter(year=YEAR, by=None).annotate(what=Value(_KNOWN)).values_list(*fields)
    checked = GiroCheck.objects.filter(year=YEAR).exclude(by=None).annotate(what=Value(_CHECKED)).values_list(*fields)
    last_year = (
        BankAnswer.objects.filter(payment__batch__year=EARLIER_YEAR, outcome="paid", looked_at=None)
        .order_by()
        .annotate(recipient=F("payment__recipient"), giro=F("payment__giro"), at=F("file__at"), what=Value(_KNOWN))
        .values_list(*fields)
    )
    return given.union(known, checked, last_year, all=True).order_by("at")


_ALL_FACTS = Prepared(_asked)


def _facts(year: int) -> _Facts:
    """What has been given since, what is known and what has been checked, in one question to the database."""
    changes: dict[str, tuple[str, datetime | None]] = {}
    known_ones: set[tuple[str, str]] = set()
    checks: dict[tuple[str, str], datetime | None] = {}
    for recipient, giro, at, what in _ALL_FACTS.rows({YEAR: year, EARLIER_YEAR: year - 1}):
        if what == _GIVEN:
            changes[recipient] = (giro, at)
        elif what == _KNOWN:
            known_ones.add((recipient, spelled(giro)))
        else:
            checks[recipient, spelled(giro)] = at
    return changes, frozenset(known_ones), checks
