"""What the region's house tells the rest of the service of itself: names, ways in, jobs left behind, and its play."""

from django.urls import reverse

from statsbidrag.portal import clock
from statsbidrag.portal.access import Visitor, may, region_of
from statsbidrag.portal.neighbours import Neighbour, WayIn
from statsbidrag.region.actions import notices, releasing, visit_files
from statsbidrag.region.demonstration.moving import move_on
from statsbidrag.region.queries.clinic_keys import clinic_of


def name_of(key: str) -> str | None:
    """Gives the name of the clinic that a role is held for."""
    clinic = clinic_of(key)
    return clinic.name if clinic else None


def ways_in(visitor: Visitor, key: str) -> list[WayIn]:
    """Gives the region's desk to its planners, and a clinic's to those who work there."""
    if may(visitor, "see region", key) and key == region_of(key):
        return [WayIn("Regionens skrivbord", reverse("region_desk", args=[key]))]
    if may(visitor, "see clinic", key) and key != region_of(key):
        return [WayIn("Enhetens skrivbord", reverse("clinic_desk", args=[key]))]
    return []


def take_up() -> int:
    """Takes up what a killed process left: e-mail and released figures between the houses, and files of visits."""
    return notices.hand_over_waiting() + releasing.hand_over_waiting(clock.now()) + visit_files.take_up_files()


NEIGHBOUR = Neighbour(name_of, ways_in, take_up, move_on)
