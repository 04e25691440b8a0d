"""Who acts for whom: applications to be agent with their state, colleagues, invitations, and the agency's staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from statsbidrag.portal import rules
from statsbidrag.portal.access import AGENCY
from statsbidrag.portal.models import AgentApplication, AgentApplicationEvent, Document, Invitation, Person, Role
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, Prepared, PreparedObjects
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.terms.dates import day_of_arrival

Waits = Literal["agency", "decision-maker", "applicant", ""]
_COLLEAGUES = ("agent", "deputy", "coordinator", "signatory", "reader")


@dataclass(frozen=True, slots=True)
class State:
    """Where an application stands.

    kind    the last thing that happened to it
    waits   on whom it waits; empty where it has ended
    tone    how the page marks it
    """

    kind: str
    says: str
    waits: Waits
    tone: Literal["neutral", "good", "wait", "bad"]

    @property
    def ended(self) -> bool:
        """Whether nothing more happens to it."""
        return not self.waits


STATES: Mapping[str, State] = {
    state.kind: state
    for state in (
        State("received", "Väntar på myndigheten", "agency", "wait"),
        State("completed", "Kompletterad, väntar på myndigheten", "agency", "wait"),
        State("completion asked", "Väntar på komplettering", "applicant", "wait"),
        State("withdrawn", "Återkallad, ska avskrivas", "agency", "neutral"),
        State("closing proposed", "Föreslagen att avskrivas", "decision-maker", "wait"),
        State("approved", "Godkänd", "", "good"),
        State("closed", "Avskriven", "", "neutral"),
    )
}
HAPPENED: Mapping[str, str] = {
    "received": "Ansökan kom in",
    "completed": "Komplettering kom in",
    "completion asked": "Myndigheten bad om komplettering",
    "withdrawn": "Sökanden återkallade ansökan",
    "closing proposed": "Handläggaren föreslog att ärendet avskrivs",
    "approved": "Myndigheten godkände ansökan",
    "closed": "Ärendet avskrevs",
}


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application as a line of a list; ``waited`` is the days since it last came to whom it waits on."""

    id: int
    name: str
    recipient: str
    number: str
    received: datetime
    state: State
    waited: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Someone with a role for a recipient, or at the agency."""

    role: int
    person: int
    kind: str
    name: str
    title: str
    email: str
    since: datetime


_HELD = ("id", "person_id", "kind", "person__name", "person__title", "person__email", "since")


def _holding(**which: object) -> Prepared:
    return Prepared(
        lambda: Role.objects.filter(ended=None, **which).order_by("kind", "person__name").values_list(*_HELD)
    )


_ACTING = _holding(recipient=RECIPIENT, kind__in=_COLLEAGUES)
_AGENT = _holding(recipient=RECIPIENT, kind="agent")
_STAFF = _holding(recipient="", kind__in=AGENCY)
_PAST_STAFF = Prepared(
    lambda: (
        Role.objects.filter(recipient="", kind__in=AGENCY, ended__isnull=False)
        .order_by("-ended")
        .values_list("person__name", "kind", "since", "ended")[:50]
    )
)
_OF_A_HOUSE = Prepared(
    lambda: Role.objects.filter(ended=None, recipient=RECIPIENT).order_by("person__name").values_list(*_HELD)
)
_WAITING = PreparedObjects[Invitation](
    lambda: (
        Invitation.objects.filter(recipient=RECIPIENT, accepted=None, revoked=None)
        .select_related("invited_by")
        .order_by("id")
    )
)


def _lines() -> QuerySet[AgentApplication, tuple[Any, ...]]:
    events = AgentApplicationEvent.objects.filter(application=OuterRef("pk"))
    found = AgentApplication.objects.annotate(
        last=Subquery(events.order_by("-id").values("kind")[:1]),
        received=Min("events__at"),
        moved=Max("events__at"),
    )
    shown = ("id", "person__name", "recipient", "case__number", "received", "last", "moved")
    return found.order_by("id").values_list(*shown)


_LINES = Prepared(_lines)
_OWN_LINES = Prepared(lambda: _lines().filter(person=ID))
_LAST_EVENT = Prepared(
    lambda: AgentApplicationEvent.objects.filter(application=ID).order_by("-id").values_list("kind")[:1]
)
_LEFT = (
    Prepared(lambda: AgentApplication.objects.filter(person=ID).values_list("id")[:1]),
    Prepared(lambda: Document.objects.filter(by=ID).values_list("pk")[:1]),
    Prepared(lambda: Role.objects.filter(person=ID, kind__in=AGENCY).values_list("id")[:1]),
)
_DETAILS = Prepared(lambda: Person.objects.filter(pk=ID).values_list("name", "title", "telephone", "email"))
_PROOFS = Prepared(
    lambda: (
        Document.objects.filter(entry__case=ID, about="proof")
        .order_by("pk")
        .values_list("pk", "name", "entry__at", "erased_by")
    )
)


def state_of(application: AgentApplication) -> State:
    """Gives where an application stands: what happened to it last."""
    [(kind,)] = _LAST_EVENT.rows({ID: application.pk})
    return STATES[kind]


def application_lines(now: datetime, *, person: int | None = None) -> list[ApplicationLine]:
    """Gives the applications of everyone, or of one person, with the longest wait first and the ended ones last."""
    rows = _LINES.rows({}) if person is None else _OWN_LINES.rows({ID: person})
    lines = [
        ApplicationLine(id_, name, recipient, number, received, STATES[last], _days(moved, now))
        for id_, name, recipient, number, received, last, moved in rows
    ]
    return sorted(lines, key=lambda line: (line.state.ended, -line.waited, -line.id))


def colleagues(recipient: str) -> list[Colleague]:
    """Gives everyone who acts for a recipient, by role and name."""
    found = _held(_ACTING, recipient)
    return sorted(found, key=lambda one: (_COLLEAGUES.index(one.kind), in_swedish_order(one.name)))


def holding(key: str, kinds: Sequence[str]) -> list[Colleague]:
    """Gives everyone who holds one of some roles for a region or a clinic, by role in that order and by name."""
    found = [one for one in _held(_OF_A_HOUSE, key) if one.kind in kinds]
    return sorted(found, key=lambda one: (kinds.index(one.kind), in_swedish_order(one.name)))


def agent_of(recipient: str) -> Colleague | None:
    """Gives the agent of a recipient, whom alone the agency sees (adm-02)."""
    return next(iter(_held(_AGENT, recipient)), None)


def staff() -> list[tuple[str, str, list[Colleague]]]:
    """Gives everyone at the agency: name, e-mail and roles there; what anyone does elsewhere is not shown."""
    by_person: dict[int, list[Colleague]] = {}
    for one in _held(_STAFF):
        by_person.setdefault(one.person, []).append(one)
    members = [(roles[0].name, roles[0].email, roles) for roles in by_person.values()]
    return sorted(members, key=lambda one: (in_swedish_order(one[0]), one[1]))


def past_staff() -> Sequence[tuple[str, str, datetime, datetime | None]]:
    """Gives the last fifty agency roles that have ended, the latest first: name, role, from when, until when."""
    return _PAST_STAFF.rows({})


def waiting_invitations(recipient: str) -> list[Invitation]:
    """Gives the invitations that nobody has answered, the expired ones too, so that they can be sent again."""
    return _WAITING.all({RECIPIENT: recipient})


def still_in_cases(person: int) -> bool:
    """Tells whether a case needs the person's name: it applied, sent a document, or has worked at the agency."""
    return any(left.rows({ID: person}) for left in _LEFT)


def proofs_of(application: AgentApplication) -> list[tuple[int, str, datetime, bool]]:
    """Gives the proofs of an application: their entry, file name, when they came, and whether they still stand."""
    rows = _PROOFS.rows({ID: application.case_id})
    return [(entry, name, came, not erased) for entry, name, came, erased in rows]


def own_details(person: int) -> tuple[str, str, str, str]:
    """Gives a person's name, title, telephone and e-mail address."""
    [(name, title, telephone, email)] = _DETAILS.rows({ID: person})
    return name, title, telephone, email


@cache
def rounds_known() -> tuple[int, ...]:
    """The years there are rules for, the oldest first."""
    return tuple(sorted(rules.years()))


def round_at(now: datetime) -> int:
    """Gives the round that a moment belongs to: the latest that there are rules for by then."""
    begun = [year for year in rounds_known() if year <= now.year]
    return begun[-1] if begun else rounds_known()[0]


def _days(since: datetime, now: datetime) -> int:
    """Counts days by the calendar, so that the hour that summer time takes is not a day."""
    return (day_of_arrival(now) - day_of_arrival(since)).days


def _held(asked: Prepared, recipient: str = "") -> list[Colleague]:
    return [Colleague(*row) for row in asked.rows({RECIPIENT: recipient})]
