"""``python -m statsbidrag.portal appoint NAME``: makes someone who has signed in the first administrator."""

from django.core.management.base import BaseCommand, CommandParser

from statsbidrag.portal import clock
from statsbidrag.portal.actions.appointing import appoint_first


class Command(BaseCommand):
    """Appoints the first administrator of a new installation."""

    help = "Make someone who has signed in the first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name as it stands in the e-legitimation."""
        parser.add_argument("name")

    def handle(self, *args: object, **options: object) -> None:
        """Appoints."""
        person = appoint_first(str(options["name"]), clock.now())
        self.stdout.write(f"{person.name} är systemförvaltare och ger de andra deras roller i e-tjänsten.")
