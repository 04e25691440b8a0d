"""What is known of a report's answers before anyone types them, source by source (step 7, prefill).

The visit register is a region's own and gives only sums that the region has released; its door is ``visits``.
"""

from collections.abc import Mapping
from typing import Any

from statsbidrag.cycle.form import Source
from statsbidrag.cycle.step_7_prefill import Found
from statsbidrag.portal.models import ReleasedFigures
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, PreparedObjects
from statsbidrag.portal.queries.reports import form_of, last_answers

_RELEASED = PreparedObjects[ReleasedFigures](
    lambda: ReleasedFigures.objects.filter(year=YEAR, recipient=RECIPIENT).order_by("-released", "-number", "-id")[:1]
)


def sources(year: int, recipient: str) -> Mapping[Source, Mapping[str, Found]]:
    """Gives what each source has for a recipient's report, by field."""
    figures = released_figures(year, recipient)
    return {"last_report": _last_report(year, recipient), **of_figures(year, figures.figures if figures else {})}


def released_figures(year: int, recipient: str) -> ReleasedFigures | None:
    """Gives the figures that the region has released last for a recipient's report, or None."""
    return _RELEASED.one({YEAR: year, RECIPIENT: recipient})


def of_figures(year: int, figures: Mapping[str, Any]) -> Mapping[Source, Mapping[str, Found]]:
    """Gives what a region's figures have for a report, by the source that the form names and by field."""
    form = form_of(year)
    found: dict[Source, dict[str, Found]] = {}
    for field in form.by_id().values() if form else ():
        how = field.prefill
        if how and how.figure in figures:
            told = figures[how.figure]
            value = told["value"]
            words = [how.words.get(each, each) for each in value] if isinstance(value, list) else value
            found.setdefault(how.source, {})[field.id] = Found(words, told.get("counted"))
    return found


def _last_report(year: int, recipient: str) -> Mapping[str, Found]:
    form = form_of(year)
    if form is None:
        return {}
    ids = [id for id, field in form.by_id().items() if field.prefill and field.prefill.source == "last_report"]
    return {id: Found(value) for id, value in last_answers(year, recipient, ids).items()}
