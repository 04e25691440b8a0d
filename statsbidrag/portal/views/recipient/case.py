"""A recipient's own case in a round: decision and conditions, payment, every version, and all that has happened."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import DECISION_KINDS, REQUISITION_STATES
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.actions.requisition import facts_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import recipient as queries
from statsbidrag.portal.queries.own_cases import OwnCase, own_cases
from statsbidrag.portal.queries.recipient import OwnPaper
from statsbidrag.portal.queries.recipient_round import Version
from statsbidrag.portal.views.papers import paper as as_file
from statsbidrag.portal.views.recipient.desk import money
from statsbidrag.portal.views.recipient.requisition import common
from statsbidrag.portal.views.recipient.requisition_form import ANSWERS, LABELS, as_written, in_words
from statsbidrag.portal.views.recipient.saying import payment_of, state_of, to_do
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.dates import SWEDISH_TIME


def recipient_case(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows a recipient its case in a round, all of it but the agency's own notes."""
    found = own_cases(recipient, request.now, with_drafts=False)
    case = next((each for each in found if each.place.year == year), None)
    if case is None or recipient not in rules.ceilings(year):
        raise Http404
    papers = queries.papers(year, recipient)
    return show(
        request,
        "recipient/case.html",
        **common(case.place),
        case=case,
        number=papers[0].case if papers else "",
        state=state_of(case),
        may_send=may(request.visitor, "submit", recipient),
        steps=list(to_do(case, request.visitor)),
        money=money(case),
        decisions=[(DECISION_KINDS[made.kind], made) for made in case.decisions],
        conditions=rules.round_rules(year).decision,
        report_by=rules.round_rules(year).report.last_day,
        payments=[payment_of(paid) for paid in case.payments],
        versions=list(_versions(case)),
        words=REQUISITION_STATES,
        events=_events(case, papers),
    )


def recipient_document(_: Request, *, recipient: str, entry: int) -> HttpResponse:
    """Gives a document of the recipient's own case; there is no such page for anyone else's."""
    return as_file(queries.own_paper(recipient, entry))


def _versions(case: OwnCase) -> Iterator[tuple[Version, list[tuple[str, str, str]]]]:
    """Each version with what it changed of the one before it, the latest first."""
    earlier = [None, *case.place.versions]
    for before, version in reversed(list(zip(earlier, case.place.versions, strict=False))):
        yield version, _differences(before, version) if before else []


def _differences(before: Version, after: Version) -> list[tuple[str, str, str]]:
    was, became = as_written(facts_of(before.sent)), as_written(facts_of(after.sent))
    return [
        (LABELS[name], in_words(name, was[name]), in_words(name, became[name]))
        for name in ANSWERS
        if was[name] != became[name]
    ]


def _events(case: OwnCase, papers: list[OwnPaper]) -> list[dict[str, Any]]:
    """Everything that has happened in the case, the latest first."""
    place = case.place
    events: list[tuple[datetime | date, dict[str, Any]]] = [
        (when, {"what": what})
        for when, what in (
            (place.published, "Fördelningslistan publicerades"),
            (place.opened, "Omgången öppnade för rekvisition"),
            (case.reallocated, "Det som inte hade rekvirerats omfördelades"),
        )
        if when
    ]
    events += [(paper.at, _of_paper(paper, place.recipient)) for paper in papers]
    events += [
        (paid.said_on, {"what": payment_of(paid).word, "note": payment_of(paid).says})
        for paid in case.payments
        if paid.said_on
    ]
    events.sort(key=lambda event: _moment(event[0]), reverse=True)
    return [{"when": when, **event} for when, event in events]


def _of_paper(paper: OwnPaper, recipient: str) -> dict[str, Any]:
    number = f"Handling {paper.number}, {'kom in' if paper.direction == 'in' else 'skickades'}"
    if paper.erased_by:
        return {"what": "Handlingen är gallrad", "note": number}
    link = reverse("recipient_document", args=(recipient, paper.entry))
    return {"what": paper.matter, "note": number, "link": link}


def _moment(when: datetime | date) -> datetime:
    return when if isinstance(when, datetime) else datetime(when.year, when.month, when.day, tzinfo=SWEDISH_TIME)
