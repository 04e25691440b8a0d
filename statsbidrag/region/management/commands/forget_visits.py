"""``python -m statsbidrag.portal forget_visits``: drops the pseudonyms that have been kept for their time."""

from django.core.management.base import BaseCommand

from statsbidrag.portal import clock
from statsbidrag.region.actions.forgetting import forget
from statsbidrag.region.queries.retention import regions_with_visits

BY = "kommandot forget_visits"


class Command(BaseCommand):
    """Drops what is past its time in the house of each region that has visits here."""

    help = "Drop pseudonyms of visits and offers that have been kept for their time."

    def handle(self, *args: object, **options: object) -> None:
        """Drops it, and says how much there was."""
        for region in regions_with_visits():
            made = forget(region, clock.now(), by=BY)
            if made:
                says = f"{made.visits} besök och {made.offers} erbjudanden har inga pseudonymer kvar"
                self.stdout.write(f"{region}: {says} (till och med {made.through}).")
            else:
                self.stdout.write(f"{region}: inga pseudonymer att släppa.")
