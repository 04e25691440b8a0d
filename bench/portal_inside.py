"""Fills a demonstration, moves it through its round and times every kind of page and save in this one process."""

from bench.portal_pages import FORM, pages
from bench.portal_saves import Saves
from bench.timing import fill, move, time_pages, time_saves


def main() -> None:
    """Prints a line for each page and save: name, figure, limit and unit; last a form page and a cookie."""
    fill()
    move("open", "last day")
    saves = Saves()
    saves.draft()
    saves.apply()
    time_pages("last day", pages("last day"))
    time_saves("last day", saves.on_the_last_day())
    move("decided")
    time_pages("decided", pages("decided"))
    time_saves("decided", saves.when_decided())
    move("paid")
    time_pages("paid", pages("paid"))
    time_saves("paid", saves.when_paid())
    print(FORM, saves.agent.cookie, sep="\t")
