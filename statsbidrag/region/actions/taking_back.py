"""A planner takes a visit back at one of the clinics that have it, so that the other is paid; the clinic is told."""

from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions.clinic_mail import tell_clinic
from statsbidrag.region.actions.visits import take_away
from statsbidrag.region.models import Visit
from statsbidrag.region.plain_text import without_numbers
from statsbidrag.region.queries.claims import is_claimed_twice
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault


def take_back(visitor: Visitor | None, row: Visit, why: str, *, now: datetime) -> None:
    """Removes a visit at a clinic, with the reason; raises Fault where no other clinic has it or none is given."""
    planner, reason = access.require(visitor, "plan region", row.region), without_numbers(why, "why")
    with writing():
        if not is_claimed_twice(row):
            raise Fault("besöket", "Ingen annan enhet har besöket längre.", "Enheten ändrar själv sina egna besök.")
        take_away(row, by=planner.name, why=reason)
        says = (
            f"Regionen har tagit bort ett besök den {day_in_words(row.date)} hos {row.clinic.name}, "
            f"eftersom en annan enhet också har det. Skäl: {reason}",
            "Stämmer det inte? Hör av er till regionen.",
        )
        tell_clinic(row.clinic, "Ett besök har tagits bort", says, now)
