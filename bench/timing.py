"""Moves a demonstration through its round and times pages and saves in this one process."""

from collections.abc import Iterable

from django.core.management import call_command
from django.db import connections

from bench.asking import Asker, median_of, questions
from bench.portal_pages import MOST_QUESTIONS, YEAR, Page
from bench.portal_saves import Save
from statsbidrag.portal import clock
from statsbidrag.portal.demonstration.moving import move_to
from statsbidrag.portal.demonstration.stages import stage_of

SAVE = 4.0  # milliseconds of processor time
_TIMES = 30


def fill() -> None:
    """Makes every database and fills the demonstration."""
    for database in connections:
        call_command("migrate", database=database, verbosity=0, skip_checks=True)
    call_command("demonstrate")


def move(*keys: str) -> None:
    """Moves the demonstration to each of the days in turn."""
    for key in keys:
        stage = stage_of(YEAR, key)
        assert stage is not None
        move_to(YEAR, stage, clock.now())


def time_pages(day: str, pages: Iterable[Page]) -> None:
    """Prints what each page costs, and the most questions that any of them puts to the database."""
    people: dict[str | int, Asker] = {}
    most = (0, "")
    for page in pages:
        asker = people.setdefault(page.who, Asker(page.who))
        say(f"{day}: {page.name}", median_of(_TIMES, lambda page=page, asker=asker: asker.get(page.path)), page.limit)
        most = max(most, (questions(lambda page=page, asker=asker: asker.get(page.path)), page.name))
    say(f"{day}: the most questions of a page, {most[1]}", most[0], MOST_QUESTIONS, "")


def time_saves(day: str, saves: Iterable[Save]) -> None:
    """Prints what each save costs."""
    for save in saves:
        say(f"{day}: save: {save.name}", median_of(_TIMES, save.once), SAVE)


def say(name: str, value: float, limit: float, unit: str = "ms") -> None:
    """Prints a figure beside its limit."""
    print(f"{name}\t{value:.3f}\t{limit}\t{unit}", flush=True)
