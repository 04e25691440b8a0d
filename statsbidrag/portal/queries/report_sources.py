"""What is known of a report's answers before anyone types them, source by source (step 7, prefill).

The visit register is a region's own and gives only sums that the region has released; its door is ``visits``.
"""

from collections.abc import Mapping

from statsbidrag.cycle.form import Source
from statsbidrag.cycle.step_7_prefill import Found
from statsbidrag.portal.queries.reports import form_of, last_answers


def sources(year: int, recipient: str) -> dict[Source, Mapping[str, Found]]:
    """Gives what each source has for a recipient's report, by field."""
    return {"last_report": _last_report(year, recipient)}


def _last_report(year: int, recipient: str) -> Mapping[str, Found]:
    form = form_of(year)
    if form is None:
        return {}
    ids = [id for id, field in form.by_id().items() if field.prefill and field.prefill.source == "last_report"]
    return {id: Found(value) for id, value in last_answers(year, recipient, ids).items()}
