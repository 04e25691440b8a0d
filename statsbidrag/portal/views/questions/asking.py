"""What a page of a form asks: every question that shows, with what was written, what is wrong, and what is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from statsbidrag.cycle import Outcome, why
from statsbidrag.cycle.answers import in_words
from statsbidrag.cycle.form import Field, Form, Option, Page, Question, Source
from statsbidrag.cycle.form_checks import Check
from statsbidrag.cycle.step_7_prefill import Prefilled, to_explain
from statsbidrag.terms.because import Because
from statsbidrag.terms.kronor import grouped

SOURCES: dict[Source, str] = {
    "decision": "beslutet",
    "ledger": "bokföringen",
    "visits": "besöksregistret",
    "plan": "planen",
    "last_report": "er senaste återrapportering",
    "supplier_register": "leverantörsregistret",
    "delegation_register": "registret över delegationer",
}
_NO_REASON = "Skälet saknas. Skriv varför svaret är ett annat än det som var ifyllt, eller ta tillbaka ändringen."
_AUTOCOMPLETE = {"email": "email", "phone": "tel", "postcode": "postal-code"}


@dataclass(frozen=True, slots=True)
class Known:
    """What stands behind a page: what was written, just as it was, and what the sources said before.

    asks_for_missing   say also what is not answered yet, as when someone wants to go on
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    prefilled: Mapping[str, Prefilled] = field(default_factory=dict)
    asks_for_missing: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """An option to choose, and what it asks for in its turn."""

    option: Option
    chosen: bool
    input: "Asked | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A field as the page shows it.

    label      what it asks; a row of a matrix is read on from its question
    written    the text as it was written, or with an amount written the usual way
    faults     what is wrong with it and what to do
    locked     what the decision says, where it cannot be changed
    computed   why a computed number is what it is
    note       where what was filled in came from, and when
    beside     what a source suggests; a person decides
    ask_why    that a prefilled value has been changed and a reason is asked for; ``reason`` is what was given, and
               ``no_reason`` what is wrong with it and what to do
    """

    field: Field
    label: str
    written: str = ""
    choices: tuple[Choice, ...] = ()
    faults: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    locked: str = ""
    computed: Because | None = None
    shown_value: str = ""
    note: str = ""
    beside: str = ""
    ask_why: bool = False
    reason: str = ""
    no_reason: str = ""
    autocomplete: str = "off"

    @property
    def id(self) -> str:
        """Its id in the page; a point is no part of one that a style sheet can name."""
        return answer_id(self.field.id)

    @property
    def says(self) -> bool:
        """Whether anything stands at it besides its text: where it came from, a suggestion, or what is wrong."""
        return bool(self.note or self.beside or self.faults or self.warnings)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that shows, with its fields."""

    question: Question
    fields: tuple[Asked, ...]


def page_asks(page: Page, outcome: Outcome, known: Known) -> tuple[AskedQuestion, ...]:
    """Gives the questions of a page that show now, with everything that stands at each."""
    asking = _Asking(outcome, known)
    shown = set(outcome.shows)
    return tuple(
        AskedQuestion(question, tuple(asking.of(one, _label(question, one)) for one in question.fields))
        for question in page.questions
        if any(one.id in shown for one in question.fields)
    )


def ids_of(page: Page) -> Iterator[Field]:
    """Gives every field of a page that is written in, with those that options ask for; what is locked is not."""
    for question in page.questions:
        for one in question.fields:
            if one.computes is None and not _is_locked(one):
                yield one
                yield from one.inputs


def faults_of(asked: tuple[AskedQuestion, ...]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Gives what is wrong on a page: the id of each field in the page, what it asks, and its faults."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for question in asked:
        for one in question.fields:
            for each in (one, *(choice.input for choice in one.choices if choice.input)):
                found += [(each.id, each.label, each.faults)] if each.faults else []
                found += [(reason_id(each.field.id), each.label, (each.no_reason,))] if each.no_reason else []
    return found


def answer_id(field: str) -> str:
    """Gives the id, in the page, of where one answers."""
    return f"id_{field.replace('.', '-')}"


def reason_id(field: str) -> str:
    """Gives the id, in the page, of where one writes why a prefilled answer has been changed."""
    return f"{answer_id(field)}-reason"


def page_of(form: Form, id: str) -> Page | None:
    """Gives the page of a form with that id, or None."""
    return next((page for page in form.pages if page.id == id), None)


class _Asking:
    """Makes the fields of one page."""

    def __init__(self, outcome: Outcome, known: Known) -> None:
        self.outcome, self.known = outcome, known
        self.missing = set(outcome.missing) if known.asks_for_missing else set()
        self.to_explain = {change.was.field for change in to_explain(known.prefilled, outcome)}
        self.errors, self.warnings = _at(outcome.fired("error")), _at(outcome.fired("warning"))

    def of(self, one: Field, label: str) -> Asked:
        """Gives one field as it is shown."""
        value = self.outcome.values.get(one.id)
        if one.computes:
            said = why(self.outcome, one.id)
            return Asked(field=one, label=label, computed=said, shown_value="" if value is None else said.figure)
        if one.prefill and _is_locked(one):
            locked = in_words(one, self.outcome.background.get(one.prefill.background))
            return Asked(field=one, label=label, locked=locked, note=f"Enligt {SOURCES[one.prefill.source]}.")
        filled = self.known.prefilled.get(one.id)
        ask_why, reason = one.id in self.to_explain, self.known.reasons.get(one.id, "")
        raw = self.known.answers.get(one.id)
        return Asked(
            field=one,
            label=label,
            written=self._written(one, raw),
            choices=tuple(self._choice(option, raw) for option in one.options),
            faults=self._faults(one),
            warnings=tuple(self.warnings.get(one.id, ())),
            note=_note(filled) if filled and filled.level == "value" else "",
            beside=_suggestion(one, filled) if filled and filled.level == "suggestion" else "",
            ask_why=ask_why,
            reason=reason,
            no_reason=_NO_REASON if ask_why and self.known.asks_for_missing and not reason.strip() else "",
            autocomplete=_autocomplete(one),
        )

    def _choice(self, option: Option, raw: object) -> Choice:
        chosen = option.id in raw if isinstance(raw, list) else raw == option.id
        within = self.of(option.input, f"Svar till ”{option.text.rstrip(' :')}”") if option.input else None
        return Choice(option, chosen, within)

    def _written(self, one: Field, raw: object) -> str:
        """What was written; a number that could be read is written the usual way."""
        value = self.outcome.values.get(one.id)
        if one.kind in ("kronor", "whole_number") and isinstance(value, int) and one.id not in self.outcome.mistakes:
            return grouped(value)
        return raw if isinstance(raw, str) else ""

    def _faults(self, one: Field) -> tuple[str, ...]:
        mistake = self.outcome.mistakes.get(one.id)
        found = [f"{mistake.why} {mistake.remedy}"] if mistake else []
        if one.id in self.missing:
            found.append("Svaret saknas. Besvara frågan; den är obligatorisk.")
        return (*found, *self.errors.get(one.id, ()))


def _is_locked(one: Field) -> bool:
    """Whether the decision alone says it."""
    return one.prefill is not None and one.prefill.level == "locked"


def _at(checks: tuple[Check, ...]) -> dict[str, list[str]]:
    """What checks say, by the field that each speaks of first."""
    says: dict[str, list[str]] = {}
    for check in checks:
        says.setdefault(check.at[0], []).append(check.says)
    return says


def _label(question: Question, one: Field) -> str:
    return question.text if question.layout == "single" else one.text


def _note(filled: Prefilled) -> str:
    counted = f", räknat på {grouped(filled.count)}" if filled.count is not None else ""
    return f"Ifyllt från {SOURCES[filled.source]} den {filled.at:%Y-%m-%d}{counted}. {filled.query}."


def _suggestion(one: Field, filled: Prefilled) -> str:
    return f"Förslag från {SOURCES[filled.source]}: {in_words(one, filled.answer)}. {filled.query}."


def _autocomplete(one: Field) -> str:
    """Only one's own details are filled in by the browser; an invoice address is the organisation's."""
    return _AUTOCOMPLETE.get(one.format or "", "off") if one.id.startswith("contact_") else "off"
