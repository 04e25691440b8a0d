"""One invoice: how it came to stand where it does, and what may be done about it."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import SETTLEMENT_STATES
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import settling as deeds
from statsbidrag.portal.actions.invoices import number_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.invoices import Standing, standing_invoice
from statsbidrag.portal.queries.repayments import repayment_rules
from statsbidrag.portal.views.forms import Form, at_the_field, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.officer.invoices.listing import TONES
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import read_kronor

EVENTS = {
    "repaid": "Betalning kom in",
    "refunded": "För mycket betalt är utbetalt igen",
    "respite": "Anstånd",
    "instalments": "Avbetalning",
    "credit": "Kreditering",
    "reminder": "Påminnelse skickad",
}


class InvoiceForm(Form):
    """What finance does with an invoice; which of it is wanted stands on the button."""

    action = forms.ChoiceField(choices=[(name, name) for name in ("remind", "respite", "divide", "refund")])
    until = forms.DateField(label="Anstånd till", required=False, error_messages={"invalid": "Skriv som 2026-09-30."})
    parts = forms.CharField(label="Delbetalningar", max_length=2000, required=False)
    reason = forms.CharField(label="Skäl", max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        """Respite needs a day."""
        said = super().clean() or {}
        if said.get("action") == "respite" and not said.get("until"):
            self.add_error("until", "Ange vilken dag anståndet gäller till.")
        return said

    def clean_parts(self) -> list[tuple[date, int]]:
        """A line for each part: the day and the sum."""
        return at_the_field(lambda: [_part(line) for line in self.cleaned_data["parts"].splitlines() if line.strip()])


def invoice(request: Request, *, year: int, recipient: str, number: int) -> HttpResponse:
    """Shows an invoice, and does what finance asks for."""
    known_round(year)
    found = standing_invoice(year, recipient, number, request.now.date())
    if found is None:
        raise Http404
    form = filled(request, InvoiceForm)

    def settle() -> str:
        _settle(request, found, form.cleaned_data)
        return reverse("invoice", args=(year, recipient, number))

    if answer := sent(request, form, settle):
        return answer
    return show(
        request,
        "officer/invoices/invoice.html",
        year=year,
        recipient=recipient,
        found=found,
        number=number_of(found.invoice),
        form=form,
        words=EVENTS,
        state=SETTLEMENT_STATES[found.settlement.state],
        tone=TONES[found.settlement.state],
        rules=repayment_rules(year),
        may_settle=access.may(request.visitor, "settle", recipient),
        library=rules.book().library,
    )


def _settle(request: Request, found: Standing, said: dict[str, Any]) -> None:
    row, visitor, now = found.invoice, request.visitor, request.now
    match said["action"]:
        case "remind":
            deeds.remind(visitor, row, now)
        case "refund":
            deeds.refund(visitor, row, now)
        case "respite":
            deeds.give_respite(visitor, row, until=said["until"], reason=said["reason"], now=now)
        case _:
            deeds.divide(visitor, row, said["parts"], reason=said["reason"], now=now)


def _part(line: str) -> tuple[date, int]:
    day, _, kronor = line.strip().partition(" ")
    try:
        return date.fromisoformat(day), read_kronor(kronor, "delbetalning")
    except ValueError:
        raise Fault(
            "delbetalning", f"”{line}” går inte att läsa.", "Skriv en dag och ett belopp: 2026-09-30 5 000."
        ) from None
