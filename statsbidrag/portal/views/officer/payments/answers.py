"""The answers of the bank or the finance system: read in a file, and look into what fits no payment."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.exchange.bank.status_list import STATUS_COLUMNS, STATUS_WORDS
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.bank_answers import look_at, read_in
from statsbidrag.portal.jinja import moment
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import bank_answers as reading
from statsbidrag.portal.queries.payments import payments
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault


class AnswerForm(Form):
    """A file of answers."""

    file = forms.FileField(
        label="Fil med svar",
        help_text="Bankens fil (pain.002 eller camt.054) eller ekonomisystemets lista (CSV).",
        widget=forms.FileInput(attrs={"accept": ".xml,.csv,.txt"}),
        error_messages={
            "required": "Välj en fil.",
            "missing": "Välj en fil.",
            "empty": "Filen är tom. Välj en annan.",
            "invalid": "Välj en fil.",
        },
    )


class RemarkForm(Form):
    """What looking into an answer came to."""

    remark = forms.CharField(
        label="Vad du har kommit fram till",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "Skriv vad du har kommit fram till."},
    )


def bank_answers(request: Request, *, year: int) -> HttpResponse:
    """Shows what has been answered; a file of answers is read in here, whole or not at all."""
    known_round(year)
    form = filled(request, AnswerForm)

    def done() -> str:
        upload = form.cleaned_data["file"]
        came = read_in(request.visitor, year, upload.name, upload.read(), now=request.now)
        if came.again:
            why = f"Samma fil lästes in {moment(came.file.at)} under namnet {came.file.name}. Inget har ändrats."
            raise Fault(upload.name, why, "Välj en annan fil om det finns nya svar.")
        return reverse("bank_answers", args=[year])

    if answer := sent(request, form, done, field="file"):
        return answer
    said = reading.said(year)
    return show(
        request,
        "officer/payments/answers.html",
        form=form,
        year=year,
        said=said,
        outcomes=reading.OUTCOMES,
        failed=[one for one in said.known.last.values() if one.failed],
        parties=rules.recipients(),
        may_pay=access.may(request.visitor, "prepare payment"),
        columns=STATUS_COLUMNS,
        words=STATUS_WORDS,
    )


def bank_answer(request: Request, *, year: int, answer: int) -> HttpResponse:
    """Shows an answer that fits no payment or makes one unclear, and takes the remark of who has looked into it."""
    known_round(year)
    form = filled(request, RemarkForm)

    def done() -> str:
        look_at(request.visitor, answer, form.cleaned_data["remark"], request.now)
        return reverse("bank_answers", args=[year])

    if went := sent(request, form, done):
        return went
    known = payments(year)
    found = next((one for one in reading.to_look_into(year, known) if one.id == answer), None)
    if found is None:
        raise Http404
    payment = next((one for one in known.attempts if one.payment.reference == found.reference), None)
    return show(
        request,
        "officer/payments/answer.html",
        form=form,
        year=year,
        answer=found,
        payment=payment,
        outcomes=reading.OUTCOMES,
        parties=rules.recipients(),
    )
