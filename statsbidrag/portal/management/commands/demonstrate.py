"""``python -m statsbidrag.portal demonstrate``: fills an empty database with the demonstration."""

from django.core.management.base import BaseCommand

from statsbidrag.portal.demonstration.filling import fill


class Command(BaseCommand):
    """Fills the demonstration, once; what someone has done in it stays."""

    requires_system_checks = ()  # the service that starts it has made them
    help = "Fill an empty database with the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Fills it."""
        fill()
