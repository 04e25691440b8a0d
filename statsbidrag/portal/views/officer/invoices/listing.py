"""The invoices of a round, and the money that comes in on them."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import SETTLEMENT_STATES
from statsbidrag.portal import access
from statsbidrag.portal.actions import incoming as deeds
from statsbidrag.portal.actions.incoming import COLUMNS
from statsbidrag.portal.actions.uploads import MOST_BYTES, too_large
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import IncomingPayment
from statsbidrag.portal.queries.invoices import invoices_lacking, standing_invoices, unplaced
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show

TONES = {"open": "wait", "overdue": "bad", "settled": "good", "overpaid": "bad"}


class FileForm(Form):
    """A list of payments from the finance system."""

    file = forms.FileField(
        label="Fil med inbetalningar",
        widget=forms.FileInput(attrs={"accept": ".csv"}),
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom. Välj en annan fil."},
    )

    def clean_file(self) -> Any:
        """A file that is not too large to read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(str(too_large()))
        return file


class PlaceForm(Form):
    """Where money belongs, or that it belongs to none of the invoices."""

    reference = forms.CharField(label="OCR-nummer på fakturan", max_length=60, required=False)
    remark = forms.CharField(label="Anteckning, om den inte hör till någon faktura", max_length=2000, required=False)


def invoices(request: Request, *, year: int) -> HttpResponse:
    """Shows every invoice with where it stands today."""
    known_round(year)
    found = standing_invoices(year, request.now.date())
    return show(
        request,
        "officer/invoices/invoices.html",
        year=year,
        rows=found,
        states=SETTLEMENT_STATES,
        tones=TONES,
        claimed=sum(one.invoice.kronor for one in found),
        repaid=sum(one.settlement.repaid for one in found),
        lacking=len(invoices_lacking(year)),
        waits=len(unplaced(year)),
        may_settle=access.may(request.visitor, "settle"),
    )


def incoming_payments(request: Request, *, year: int) -> HttpResponse:
    """Reads a list of payments, and shows those that have no invoice."""
    known_round(year)
    form = filled(request, FileForm)

    def read() -> str:
        file = form.cleaned_data["file"]
        done = deeds.read_in(request.visitor, year, file.name, file.read(), now=request.now)
        said = f"placerade={done.placed}&vantar={done.waits}&kanda={done.known}"
        return f"{reverse('incoming_payments', args=(year,))}?{said}"

    if answer := sent(request, form, read, field="file"):
        return answer
    told = [request.GET.get(name, "") for name in ("placerade", "vantar", "kanda")]
    return show(
        request,
        "officer/invoices/incoming.html",
        year=year,
        form=form,
        columns=";".join(COLUMNS),
        waiting=unplaced(year),
        done=[int(one) for one in told] if all(_is_count(one) for one in told) else None,
    )


def incoming_payment(request: Request, *, year: int, number: int) -> HttpResponse:
    """Places money by hand, or sets it aside."""
    known_round(year)
    row = IncomingPayment.objects.filter(pk=number, year=year).first()
    if row is None:
        raise Http404
    form = filled(request, PlaceForm)

    def settle() -> str:
        said = form.cleaned_data
        if said["reference"].strip():
            deeds.place(request.visitor, row, said["reference"], request.now)
        else:
            deeds.set_aside(request.visitor, row, said["remark"], request.now)
        return reverse("incoming_payments", args=(year,))

    if answer := sent(request, form, settle):
        return answer
    return show(request, "officer/invoices/place.html", year=year, row=row, form=form)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
