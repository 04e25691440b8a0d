"""Step 7, the reasons: why a question shows or not, what a number was computed from, and what a check fell on."""

from collections.abc import Iterator

from statsbidrag.cycle.answers import in_words
from statsbidrag.cycle.form import Place
from statsbidrag.cycle.form_checks import Check
from statsbidrag.cycle.step_7_report import Outcome
from statsbidrag.terms.because import Because
from statsbidrag.terms.language import Answer, Rule


def why(outcome: Outcome, id: str) -> Because:
    """Tells why a field shows or is hidden and, where it is computed, from what; raises Fault for an unknown field."""
    form = outcome.form
    place = form.places[form.field(id).id]
    field, question = place.field, place.question
    assumption = field.assumption or (question.assumption if question.layout == "single" else "")
    if id not in outcome.shows or field.computes is None:
        says = f"”{field.label}” visas{'' if id in outcome.shows else ' inte'}"
        return Because(says, assumption=assumption, steps=tuple(_conditions(outcome, place)))
    value = outcome.values.get(id)
    figure = value if isinstance(value, int) and not field.decimals else in_words(field, value)
    cites = question.cites[0] if question.cites and not assumption else ""
    step = _because(outcome, field.computes, f"Räknas ut som {field.computes.sentence()}")
    return Because(f"”{field.label}” är {in_words(field, value)}", figure, field.unit, cites, assumption, (step,))


def why_fired(outcome: Outcome, check: Check) -> Because:
    """Tells what a check requires, when, and the answers that it fell on."""
    steps = [_because(outcome, check.requires, f"Det ska gälla att {check.requires.sentence()}")]
    if check.when:
        steps.append(_because(outcome, check.when, f"Kontrollen görs när {check.when.sentence()}"))
    cites = check.cites[0] if check.cites and not check.assumption else ""
    return Because(check.says, cites=cites, assumption=check.assumption, steps=tuple(steps))


def _conditions(outcome: Outcome, place: Place) -> Iterator[Because]:
    """The conditions to show a field; of a hidden one, those that are not met."""
    hidden = place.field.id not in outcome.shows
    for rule, thing in ((place.page.shown, "Sidan"), (place.question.shown, "Frågan")):
        if rule and not (hidden and rule.holds(_known(outcome))):
            yield _because(outcome, rule, f"{thing} visas när {rule.sentence()}")
    if place.is_asked_by_option:
        yield Because(f"Visas när ”{place.field.label}” är valt")


def _because(outcome: Outcome, rule: Rule, says: str) -> Because:
    """One step for a rule, with what it depends on and what each of those is."""
    fields, known = outcome.form.nameable, _known(outcome)
    said = ((fields[id], in_words(fields[id], known.get(id))) for id in sorted(rule.names))
    return Because(says, steps=tuple(Because(f"”{field.label}” är {answer}") for field, answer in said))


def _known(outcome: Outcome) -> dict[str, Answer]:
    return {**outcome.background, **outcome.values, **outcome.measures}
