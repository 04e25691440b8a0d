"""Who acts for whom: applications to be agent with their state, colleagues, invitations, and the agency's staff."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery

from statsbidrag.portal import rules
from statsbidrag.portal.access import AGENCY
from statsbidrag.portal.models import AgentApplication, AgentApplicationEvent, Document, Invitation, Role
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


def state_of(application: AgentApplication) -> State:
    """Gives where an application stands: what happened to it last."""
    kind = application.events.order_by("-id").values_list("kind", flat=True)[:1]
    return STATES[kind[0]]


def application_lines(now: datetime, *, person: int | None = None) -> list[ApplicationLine]:
    """Gives the applications of everyone, or of one person, with the longest wait first and the ended ones last."""
    events = AgentApplicationEvent.objects.filter(application=OuterRef("pk"))
    found = AgentApplication.objects.annotate(
        last=Subquery(events.order_by("-id").values("kind")[:1]),
        received=Min("events__at"),
        moved=Max("events__at"),
    )
    if person is not None:
        found = found.filter(person_id=person)
    rows = found.order_by("id").values_list(
        "id", "person__name", "recipient", "case__number", "received", "last", "moved"
    )
    lines = [
        ApplicationLine(
            id_, name, recipient, number, received, STATES[last], (day_of_arrival(now) - day_of_arrival(moved)).days
        )
        for id_, name, recipient, number, received, last, moved in rows
    ]
    return sorted(lines, key=lambda line: (line.state.ended, -line.waited, -line.id))


def colleagues(recipient: str) -> list[Colleague]:
    """Gives everyone who acts for a recipient, by role and name."""
    found = _held(Role.objects.filter(recipient=recipient, kind__in=_COLLEAGUES))
    return sorted(found, key=lambda one: (_COLLEAGUES.index(one.kind), in_swedish_order(one.name)))


def agent_of(recipient: str) -> Colleague | None:
    """Gives the agent of a recipient, whom alone the agency sees (adm-02)."""
    return next(iter(_held(Role.objects.filter(recipient=recipient, kind="agent"))), None)


def staff() -> list[tuple[str, str, list[Colleague]]]:
    """Gives everyone at the agency: name, e-mail and roles there; what anyone does elsewhere is not shown."""
    by_person: dict[int, list[Colleague]] = {}
    for one in _held(Role.objects.filter(recipient="", kind__in=AGENCY)):
        by_person.setdefault(one.person, []).append(one)
    members = [(roles[0].name, roles[0].email, roles) for roles in by_person.values()]
    return sorted(members, key=lambda one: (in_swedish_order(one[0]), one[1]))


def past_staff(most: int = 50) -> Sequence[tuple[str, str, datetime, datetime | None]]:
    """Gives the agency roles that have ended, the latest first: name, role, from when, until when."""
    ended = Role.objects.filter(recipient="", kind__in=AGENCY).exclude(ended=None).order_by("-ended")
    return list(ended.values_list("person__name", "kind", "since", "ended")[:most])


def waiting_invitations(recipient: str) -> list[Invitation]:
    """Gives the invitations that nobody has answered, the expired ones too, so that they can be sent again."""
    found = Invitation.objects.filter(recipient=recipient, accepted=None, revoked=None)
    return list(found.select_related("invited_by").order_by("id"))


def still_in_cases(person: int) -> bool:
    """Tells whether a case needs the person's name: it applied, sent a document, or has worked at the agency."""
    return (
        AgentApplication.objects.filter(person_id=person).exists()
        or Document.objects.filter(by_id=person).exists()
        or Role.objects.filter(person_id=person, kind__in=AGENCY).exists()
    )


def proofs_of(application: AgentApplication) -> list[tuple[int, str, datetime, bool]]:
    """Gives the proofs of an application: their entry, file name, when they came, and whether they still stand."""
    proofs = Document.objects.filter(entry__case=application.case_id, about="proof").order_by("pk")
    rows = proofs.values_list("pk", "name", "entry__at", "erased_by")
    return [(entry, name, came, not erased) for entry, name, came, erased in rows]


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


def _held(roles: QuerySet[Role]) -> list[Colleague]:
    fields = ("id", "person_id", "kind", "person__name", "person__title", "person__email", "since")
    return [Colleague(*row) for row in roles.filter(ended=None).order_by("kind", "person__name").values_list(*fields)]
