"""Step 7, report (återrapportering, § 10): what a form shows, requires, computes and questions, for one set of answers.

One pass from top to bottom settles it all. An answer is a value or it is unknown; a question shows only where its
condition is true. What is hidden counts as unanswered: it steers nothing and is never submitted, yet the draft keeps
it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from statsbidrag.cycle.answers import read_answer, within_limits
from statsbidrag.cycle.form import Field, Form, Page, Question
from statsbidrag.cycle.form_checks import Check, Level, Measure
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import Answer
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class ReportRules:
    """When, how often and what a round's recipients report: section [report] of the round's file.

    last_day      the last day to report, which the decision repeats and which governs as it stands there (§ 9)
    submissions   how many times a recipient may submit; the last one counts
    sent          when and where the form is sent
    short_path    whether ”Vi har inte använt bidraget” is offered
    contents      what the report must show (§ 10)
    form          the name of the form, or empty where no source has it
    """

    last_day: Stated[date]
    submissions: Stated[int]
    sent: Stated[str]
    short_path: Stated[bool]
    contents: tuple[Stated[str], ...]
    form: str = ""


@dataclass(frozen=True)  # without slots, so that its fingerprint is taken once
class Outcome:
    """What a form comes to for one set of answers.

    shows       the ids of every field that shows, and of what its chosen options ask for, in the order of the form
    values      what is answered and what is computed, by id; nothing that is hidden, nothing that is unknown
    missing     the ids of what is required and not answered
    mistakes    answers that cannot stand, by id, each with what is wrong and what to do; they count as unanswered
    checks      the checks that fire, in the order of the form's list
    measures    what only the officer sees, by id
    background  what was known before the form was opened, by id
    """

    form: Form
    shows: tuple[str, ...]
    values: Mapping[str, Answer]
    missing: tuple[str, ...]
    mistakes: Mapping[str, Fault]
    checks: tuple[Check, ...]
    measures: Mapping[str, Fraction]
    background: Mapping[str, Answer]

    def fired(self, level: Level) -> tuple[Check, ...]:
        """The checks of one level that fire."""
        return tuple(check for check in self.checks if check.level == level)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of everything that is submitted."""
        return fingerprint(self.form.id, self.background, self.values)


def work_through(form: Form, background: Mapping[str, object], answers: Mapping[str, object]) -> Outcome:
    """Goes through a form once, from top to bottom, and says what it comes to for these answers.

    Answers come as people give them (``"16 259 682 kr"``, lists of options) and may hold more than shows: a draft keeps
    what was answered before a question was hidden. Raises Fault for a background value that cannot be used.
    """
    known = _known_before(form, background)
    way = _Way(answers, known)
    for page in form.pages:
        if _shows(page, way.known):
            for question in page.questions:
                if _shows(question, way.known):
                    for field in question.fields:
                        way.visit(field)
    measures = _measured(form.measures, way.known)
    everything = {**way.known, **measures}
    return Outcome(
        form=form,
        shows=tuple(way.shows),
        values={id: way.known[id] for id in way.shows if way.known.get(id) is not None},
        missing=tuple(way.missing),
        mistakes=way.mistakes,
        checks=tuple(check for check in form.checks if _fires(check, everything)),
        measures=measures,
        background=known,
    )


def fingerprint(form: str, background: Mapping[str, Answer], answers: Mapping[str, Answer]) -> str:
    """Gives the SHA-256 of a form's answers in one way of writing, so that the same answers always give the same."""
    told = {"form": form, "background": _told(background), "answers": _told(answers)}
    written = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _told(values: Mapping[str, Answer]) -> dict[str, str | list[str]]:
    """Numbers as text and choices in order, so that nothing is lost or written in two ways."""
    known = {id: value for id, value in values.items() if value is not None}
    return {id: sorted(value) if isinstance(value, frozenset) else str(value) for id, value in known.items()}


class _Way:
    """What has been learnt so far on the way through a form."""

    def __init__(self, answers: Mapping[str, object], background: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.known: dict[str, Answer] = dict(background)
        self.shows: list[str] = []
        self.missing: list[str] = []
        self.mistakes: dict[str, Fault] = {}

    def visit(self, field: Field) -> None:
        """Settles one field, and then what its chosen options ask for."""
        self.shows.append(field.id)
        if field.computes:
            self.known[field.id] = _whole_if_whole(field.computes.number(self.known))
            return
        answer = self._answer(field)
        self.known[field.id] = answer
        if answer is None and field.required and field.id not in self.mistakes:
            self.missing.append(field.id)
        chosen = answer if isinstance(answer, frozenset) else {answer}
        for option in field.options:
            if option.input and option.id in chosen:
                self.visit(option.input)

    def _answer(self, field: Field) -> Answer:
        """The answer given or, where it is locked and nothing else was given, what the decision says."""
        locked = self.known.get(field.prefill.background) if field.prefill else None
        try:
            answer = within_limits(field, read_answer(field, self.answers.get(field.id)))
            if isinstance(locked, str) and answer not in (None, locked):
                # An amount has a check of its own, which says the same to the one who typed it.
                raise Fault(field.label, "Uppgiften kommer från beslutet och kan inte ändras.", f"Det är {locked}.")
        except Fault as fault:
            self.mistakes[field.id] = fault
            return None
        return locked if answer is None else answer


def _known_before(form: Form, background: Mapping[str, object]) -> dict[str, Answer]:
    """Reads what is known before the form is opened; what is not given has its default."""
    known: dict[str, Answer] = {}
    for field in form.background:
        given = within_limits(field, read_answer(field, background.get(field.id)))
        known[field.id] = field.default if given is None else given
    return known


def _shows(thing: Page | Question, known: Mapping[str, Answer]) -> bool:
    return thing.shown is None or thing.shown.holds(known) is True


def _fires(check: Check, known: Mapping[str, Answer]) -> bool:
    return (check.when is None or check.when.holds(known) is True) and check.requires.holds(known) is False


def _measured(measures: tuple[Measure, ...], known: Mapping[str, Answer]) -> dict[str, Fraction]:
    numbers = {measure.id: measure.computes.number(known) for measure in measures}
    return {id: number for id, number in numbers.items() if number is not None}


def _whole_if_whole(number: Fraction | None) -> Answer:
    return int(number) if number is not None and number.denominator == 1 else number
