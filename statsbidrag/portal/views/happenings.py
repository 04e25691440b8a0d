"""What has happened to an application to be agent, as the lines of its timeline."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from statsbidrag.portal.models import AgentApplication, AgentApplicationEvent
from statsbidrag.portal.queries.people import HAPPENED
from statsbidrag.portal.queries.prepared import ID, PreparedObjects

_EVENTS = PreparedObjects[AgentApplicationEvent](
    lambda: AgentApplicationEvent.objects.filter(application=ID).select_related("by").order_by("id")
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline; ``link`` leads to the document that came or went."""

    when: datetime
    what: str
    who: str
    note: str
    link: str


def happenings(application: AgentApplication, document_page: str, *, within: bool = False) -> list[Happening]:
    """Gives the timeline of an application; what is only proposed within the agency is left out unless ``within``."""
    events = [event for event in _EVENTS.all({ID: application.pk}) if within or event.kind != "closing proposed"]
    return [
        Happening(
            event.at,
            HAPPENED[event.kind],
            event.by.name,
            event.text,
            reverse(document_page, args=[application.pk, event.document_id]) if event.document_id else "",
        )
        for event in events
    ]
