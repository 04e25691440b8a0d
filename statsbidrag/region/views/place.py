"""Where in the region's house a page is: which region or clinic, which year, and by which scheme."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import rules
from statsbidrag.portal.access import region_of
from statsbidrag.region.models import Clinic, RegionYear
from statsbidrag.region.queries.clinic_keys import clinic_of
from statsbidrag.region.queries.years import region_year, scheme_of


@dataclass(frozen=True, slots=True)
class Place:
    """A region's year, begun.

    region   the key of the region; ``key`` is what the visitor's role is held for: the region's, or a clinic's
    clinic   the clinic that the page is about, on the pages of a clinic
    """

    region: str
    key: str
    year: int
    begun: RegionYear
    scheme: Scheme
    clinic: Clinic | None = None

    @property
    def name(self) -> str:
        """The region's name."""
        return rules.recipients()[self.region].name

    @property
    def shown(self) -> dict[str, Any]:
        """What every page of the house shows of its place."""
        acting_for = self.clinic.name if self.clinic else self.name
        return {"place": self, "acting_for": acting_for, "recipient": self.key, "year": self.year}


def place_of(recipient: str, year: int) -> Place:
    """Gives the place of a region's page; no page is found where the region has no such year."""
    scheme = scheme_of(recipient, year)
    begun = region_year(recipient, year)
    if scheme is None or begun is None or recipient not in rules.recipients():
        raise Http404
    return Place(recipient, recipient, year, begun, scheme)


def clinic_place(recipient: str, year: int) -> Place:
    """Gives the place of a clinic's own page; ``recipient`` is the clinic's key."""
    region = region_of(recipient)
    clinic = clinic_of(recipient)
    if clinic is None:
        raise Http404
    at = place_of(region, year)
    return Place(region, recipient, year, at.begun, at.scheme, clinic)
