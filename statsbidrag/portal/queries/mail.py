"""The outbox as the agency sees it: what has been sent, what waits and what has failed, and why.

What is between a recipient and its own people (invitations and their links) is never here (adm-02), nor what a region
writes to its clinics (adm-01).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from statsbidrag.portal import rules
from statsbidrag.portal.correspondence import NOT_THE_AGENCYS
from statsbidrag.portal.models import Mail
from statsbidrag.portal.queries.prepared import MOMENT, Prepared
from statsbidrag.portal.queries.words import containing

MailState = Literal["sent", "waiting", "failed"]
STATES: dict[MailState, str] = {"sent": "Skickad", "waiting": "Väntar", "failed": "Misslyckades"}
TONES: dict[MailState, str] = {"sent": "good", "waiting": "wait", "failed": "bad"}
OCCASIONS: dict[str, str] = {
    "receipt": "Kvitto",
    "reminder": "Påminnelse",
    "decision": "Beslut",
    "payment notice": "Utbetalning",
    "report form": "Återrapporteringsformulär",
    "completion request": "Begäran om komplettering",
    "own answers": "Egna svar",
    "communication": "Kommunicering",
    "invoice": "Faktura",
    "giro": "Gironummer",
    "agent": "Ansökan om att bli ombud",
    "accessibility flaw": "Brist i tillgängligheten",
}
PAGE = 50
_PATIENCE = timedelta(minutes=10)
_WHICH: dict[str, Q] = {
    "sent": Q(sent__isnull=False),
    "waiting": Q(sent=None, fault=""),
    "failed": Q(sent=None) & ~Q(fault=""),
}


@dataclass(frozen=True, slots=True)
class Outbox:
    """A page of the outbox.

    number    which page, of ``pages``
    counts    how many there are in each state, whatever is asked for
    """

    mails: tuple[Mail, ...]
    found: int
    number: int
    pages: int
    counts: dict[MailState, int]


_STATE = Case(*(When(which, then=Value(name)) for name, which in _WHICH.items()), output_field=CharField())
_COUNTED = Prepared(
    lambda: (
        Mail.objects.exclude(occasion__in=NOT_THE_AGENCYS)
        .order_by()
        .values(state=_STATE)  # first the state, then the count: so it is counted by state
        .annotate(mails=Count("id"))
        .values_list("state", "mails")
    )
)
_STUCK = Prepared(
    lambda: (
        Mail.objects.exclude(occasion__in=NOT_THE_AGENCYS)
        .filter(sent=None, attempts=0, created__lt=MOMENT)
        .values_list("id")
    )
)


def outbox(state: str, text: str, number: int) -> Outbox:
    """Gives a page of what the agency has sent or tries to send, the newest first."""
    counts: dict[MailState, int] = dict.fromkeys(STATES, 0) | dict(_COUNTED.rows({}))
    chosen = seen_by_agency().filter(_WHICH.get(state, Q()), _saying(text))
    found = chosen.count() if state in _WHICH or text.strip() else sum(counts.values())
    pages = max(1, -(-found // PAGE))
    number = min(max(1, number), pages)
    mails = tuple(chosen.defer("body").order_by("-id")[PAGE * (number - 1) : PAGE * number])
    return Outbox(mails, found, number, pages, counts)


def seen_by_agency() -> QuerySet[Mail]:
    """Gives the e-mail that the agency may see."""
    return Mail.objects.exclude(occasion__in=NOT_THE_AGENCYS)


def stuck(now: datetime) -> list[int]:
    """Gives the e-mail that should have gone by now but has not been tried, as when the service was stopped midway."""
    return [mail for (mail,) in _STUCK.rows({MOMENT: now - _PATIENCE})]


def state_of(mail: Mail) -> MailState:
    """Tells whether an e-mail is sent, waits or has failed."""
    if mail.sent:
        return "sent"
    return "failed" if mail.fault else "waiting"


def about(mail: Mail) -> str:
    """Says in a word what an e-mail is about."""
    return OCCASIONS.get(mail.occasion, "Övrigt")


def _saying(text: str) -> Q:
    """What holds a text in its address or subject, or is to a recipient whose name does."""
    sought = text.strip()
    if not sought:
        return Q()
    named = _named(sought.casefold(), ((key, party.name) for key, party in rules.recipients().items()))
    return containing(sought, "to", "subject") | Q(recipient__in=named)


def _named(sought: str, names: Iterable[tuple[str, str]]) -> list[str]:
    return [key for key, name in names if sought in name.casefold()]
