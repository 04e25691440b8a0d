"""``python -m statsbidrag.portal appoint_planner REGION NAME``: the first planner of a region's own installation."""

from django.core.management.base import BaseCommand, CommandParser

from statsbidrag.portal import clock, rules
from statsbidrag.portal.actions.appointing import appoint_first
from statsbidrag.terms.faults import Fault, suggestion


class Command(BaseCommand):
    """Appoints the first planner of a region."""

    help = "Make someone who has signed in the first planner of a region, such as region-18."

    def add_arguments(self, parser: CommandParser) -> None:
        """The key of the region, and the name as it stands in the e-legitimation."""
        parser.add_argument("region")
        parser.add_argument("name")

    def handle(self, *args: object, **options: object) -> None:
        """Appoints."""
        region = str(options["region"])
        known = [key for key, party in rules.recipients().items() if party.kind == "region"]
        if region not in known:
            remedy = f"{suggestion(region, known)}Skriv till exempel region-18."
            raise Fault("regionen", f"”{region}” finns inte.", remedy)
        person = appoint_first(str(options["name"]), clock.now(), kind="region_planner", recipient=region)
        self.stdout.write(f"{person.name} är regionplanerare och bjuder in de andra i e-tjänsten.")
