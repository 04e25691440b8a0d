"""A matter of repayment: its grounds, the recipient heard, and the decision prepared; or closed without a claim."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import communication
from statsbidrag.portal.actions import repayments as deeds
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Invoice, Repayment
from statsbidrag.portal.queries.repayments import STATES, heard_in, matter, owed_in, repayment_rules, state_of
from statsbidrag.portal.views.forms import Form, at_the_field, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.kronor import read_kronor

_LONGEST = 4000


class ClaimForm(Form):
    """What is decided: how much to refrain from and why, what is answered, or why nobody has to be heard."""

    waived = forms.CharField(label="Belopp att avstå från", max_length=40, required=False)
    special_reasons = forms.CharField(label="Särskilda skäl att avstå", max_length=_LONGEST, required=False)
    reply = forms.CharField(label="Bemötande av yttrandet", max_length=_LONGEST, required=False)
    unnecessary = forms.CharField(
        label="Skäl till att kommunicering är uppenbart obehövlig", max_length=_LONGEST, required=False
    )

    def clean_waived(self) -> int:
        """The sum in whole kronor; nothing written is 0."""
        written = self.cleaned_data["waived"].strip()
        return at_the_field(lambda: read_kronor(written, "belopp")) if written else 0


class TextForm(Form):
    """A reason or an answer, in words."""

    text = forms.CharField(label="Text", max_length=_LONGEST, error_messages={"required": "Skriv texten."})


def repayment(request: Request, *, year: int, recipient: str, number: int) -> HttpResponse:
    """Shows a matter, and prepares its decision where the presenter says what it is to be."""
    row = _known(year, recipient, number)
    form = filled(request, ClaimForm, initial={"reply": row.reply, "special_reasons": row.special_reasons})

    def prepare() -> str:
        said = form.cleaned_data
        deeds.prepare_claim(
            request.visitor,
            row,
            now=request.now,
            waived=said["waived"],
            special_reasons=said["special_reasons"],
            reply=said["reply"],
            unnecessary=said["unnecessary"] if heard_in(row) is None else "",
        )
        return reverse("repayment", args=(year, recipient, number))

    return sent(request, form, prepare) or _page(request, row, form=form)


def send_communication(request: Request, *, year: int, recipient: str, number: int) -> HttpResponse:
    """Writes to the recipient, so that it can answer before a decision."""
    row = _known(year, recipient, number)
    form = filled(request, Form)

    def send() -> str:
        communication.communicate(request.visitor, row, request.now)
        return reverse("repayment", args=(year, recipient, number))

    return sent(request, form, send) or _page(request, row, form=form)


def register_answer(request: Request, *, year: int, recipient: str, number: int) -> HttpResponse:
    """Registers an answer that came on paper or by e-mail."""
    row = _known(year, recipient, number)
    form = filled(request, TextForm)

    def register() -> str:
        communication.register_answer(request.visitor, row, form.cleaned_data["text"], now=request.now)
        return reverse("repayment", args=(year, recipient, number))

    return sent(request, form, register) or _page(request, row, form=form, paper=form)


def close_repayment(request: Request, *, year: int, recipient: str, number: int) -> HttpResponse:
    """Closes a matter without a claim."""
    row = _known(year, recipient, number)
    form = filled(request, TextForm)

    def close() -> str:
        deeds.close(request.visitor, row, form.cleaned_data["text"], request.now)
        return reverse("repayment", args=(year, recipient, number))

    return sent(request, form, close) or _page(request, row, form=form, closing=form)


def _known(year: int, recipient: str, number: int) -> Repayment:
    known_round(year)
    row = matter(year, recipient, number)
    if row is None:
        raise Http404
    return row


def _page(
    request: Request,
    row: Repayment,
    *,
    form: Form,
    paper: TextForm | None = None,
    closing: TextForm | None = None,
) -> HttpResponse:
    state, heard = state_of(row), heard_in(row)
    visitor, recipient = request.visitor, row.recipient
    undecided = state in ("opened", "heard", "answered")
    over = heard is not None and (heard.answered is not None or day_of_arrival(request.now) > heard.answer_by)
    shown: dict[str, Any] = {
        "year": row.year,
        "recipient": recipient,
        "name": rules.recipients()[recipient].name,
        "row": row,
        "state": STATES[state],
        "owed": owed_in(row),
        "heard": heard,
        "ready": over or heard is None,
        "decisions": list(row.decisions.select_related("approval").order_by("id")),
        "invoices": list(Invoice.objects.filter(repayment=row)),
        "rules": repayment_rules(row.year),
        "library": rules.book().library,
    }
    may = {
        "hear": undecided and access.may(visitor, "hear", recipient),
        "register": undecided and heard is not None and access.may(visitor, "register", recipient),
        "prepare": undecided and access.may(visitor, "prepare decision", recipient),
    }
    claim = form if isinstance(form, ClaimForm) else ClaimForm()
    shown |= {"claim": claim, "paper": paper or TextForm(), "closing": closing or TextForm()}
    return show(request, "officer/repayments/matter.html", **shown, may=may, form=form)
