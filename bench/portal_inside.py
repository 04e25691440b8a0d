"""Fills a demonstration, moves it through its round and times every kind of page and save in this one process."""

from collections.abc import Iterable

from django.core.management import call_command

from bench.asking import Asker, median_of, questions
from bench.portal_pages import FORM, MOST_QUESTIONS, YEAR, Page, pages
from bench.portal_saves import Save, Saves
from statsbidrag.portal import clock
from statsbidrag.portal.demonstration.moving import move_to
from statsbidrag.portal.demonstration.stages import stage_of

_SAVE = 4.0  # milliseconds of processor time
_TIMES = 30


def main() -> None:
    """Prints a line for each page and save: name, figure, limit and unit; last a form page and a cookie."""
    call_command("demonstrate")
    _move("open", "last day")
    saves = Saves()
    saves.draft()
    saves.apply()
    _time_pages("last day")
    _time_saves("last day", saves.on_the_last_day())
    _move("decided")
    _time_pages("decided")
    _time_saves("decided", saves.when_decided())
    _move("paid")
    _time_pages("paid")
    _time_saves("paid", saves.when_paid())
    print(FORM)
    print(saves.agent.cookie)


def _move(*keys: str) -> None:
    for key in keys:
        stage = stage_of(YEAR, key)
        assert stage is not None
        move_to(YEAR, stage, clock.now())


def _time_pages(day: str) -> None:
    people: dict[str, Asker] = {}
    most = (0, "")
    for page in pages(day):
        asker = people.setdefault(page.who, Asker(page.who))
        _say(f"{day}: {page.name}", median_of(_TIMES, lambda page=page, asker=asker: asker.get(page.path)), page.limit)
        most = max(most, _questions(page, asker))
    _say(f"{day}: the most questions of a page, {most[1]}", most[0], MOST_QUESTIONS, "")


def _questions(page: Page, asker: Asker) -> tuple[int, str]:
    return questions(lambda: asker.get(page.path)), page.name


def _time_saves(day: str, saves: Iterable[Save]) -> None:
    for save in saves:
        _say(f"{day}: save: {save.name}", median_of(_TIMES, save.once), _SAVE)


def _say(name: str, value: float, limit: float, unit: str = "ms") -> None:
    print(f"{name}\t{value:.3f}\t{limit}\t{unit}", flush=True)
