"""What a region's figures know of a draft that was begun before they came in: filled in where nobody has answered."""

from datetime import datetime

from statsbidrag.cycle.step_7_prefill import first_draft
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.report_draft import Written, as_written, keep_page, open_draft
from statsbidrag.portal.queries.region_figures import missing
from statsbidrag.portal.queries.report_draft import require_draft
from statsbidrag.portal.queries.reports import as_stored, plainly
from statsbidrag.portal.storing import alter
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def fill_missing(visitor: Visitor | None, year: int, recipient: str, now: datetime) -> int:
    """Fills in what the newest figures know and nobody has answered; gives how many answers that was.

    No answer is altered, and every page that gets one has a new version. What was filled in, and what now stands as a
    suggestion, is kept with its query and count. Raises Fault where the draft is locked, or nothing is left to fill in.
    """
    writer = access.require(visitor, "fill in", recipient)
    with writing():
        draft, standing = open_draft(year, recipient), require_draft(year, recipient)
        known = missing(standing, now)
        if not known:
            why = "Det finns inget i regionens siffror som saknas i era svar."
            raise Fault("återrapporteringen", why, "Fyll i resten själva.")
        answers = {id: as_written(plain) for id, plain in plainly(first_draft(known)).items()}
        for page in standing.form.pages:
            ids = {one.id for question in page.questions for field in question.fields for one in (field, *field.inputs)}
            own = {id: answer for id, answer in answers.items() if id in ids}
            if own and page.by == "recipient":
                kept = standing.pages.get(page.id)
                written = Written({**kept.answers, **own}, kept.reasons, kept.notes) if kept else Written(own)
                keep_page(draft, page.id, written, version=standing.version(page.id), writer=writer, now=now)
        plain = plainly({id: each.answer for id, each in known.items()})
        draft.prefilled = {**draft.prefilled, **as_stored(known, plain)}
        alter(draft, "prefilled")
        return len(answers)
