"""Where someone's own work begins."""

from django.urls import reverse

from statsbidrag.portal import neighbours
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import visitor_of


def way_in(person: int) -> str:
    """Gives the first page of a person: the agency's desk, the region's, the recipient's, or where one gets a role."""
    visitor = visitor_of(person)
    if visitor is None:
        return reverse("front")
    if visitor.at_agency:
        return reverse("agency_desk")
    others = [way for key in visitor.recipients() for way in neighbours.ways_in(visitor, key)]
    if others:
        return others[0].address
    own = [recipient for recipient in visitor.recipients() if may(visitor, "see own case", recipient)]
    return reverse("recipient_desk", args=[own[0]]) if own else reverse("my_organisations")
