"""What is personal and has been kept for its time: proofs, contacts and invitations that may now be erased."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from statsbidrag.portal import rules
from statsbidrag.portal.correspondence import NOT_THE_AGENCYS
from statsbidrag.portal.models import (
    AgentApplication,
    AgentApplicationEvent,
    Document,
    DocumentContent,
    Invitation,
    Mail,
    Person,
    Role,
)
from statsbidrag.portal.queries.prepared import MOMENT, Prepared

_ENDED = ("approved", "closed")


@dataclass(frozen=True, slots=True)
class PastRetention:
    """What may be erased by now.

    proofs       documents that prove a right, with their cases
    contacts     people whose last role has ended long enough ago
    invitations  invitations that nobody waits for any more
    mails        what colleagues have told each other through the service, and a region its clinics
    """

    proofs: list[Document]
    contacts: QuerySet[Person]
    invitations: QuerySet[Invitation]
    mails: QuerySet[Mail]


def past_retention(now: datetime) -> PastRetention:
    """Gives what has been kept for its time, by the agency's settings."""
    kept = rules.book().agency.people
    unanswered = now - timedelta(days=kept.unanswered.value)
    return PastRetention(
        list(_proofs(now - timedelta(days=kept.proof.value)).select_related("entry__case")),
        _contacts(now - timedelta(days=kept.contact.value)),
        _invitations(unanswered),
        _mails(unanswered),
    )


def counted(now: datetime) -> dict[str, int]:
    """Counts the same, for whoever only wants to know how much there is."""
    kept = rules.book().agency.people
    days = {
        "proofs": kept.proof.value,
        "contacts": kept.contact.value,
        "invitations": kept.unanswered.value,
        "mails": kept.unanswered.value,
    }
    return {name: len(asked.rows({MOMENT: now - timedelta(days=days[name])})) for name, asked in _COUNTED.items()}


def _proofs(before: datetime) -> QuerySet[Document]:
    """The proofs of applications that ended before a moment, where no role as agent that rests on them ended later."""
    events = AgentApplicationEvent.objects.filter(application=OuterRef("pk"))
    role = Role.objects.filter(person=OuterRef("person"), recipient=OuterRef("recipient"), kind="agent")
    over = AgentApplication.objects.filter(
        ~Exists(role.filter(Q(ended=None) | Q(ended__gte=before))),
        Exists(events.filter(kind__in=_ENDED, at__lt=before)),
        ~Exists(events.filter(at__gte=before)),
    )
    proofs = Document.objects.filter(about="proof", erased_by="", entry__case__in=over.values("case_id"))
    stored = DocumentContent.objects.filter(document=OuterRef("pk"))
    return proofs.filter(Exists(stored)).order_by("pk")


def _contacts(before: datetime) -> QuerySet[Person]:
    """Those who have held a role and hold none since then, and have no application that waits."""
    waits = AgentApplication.objects.filter(person=OuterRef("pk")).exclude(events__kind__in=_ENDED)
    return (
        Person.objects.exclude(email="", telephone="", title="")
        .annotate(last=Max("roles__ended"))
        .filter(~Exists(Role.objects.filter(person=OuterRef("pk"), ended=None)), ~Exists(waits), last__lt=before)
    )


def _invitations(before: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(accepted__lt=before) | Q(revoked__lt=before) | Q(expires__lt=before))


def _mails(before: datetime) -> QuerySet[Mail]:
    return Mail.objects.filter(occasion__in=NOT_THE_AGENCYS, created__lt=before).exclude(sent=None)


_COUNTED: Mapping[str, Prepared] = {
    "proofs": Prepared(lambda: _proofs(MOMENT).values_list("pk")),
    "contacts": Prepared(lambda: _contacts(MOMENT).values_list("pk")),
    "invitations": Prepared(lambda: _invitations(MOMENT).values_list("pk")),
    "mails": Prepared(lambda: _mails(MOMENT).values_list("pk")),
}
