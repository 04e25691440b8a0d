"""What families were offered and what became of it: written down by the clinic, and only ever counted."""

from datetime import datetime

from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.keys import local_family
from statsbidrag.region.models import Offer
from statsbidrag.region.models.visits import OUTCOMES
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.personal_numbers import holds_number


def note_offer(visitor: Visitor | None, desk: VisitDesk, family: str, outcome: str, *, now: datetime) -> Offer:
    """Writes down what a family was offered, or what became of it; the same as last time changes nothing.

    family   the clinic's own number of it; a personal number is refused, and never repeated
    """
    by = desk.require(visitor)
    if desk.clinic is None:
        raise Fault("erbjudandet", "Erbjudanden skrivs in på enhetens eget skrivbord.", "Gå dit.")
    if outcome not in OUTCOMES:
        raise Fault("erbjudandet", "Utfallet finns inte.", "Välj ett av dem på sidan.")
    if not family.strip():
        raise Fault("familjen", "Familjens nummer saknas.", "Skriv ert eget nummer på familjen.")
    if holds_number(family):
        why = "Det ser ut som ett personnummer, som inte får stå här. Inget är sparat."
        raise Fault("familjen", why, "Skriv det nummer som bara er enhet känner familjen under.")
    keyed = local_family(desk.region, desk.clinic.number, family)
    with writing():
        last = Offer.objects.filter(region=desk.region, year=desk.year, clinic=desk.clinic, family=keyed).last()
        if last and last.outcome == outcome:
            return last
        return Offer.objects.create(
            region=desk.region,
            year=desk.year,
            clinic=desk.clinic,
            family=keyed,
            day=now.date(),
            outcome=outcome,
            at=now,
            by=by.name,
        )
