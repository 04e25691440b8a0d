"""Step 7, prefill: answers that are already known somewhere, each with where it came from and how sure it is.

A value may be changed, and then both are kept; where it came from the books or the visits, a reason is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from statsbidrag.cycle.answers import read_answer, within_limits
from statsbidrag.cycle.form import Certainty, Form, Source
from statsbidrag.cycle.step_7_report import Outcome
from statsbidrag.terms.language import Answer

_ASK_WHY: tuple[Source, ...] = ("ledger", "visits")


@dataclass(frozen=True, slots=True)
class Found:
    """What a source has for a field, and how many entries or visits it was counted from."""

    value: object
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Prefilled:
    """An answer had from a source: which, by what query, when, and from how many entries.

    level   a ``value`` is filled in; a ``suggestion`` only stands beside the field, and a person decides
    """

    field: str
    answer: Answer
    source: Source
    query: str
    level: Certainty
    at: datetime
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A prefilled value that the recipient has changed: what it was, and what it is now."""

    was: Prefilled
    now: Answer

    @property
    def needs_reason(self) -> bool:
        """True where the value came from the books or from the visits."""
        return self.was.source in _ASK_WHY


def prefill(form: Form, sources: Mapping[Source, Mapping[str, Found]], *, at: datetime) -> dict[str, Prefilled]:
    """Gives the answers that the sources know, each from the one source that the form names for it.

    What is locked comes from the decision and stands among the form's background. Raises Fault where a source gives
    what the field cannot hold.
    """
    filled: dict[str, Prefilled] = {}
    for field in form.by_id().values():
        how = field.prefill
        found = sources.get(how.source, {}).get(field.id) if how and how.level != "locked" else None
        if how and found:
            answer = within_limits(field, read_answer(field, found.value))
            filled[field.id] = Prefilled(field.id, answer, how.source, how.query, how.level, at, found.count)
    return filled


def first_draft(prefilled: Mapping[str, Prefilled]) -> dict[str, Answer]:
    """Gives the answers to begin with: the values, while suggestions wait for a person."""
    return {id: each.answer for id, each in prefilled.items() if each.level == "value"}


def changes(prefilled: Mapping[str, Prefilled], outcome: Outcome) -> tuple[Change, ...]:
    """Gives every prefilled value that shows and is now another."""
    return tuple(
        Change(was, outcome.values.get(id))
        for id, was in prefilled.items()
        if was.level == "value" and id in outcome.shows and outcome.values.get(id) != was.answer
    )


def to_explain(prefilled: Mapping[str, Prefilled], outcome: Outcome) -> tuple[Change, ...]:
    """Gives the changes that need a reason; an answer that is missing or cannot be read is mended first."""
    first = {*outcome.missing, *outcome.mistakes}
    return tuple(each for each in changes(prefilled, outcome) if each.needs_reason and each.was.field not in first)


def unexplained(prefilled: Mapping[str, Prefilled], outcome: Outcome, reasons: Mapping[str, str]) -> tuple[Change, ...]:
    """Gives the changes that need a reason and have none; ``reasons`` has those given, by field."""
    return tuple(each for each in to_explain(prefilled, outcome) if not reasons.get(each.was.field, "").strip())
