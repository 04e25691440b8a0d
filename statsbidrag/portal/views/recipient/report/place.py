"""Where a recipient stands with its report: what every page about it shows, and how far each page has come."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, Literal

from django.http import Http404

from statsbidrag.cycle.form import Page
from statsbidrag.portal import rules
from statsbidrag.portal.queries.report_draft import KeptPage, Standing
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.questions.asking import ids_of

TaskState = Literal["not begun", "under way", "done", "faulty", "waits", "to read"]
TASK_STATES: dict[TaskState, tuple[str, str]] = {
    "not begun": ("Ej påbörjad", "neutral"),
    "under way": ("Pågår", "wait"),
    "done": ("Klar", "good"),
    "faulty": ("Har fel", "bad"),
    "waits": ("Kan inte börja än", "neutral"),
    "to read": ("Att läsa", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A page of the form as the task list shows it, with who changed it last."""

    page: Page
    state: TaskState
    changed: KeptPage | None = None


def context(recipient: str, year: int) -> dict[str, Any]:
    """Gives what every page about a recipient's report shows; there is none for a year without rules."""
    known_round(year)
    if recipient not in rules.recipients():
        raise Http404
    return {
        "acting_for": rules.recipients()[recipient].name,
        "here": {"recipient": recipient, "year": year},
        "year": year,
        "report_rules": rules.round_rules(year).report,
        "library": rules.book().library,
    }


def tasks(standing: Standing) -> Iterator[Task]:
    """Gives the pages that show, each with how far it has come."""
    outcome = standing.outcome
    wrong = (check.at[0] for check in outcome.fired("error"))
    faulty = {*outcome.mistakes, *wrong, *(change.was.field for change in standing.unexplained)}
    for page in standing.shown_pages:
        yield Task(page, _state(standing, page, faulty), standing.pages.get(page.id))


def all_done(tasks: Iterable[Task]) -> bool:
    """Tells whether every page that is filled in is done."""
    return all(task.state in ("done", "to read") for task in tasks)


def _state(standing: Standing, page: Page, faulty: Set[str]) -> TaskState:
    outcome = standing.outcome
    ids = {one.id for one in ids_of(page)}
    if not page.questions:
        return "to read"
    if ids & faulty:
        return "faulty"
    if not ids.isdisjoint(outcome.missing):
        answered = page.id in standing.pages and any(standing.pages[page.id].answers.values())
        return "under way" if answered else "not begun"
    # A page where nothing has to be answered is begun when somebody has been there.
    needs = any(one.required for one in ids_of(page) if one.id in outcome.shows)
    return "done" if needs or page.id in standing.pages or not ids else "not begun"
