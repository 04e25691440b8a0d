"""What a region's visit register says for a report, beside what the report says: its sums, and never a visit."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from statsbidrag.cycle import Outcome
from statsbidrag.cycle.form import Field, Form, Place
from statsbidrag.cycle.step_7_prefill import Prefilled, prefill
from statsbidrag.exchange.letters.answered import answer_in_words
from statsbidrag.portal import rules
from statsbidrag.portal.models import ReceivedReport, ReleasedFigures
from statsbidrag.portal.queries.report_draft import Standing
from statsbidrag.portal.queries.report_sources import of_figures, released_figures
from statsbidrag.portal.queries.reports import as_prefilled, form_of
from statsbidrag.terms.language import Answer


class Told(NamedTuple):
    """One figure as it came in: the question that it answers, its value, and how many visits of what were counted."""

    asks: str
    value: str
    counted: int | None
    says: str


class Difference(NamedTuple):
    """A question that the report answers in another way than the register."""

    asks: str
    reported: str
    register: str
    counted: int | None


def come_in(year: int, recipient: str) -> list[tuple[ReleasedFigures, list[Told]]]:
    """Gives what has come in for a recipient's report, the newest first, each figure by its question."""
    found = ReleasedFigures.objects.filter(year=year, recipient=recipient).order_by("-released", "-number", "-id")
    return [(row, list(_told(row))) for row in found]


def missing(standing: Standing, at: datetime) -> dict[str, Prefilled]:
    """Gives what the newest figures know of the questions that a draft has not answered.

    What an option asks for is known only where that option is chosen, or not answered either; what another kind of
    recipient is asked is left out.
    """
    draft = standing.draft
    figures = released_figures(draft.year, draft.recipient)
    if figures is None:
        return {}
    known = _known(standing.form, figures, at)
    answers = standing.answers
    otherwise = {
        option.input.id
        for field in standing.form.by_id().values()
        for option in field.options
        if option.input and answers.get(field.id) and not _chooses(answers[field.id], option.id)
    }
    kept = as_prefilled(standing.form, draft.prefilled)
    return {
        id: each
        for id, each in known.items()
        if not answers.get(id) and id not in otherwise and not _is_only_beside(each, kept.get(id))
    }


def differences(row: ReceivedReport, outcome: Outcome) -> tuple[ReleasedFigures | None, list[Difference]]:
    """Gives where a report and the newest figures differ, and those figures, whenever they came in.

    What the recipient had from the same figures and has changed with a reason is left out: that is told beside it.
    """
    figures = released_figures(row.year, row.recipient)
    if figures is None:
        return None, []
    known = _known(outcome.form, figures, figures.released)
    in_register = {id: each.answer for id, each in known.items()}
    given = as_prefilled(outcome.form, row.prefilled)
    asks, fields = _asks(outcome.form), outcome.form.by_id()
    told = []
    for id, each in known.items():
        reported = outcome.values.get(id)
        explained = row.reasons.get(id) and id in given and given[id].answer == each.answer
        if each.level == "value" and id in outcome.shows and not explained and _differs(reported, each.answer):
            ours, theirs = (answer_in_words(fields[id], values) for values in (outcome.values, in_register))
            told.append(Difference(asks[id], ours, theirs, each.count))
    return figures, told


def _differs(reported: Answer, register: Answer) -> bool:
    """Whether they differ; of several choices the register knows only some, so more of them are no difference."""
    if isinstance(reported, frozenset) and isinstance(register, frozenset):
        return not register <= reported
    return reported != register


def _is_only_beside(known: Prefilled, kept: Prefilled | None) -> bool:
    """Whether it is a suggestion that stands beside the question already."""
    return known.level != "value" and kept is not None and kept.answer == known.answer


def _chooses(answer: object, option: str) -> bool:
    return option in answer if isinstance(answer, list | frozenset) else option == answer


def _told(row: ReleasedFigures) -> Iterator[Told]:
    form = form_of(row.year)
    if form is None:
        return
    known = _known(form, row, row.released)
    values = {id: each.answer for id, each in known.items()}
    asks, fields = _asks(form), form.by_id()
    for id, each in known.items():
        how = fields[id].prefill
        assert how is not None, "only fields that a figure fills in are given"
        yield Told(asks[id], answer_in_words(fields[id], values), each.count, row.figures[how.figure]["says"])


def _known(form: Form, figures: ReleasedFigures, at: datetime) -> dict[str, Prefilled]:
    """What figures say of the questions that their recipient may be asked."""
    kind, places = rules.recipients()[figures.recipient].kind, form.places
    known = prefill(form, of_figures(figures.year, figures.figures), at=at)
    return {id: each for id, each in known.items() if _may_be_asked_of(kind, places[id])}


def _may_be_asked_of(kind: str, place: Place) -> bool:
    """Whether a kind of recipient is ever asked a question, whatever it answers to others."""
    conditions = (place.page.shown, place.question.shown)
    return all(each is None or each.holds({"recipient_kind": kind}) is not False for each in conditions)


def _asks(form: Form) -> Mapping[str, str]:
    """How each field is asked for; what an option asks for goes by its question."""
    asks: dict[str, str] = {}
    for page in form.pages:
        for question in page.questions:
            for field in question.fields:
                asks |= _asked(field, question.asks(field).rstrip(" :"))
    return asks


def _asked(field: Field, text: str) -> Mapping[str, str]:
    inputs = [option.input for option in field.options if option.input]
    return {field.id: text, **{one.id: f"{text} (antal {one.unit})" for one in inputs}}
