"""The draft of a report, shared by colleagues page by page: nobody overwrites unseen what another wrote meanwhile.

It belongs to the recipient, and the agency never sees it (adm-02). Every page is a row of its own, so that two
colleagues can fill in a page each at the same moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from statsbidrag.cycle.form import Form
from statsbidrag.cycle.step_7_prefill import first_draft, prefill
from statsbidrag.cycle.step_7_versions import State
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import DraftPage, ReceivedReport, ReportDraft, Round
from statsbidrag.portal.queries.prepared import YEAR, Prepared
from statsbidrag.portal.queries.report_draft import (
    CHECK,
    Standing,
    asked_completion,
    draft_page,
    draft_row,
    paid_to,
    require_draft,
    standing_draft,
)
from statsbidrag.portal.queries.report_sources import sources
from statsbidrag.portal.queries.reports import as_stored, form_of, plainly, versions
from statsbidrag.portal.storing import alter, remove, store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

_WHERE = "återrapporteringen"
_SENT = Prepared(lambda: Round.objects.filter(pk=YEAR, form_sent__isnull=False).values_list("pk"))
_LOCKED = {
    State.LOCKED: "Återrapporteringen är låst medan behörig företrädare läser den.",
    State.CERTIFIED: "Återrapporteringen är godkänd av behörig företrädare.",
}


class PageChanged(Fault):
    """That a colleague has changed the same page meanwhile; carries the page, so that both can be shown."""

    def __init__(self, page: DraftPage) -> None:
        super().__init__(
            _WHERE,
            f"{page.changed_by.name} har ändrat sidan medan du hade den framme.",
            "Jämför, och välj vad som ska gälla.",
        )
        self.page = page


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a page, just as it was written: answers and reasons by field, notes by check."""

    answers: Mapping[str, str | list[str]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


def begin(visitor: Visitor | None, year: int, recipient: str, now: datetime) -> Standing:
    """Opens a report: a first one filled in with what is known, or a new version filled in with the last answers.

    Where a draft is already open it is given back. Raises Fault where the recipient has no grant to report, the form
    is not sent out yet, or every submission is used.
    """
    writer = access.require(visitor, "fill in", recipient)
    with writing():
        found = standing_draft(year, recipient)
        if found:
            return found
        form = _require_reportable(year, recipient)
        earlier = versions(year, recipient)
        completes = asked_completion(year, recipient)
        _require_left(year, earlier, completing=completes is not None)
        known = prefill(form, sources(year, recipient), at=now)
        last = earlier[-1] if earlier else None
        answers: Mapping[str, Any] = last.answers if last else plainly(first_draft(known))
        draft = store(
            ReportDraft(
                year=year,
                recipient=recipient,
                prefilled=as_stored(known, plainly({id: each.answer for id, each in known.items()})),
                short_path=bool(last and last.background.get("nothing_used") == "yes"),
                begun=now,
                begun_by_id=writer.id,
                completes=completes,
            )
        )
        _fill(draft, form, answers, last, writer=writer, now=now)
        return require_draft(year, recipient)


def save_page(
    visitor: Visitor | None,
    year: int,
    recipient: str,
    page: str,
    *,
    written: Written,
    version: int,
    now: datetime,
    next_page: str = "",
) -> int:
    """Keeps what stands on a page, whatever is wrong with it, and gives the page's new version.

    ``version`` is the one that the visitor began with; ``next_page`` is where the visitor goes on, and comes back to.
    Raises PageChanged where a colleague has saved something else since then, and Fault where the draft is locked.
    """
    writer = access.require(visitor, "fill in", recipient)
    with writing():
        draft = open_draft(year, recipient)
        _remember_place(draft, writer, next_page)
        return keep_page(draft, page, written, version=version, writer=writer, now=now)


def choose_short_path(visitor: Visitor | None, year: int, recipient: str, *, short: bool) -> None:
    """Says that nothing of the grant has been used, which leaves out the questions on efforts, or takes it back.

    Raises Fault where the round does not offer it (adm-22).
    """
    access.require(visitor, "fill in", recipient)
    with writing():
        draft = open_draft(year, recipient)
        if short and not rules.round_rules(year).report.short_path.value:
            raise Fault(_WHERE, "Den korta vägen finns inte i den här omgången.", "Svara på formulärets alla frågor.")
        draft.short_path = short
        alter(draft, "short_path")


def throw_away(visitor: Visitor | None, year: int, recipient: str) -> None:
    """Throws a draft of a new version away; what has been sent in stands. A first draft cannot be thrown away."""
    access.require(visitor, "submit", recipient)
    with writing():
        draft = open_draft(year, recipient)
        if not ReceivedReport.objects.filter(year=year, recipient=recipient).exists():
            raise Fault(_WHERE, "Ni har inte lämnat in något än.", "Fyll i utkastet, eller låt det ligga.")
        remove(draft)


def open_draft(year: int, recipient: str) -> ReportDraft:
    """Gives the row of a draft that may be written in; raises Fault where it is locked or there is none."""
    draft = draft_row(year, recipient)
    if draft is None:
        raise Fault(_WHERE, "Utkastet finns inte längre.", "Läs in sidan på nytt; kanske är det redan inlämnat.")
    if why := _LOCKED.get(State(draft.state)):
        raise Fault(_WHERE, why, "Lås upp den om något ska ändras. Det du skrev står kvar på sidan.")
    return draft


def keep_page(draft: ReportDraft, page: str, written: Written, *, version: int, writer: Visitor, now: datetime) -> int:
    """Keeps what stands on a page within a deed, and gives its new version; raises PageChanged where it has another."""
    kept = draft_page(draft, page)
    values = {
        "answers": dict(written.answers),
        "reasons": {id: why for id, why in written.reasons.items() if why.strip()},
        "notes": {id: note for id, note in written.notes.items() if note.strip()},
    }
    if kept is None:
        store(DraftPage(draft=draft, page=page, changed=now, changed_by_id=writer.id, version=1, **values))
        return 1
    if values == {name: getattr(kept, name) for name in values}:
        return kept.version
    if kept.version != version:
        raise PageChanged(kept)
    for name, value in {**values, "version": version + 1, "changed": now, "changed_by_id": writer.id}.items():
        setattr(kept, name, value)
    alter(kept, *values, "version", "changed", "changed_by")
    return version + 1


def as_written(answer: Any) -> str | list[str]:
    """Gives an answer as people write it."""
    return list(answer) if isinstance(answer, list) else str(answer)


def _remember_place(draft: ReportDraft, writer: Visitor, page: str) -> None:
    if page and draft.places.get(str(writer.id)) != page:
        draft.places[str(writer.id)] = page
        alter(draft, "places")


def _fill(
    draft: ReportDraft,
    form: Form,
    answers: Mapping[str, Any],
    last: ReceivedReport | None,
    *,
    writer: Visitor,
    now: datetime,
) -> None:
    """Stores what a draft begins with, a row a page; what only the signatory says is never carried over."""
    reasons: Mapping[str, str] = last.reasons if last else {}
    first = {"draft": draft, "version": 0, "changed": now, "changed_by_id": writer.id}
    rows = []
    for page in form.pages:
        ids = [each.id for question in page.questions for one in question.fields for each in (one, *one.inputs)]
        computed = {one.id for question in page.questions for one in question.fields if one.computes}
        own = {id: as_written(answers[id]) for id in ids if answers.get(id) is not None and id not in computed}
        if own and page.by == "recipient":
            why = {id: reasons[id] for id in ids if id in reasons}
            rows.append(DraftPage(page=page.id, answers=own, reasons=why, **first))
    if last and last.notes:
        rows.append(DraftPage(page=CHECK, notes=last.notes, **first))
    DraftPage.objects.bulk_create(rows)


def _require_reportable(year: int, recipient: str) -> Form:
    form = form_of(year)
    if form is None:
        raise Fault(_WHERE, f"Omgång {year} har inget formulär i tjänsten.", "Kontakta handläggaren.")
    _, paid, _ = paid_to(year, recipient)
    if not paid:
        raise Fault(_WHERE, f"Ni har inte fått statsbidrag {year}.", "Ni har inget att redovisa.")
    if not form_is_sent(year):
        raise Fault(_WHERE, "Formuläret är inte utskickat än.", "Ni får ett mejl när det är dags.")
    return form


def form_is_sent(year: int) -> bool:
    """Tells whether the agency has sent the form out, which opens it."""
    return bool(_SENT.rows({YEAR: year}))


def _require_left(year: int, earlier: tuple[ReceivedReport, ...], *, completing: bool) -> None:
    most = rules.round_rules(year).report.submissions.value
    if not completing and sum(row.counts for row in earlier) >= most:
        why = f"Ni har lämnat in {most} gånger, som är så många gånger ni får."
        raise Fault(_WHERE, why, "Kontakta handläggaren, som kan begära en komplettering.")
