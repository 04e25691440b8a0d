"""One batch: who has attested it, what it pays, and its files once it has been handed over."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import payments as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import PaymentBatch
from statsbidrag.portal.queries.payment_batches import batch_file, batch_files, batch_row
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.papers import paper
from statsbidrag.portal.views.rendering import show

_DEEDS: dict[str, Callable[[Visitor | None, int, int, datetime], object]] = {
    "attest": deeds.attest,
    "hand over": deeds.hand_over,
    "withdraw": deeds.withdraw,
}
_FILES = {
    "csv": "Betalningsunderlag, CSV",
    "xlsx": "Betalningsunderlag, Excel",
    "xml": "Betalningsfil till banken, pain.001",
}


def payment_batch(request: Request, *, year: int, number: int) -> HttpResponse:
    """Shows a batch; it is attested, withdrawn and handed over from here."""
    known_round(year)
    row = batch_row(year, number)
    if row is None:
        raise Http404
    form = filled(request, Form)
    deed = _DEEDS.get(request.POST.get("deed", ""))

    def done() -> str:
        if deed:
            deed(request.visitor, year, number, request.now)
        return reverse("payment_batch", args=[year, number])

    if answer := sent(request, form, done):
        return answer
    return show(request, "officer/payments/batch.html", form=form, year=year, batch=row, **_shown(request, row))


def payment_file(_: Request, *, year: int, number: int, ending: str) -> HttpResponse:
    """Gives a file of a batch that has been handed over: always the very same bytes."""
    document = batch_file(year, number, ending) if ending in _FILES else None
    return paper(document)


def _shown(request: Request, row: PaymentBatch) -> dict[str, Any]:
    """What the page shows of a batch, and what whoever asks may do with it."""
    attestations = list(row.attestations.select_related("person"))
    needed = rules.book().agency.attest.people.value
    visitor = request.visitor
    open_ = row.handed_over is None and row.withdrawn is None
    mine = visitor is not None and visitor.id in {attestation.person_id for attestation in attestations}
    attempts = payments(row.year).of_batch(row.number)
    return {
        "attempts": attempts,
        "total": sum(attempt.payment.kronor for attempt in attempts),
        "attestations": attestations,
        "needed": needed,
        "attested": len(attestations) >= needed,
        "mine": mine,
        "may_attest": open_ and not mine and len(attestations) < needed and access.may(visitor, "attest"),
        "may_pay": open_ and access.may(visitor, "prepare payment"),
        "files": batch_files(row) if row.handed_over else [],
        "file_words": _FILES,
        "parties": rules.recipients(),
    }
