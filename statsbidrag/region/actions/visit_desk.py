"""Who hands in, writes and alters visits: planners for the region, and those who work at a clinic for the clinic."""

from dataclasses import dataclass

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor, clinic_key
from statsbidrag.region.models import Clinic


@dataclass(frozen=True, slots=True)
class VisitDesk:
    """Where visits come in: at the region, for all its clinics, or at one clinic for its own."""

    region: str
    year: int
    clinic: Clinic | None = None

    @property
    def key(self) -> str:
        """What roles at this desk are held for."""
        return clinic_key(self.region, self.clinic.number) if self.clinic else self.region

    def may_write(self, visitor: Visitor | None) -> bool:
        """Tells whether someone may hand in visits here."""
        return access.may(visitor, "act for clinic" if self.clinic else "plan region", self.key)

    def require(self, visitor: Visitor | None) -> Visitor:
        """Gives the visitor back, or raises Refused where it may not hand in visits here."""
        return access.require(visitor, "act for clinic" if self.clinic else "plan region", self.key)
