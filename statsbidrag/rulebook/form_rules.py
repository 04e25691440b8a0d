"""Reads the rules of a form, and refuses one that looks ahead, goes in a circle or steers by what nobody sees."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from statsbidrag.cycle.form import Field, FieldKind, Page, Question
from statsbidrag.cycle.form_checks import Check, Measure
from statsbidrag.rulebook.form_fields import fields_of, layout_of
from statsbidrag.rulebook.written_form import WrittenCheck, WrittenForm, WrittenMeasure, WrittenPage, WrittenQuestion
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import Kind, Name, Rule, part_of, read_rule

_KINDS: dict[FieldKind, Kind] = {
    "text": Kind.TEXT,
    "long_text": Kind.TEXT,
    "whole_number": Kind.NUMBER,
    "kronor": Kind.NUMBER,
    "computed": Kind.NUMBER,
    "choice": Kind.CHOICE,
    "tick": Kind.CHOICE,
    "choices": Kind.CHOICES,
}


@dataclass(frozen=True, slots=True)
class _Steering:
    """A rule that decides whether some fields show, or what one of them comes to."""

    rule: Rule
    fields: tuple[str, ...]
    where: str


class FormRules:
    """Reads the rules of one form against everything that they may name.

    Once the pages are read, ``refuse_ahead`` tells whether every rule looks back.
    """

    def __init__(self, written: WrittenForm, background: Iterable[Field], file: str) -> None:
        self.file = file
        self._names: dict[str, Name] = {field.id: _name(field, field.text) for field in background}
        self._fields: dict[str, tuple[Field, ...]] = {}
        for page in written.pages:
            for question in page.questions:
                self._gather(question)
        self._measures = {each.id: Name(each.id, Kind.NUMBER, each.text) for each in written.measures}
        self._steering: list[_Steering] = []

    def page(self, written: WrittenPage) -> Page:
        """Gives a page with its questions, their conditions and their computed values."""
        ids = tuple(id for question in written.questions for id in self._ids(question))
        return Page(
            id=written.id,
            heading=written.heading,
            questions=tuple(self._question(question) for question in written.questions),
            intro=written.intro,
            opens_with=written.opens_with,
            by=written.by,
            shown=self._condition(written.shown, ids, f"{self.file}, sidan ”{written.id}”"),
            cites=written.cites,
            assumption=written.assumption,
        )

    def measure(self, written: WrittenMeasure) -> Measure:
        """Gives a number for the officer, computed from the answers."""
        where = f"{self.file}, måttet ”{written.id}”"
        rule = read_rule(written.computes, self._names, expects="number", where=where)
        return Measure(written.id, written.text, written.unit, written.decimals, rule)

    def check(self, written: WrittenCheck) -> Check:
        """Gives a check, which may speak of every answer and every measure."""
        where = f"{self.file}, kontrollen ”{written.id}”"
        scope = {**self._names, **self._measures}
        return Check(
            id=written.id,
            level=written.level,
            requires=read_rule(written.requires, scope, expects="condition", where=where),
            when=read_rule(written.when, scope, expects="condition", where=where) if written.when else None,
            says=written.says,
            at=written.at,
            cites=written.cites,
            assumption=written.assumption,
        )

    def refuse_ahead(self) -> None:
        """Raises Fault for the first rule that names something further down, or that in the end depends on itself."""
        order = {id: place for place, id in enumerate(self._names)}
        for steering in self._steering:
            for name in sorted(steering.rule.names):
                if name in self._measures:
                    raise Fault(
                        steering.where,
                        f"den beror på måttet ”{name}”, som bara handläggaren ser.",
                        "Låt den bero på svaren.",
                    )
                if not steering.fields or order[name] >= order[steering.fields[0]]:
                    raise self._ahead(steering, name)

    def _ahead(self, steering: _Steering, name: str) -> Fault:
        circle = self._way(name, steering.fields)
        if circle:
            way = ", som beror på ".join(f"”{id}”" for id in circle)
            return Fault(steering.where, f"den går i en cirkel: den beror på {way}.", "Bryt cirkeln.")
        why = f"den ser framåt: den beror på ”{name}”, som kommer längre ner."
        return Fault(steering.where, why, "Flytta frågan eller villkoret, så att regeln bara ser bakåt.")

    def _way(self, start: str, goals: tuple[str, ...]) -> list[str]:
        """Gives the way from a name to one of the goals by what each depends on, or nothing."""
        ways, seen = [[start]], {start}
        while ways:
            way = ways.pop(0)
            if way[-1] in goals:
                return way
            needed = [id for each in self._steering if way[-1] in each.fields for id in sorted(each.rule.names)]
            ways += [[*way, id] for id in needed if id not in seen]
            seen.update(needed)
        return []

    def _gather(self, question: WrittenQuestion) -> None:
        """Makes a question's fields, and the names by which rules speak of them and of what their options ask for."""
        fields = fields_of(question, f"{self.file}, frågan ”{question.id}”")
        self._fields[question.id] = fields
        for field in fields:
            self._names[field.id] = _name(field, part_of(question.text, field.text) if question.rows else field.text)
            for asked in field.inputs:
                self._names[asked.id] = _name(asked, part_of(field.text, asked.text))

    def _ids(self, question: WrittenQuestion) -> tuple[str, ...]:
        return tuple(each.id for field in self._fields[question.id] for each in (field, *field.inputs))

    def _question(self, written: WrittenQuestion) -> Question:
        where = f"{self.file}, frågan ”{written.id}”"
        computes = {each.id: each.computes for each in (written, *written.fields)}
        return Question(
            id=written.id,
            text=written.text,
            layout=layout_of(written),
            fields=tuple(
                self._computed(field, computes.get(field.id, ""), where) for field in self._fields[written.id]
            ),
            heading=written.heading,
            help=written.help,
            shown=self._condition(written.shown, self._ids(written), where),
            cites=written.cites,
            assumption=written.assumption,
        )

    def _computed(self, field: Field, text: str, where: str) -> Field:
        if not text:
            return field
        rule = read_rule(text, {**self._names, **self._measures}, expects="number", where=where)
        self._steering.append(_Steering(rule, (field.id,), where))
        return replace(field, computes=rule)

    def _condition(self, text: str, fields: tuple[str, ...], where: str) -> Rule | None:
        if not text:
            return None
        rule = read_rule(text, {**self._names, **self._measures}, expects="condition", where=where)
        self._steering.append(_Steering(rule, fields, where))
        return rule


def _name(field: Field, text: str) -> Name:
    options = {option.id: option.text for option in field.options} or None
    return Name(field.id, _KINDS[field.kind], text, options)
