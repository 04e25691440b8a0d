"""``python -m statsbidrag.portal work``: does what can wait; the service keeps one such process."""

from django.core.management.base import BaseCommand

from statsbidrag.portal.working import work


class Command(BaseCommand):
    """Does jobs until it is told to stop."""

    requires_system_checks = ()  # the service that starts it has made them
    help = "Do what can wait: receipts, letters, notices and e-mail."

    def handle(self, *args: object, **options: object) -> None:
        """Works."""
        work()
