"""What is known of a report's answers before anyone types them, source by source (step 7, prefill).

The visit register is a region's own and gives only sums that the region has released; its door is ``visits``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from statsbidrag.cycle.form import Field, Source
from statsbidrag.cycle.step_7_prefill import Found
from statsbidrag.portal.models import ReleasedFigures
from statsbidrag.portal.queries.reports import form_of, last_answers


def sources(year: int, recipient: str) -> Mapping[Source, Mapping[str, Found]]:
    """Gives what each source has for a recipient's report, by field."""
    found: dict[Source, dict[str, Found]] = {"last_report": dict(_last_report(year, recipient))}
    figures = released_figures(year, recipient)
    for field, answer in _of_figures(year, figures.figures if figures else {}):
        assert field.prefill, "only fields that a figure fills in are given"
        found.setdefault(field.prefill.source, {})[field.id] = answer
    return found


def released_figures(year: int, recipient: str) -> ReleasedFigures | None:
    """Gives the figures that the region has released last for a recipient's report, or None."""
    return ReleasedFigures.objects.filter(year=year, recipient=recipient).order_by("-taken_in", "-id").first()


def _of_figures(year: int, figures: Mapping[str, Any]) -> Iterator[tuple[Field, Found]]:
    """The fields of the form that figures fill in, each with its answer as the form takes it."""
    form = form_of(year)
    for field in form.by_id().values() if form else ():
        how = field.prefill
        if how and how.figure in figures:
            told = figures[how.figure]
            value = told["value"]
            words = [how.words.get(each, each) for each in value] if isinstance(value, list) else value
            yield field, Found(words, told.get("counted"))


def _last_report(year: int, recipient: str) -> Mapping[str, Found]:
    form = form_of(year)
    if form is None:
        return {}
    ids = [id for id, field in form.by_id().items() if field.prefill and field.prefill.source == "last_report"]
    return {id: Found(value) for id, value in last_answers(year, recipient, ids).items()}
