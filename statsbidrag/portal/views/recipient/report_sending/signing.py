"""The report certified: the signatory reads exactly what was locked, and certifies or declines; then it is sent in."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.form import Page
from statsbidrag.cycle.step_7_versions import State
from statsbidrag.exchange.letters.answered import pages_answered
from statsbidrag.exchange.letters.receipts import AnsweredPage
from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor, may
from statsbidrag.portal.actions import report as deeds
from statsbidrag.portal.actions.report import Signing
from statsbidrag.portal.actions.uploads import Upload
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.people import own_details
from statsbidrag.portal.queries.report_draft import Standing, require_draft, standing_draft
from statsbidrag.portal.queries.reports import last_number
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.questions.asking import AskedQuestion, Known, ids_of, page_asks
from statsbidrag.portal.views.recipient.report.place import context
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.upload_field import UploadField

_LONGEST = 200


class SignForm(Form):
    """What is said beside the signatory's own answers: by which point of the delegation order."""

    delegation = forms.CharField(
        label="Punkt i delegationsordningen",
        max_length=_LONGEST,
        error_messages={"required": "Ange vilken punkt i delegationsordningen som ger rätt att godkänna."},
    )
    fingerprint = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class SignForForm(SignForm):
    """The same where the agent certifies for someone who cannot sign in."""

    approval = UploadField(label="Undertecknat godkännande", required=False)


class DeclineForm(Form):
    """Why the signatory does not certify."""

    reason = forms.CharField(
        label="Varför godkänner du inte svaren?",
        max_length=2000,
        error_messages={"required": "Skriv varför du inte godkänner, så att svaren kan rättas."},
    )


def report_sign(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what is locked, to certify, to certify for someone else, or to send in."""
    standing = standing_draft(year, recipient)
    if standing is None or standing.state is State.DRAFT:
        return redirect("report", recipient, year)
    certifies = may(request.visitor, "certify", recipient)
    form: SignForm = filled(request, SignForm if certifies else SignForForm, initial={})
    if answer := sent(request, form, lambda: _certify(request, standing, form, certifies=certifies)):
        return answer
    return _page(request, standing, sign=form)


def report_decline(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Sends the answers back to those who wrote them, with the signatory's reason."""
    form = filled(request, DeclineForm)

    def decline() -> str:
        deeds.decline(request.visitor, year, recipient, form.cleaned_data["reason"], now=request.now)
        return reverse("report", args=(recipient, year))

    if answer := sent(request, form, decline):
        return answer
    standing = standing_draft(year, recipient)
    if standing is None or standing.state is not State.LOCKED:
        return redirect("report", recipient, year)
    return _page(request, standing, decline=form)


def report_unlock(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Opens what is locked again, to change something."""

    def unlock() -> str:
        deeds.unlock(request.visitor, year, recipient, request.now)
        return reverse("report", args=(recipient, year))

    return _done(request, recipient, year, unlock)


def report_send(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Sends in what is certified, and goes to the page that shows all of it."""

    def send() -> str:
        row = deeds.submit(request.visitor, year, recipient, request.now, site=request.build_absolute_uri("/"))
        return reverse("report_received", args=(recipient, year, row.number))

    return _done(request, recipient, year, send)


def _done(request: Request, recipient: str, year: int, do: Callable[[], str]) -> HttpResponse:
    form = filled(request, Form)
    if answer := sent(request, form, do):
        return answer
    standing = standing_draft(year, recipient)
    if standing is None or standing.state is State.DRAFT:
        return redirect("report", recipient, year)
    return _page(request, standing, send=form)


def _certify(request: Request, standing: Standing, form: SignForm, *, certifies: bool) -> str:
    year, recipient = standing.draft.year, standing.draft.recipient
    signing = Signing(
        signature={one.id: request.POST.get(one.id) for page in _signed(standing) for one in ids_of(page)},
        delegation=form.cleaned_data["delegation"],
        fingerprint=form.cleaned_data["fingerprint"],
        attachment=_paper(form.cleaned_data.get("approval"), year, recipient),
    )
    certify = deeds.certify if certifies else deeds.certify_for
    certify(request.visitor, year, recipient, signing, now=request.now)
    return reverse("report_sign", args=(recipient, year))


def _page(
    request: Request,
    standing: Standing,
    *,
    sign: SignForm | None = None,
    decline: DeclineForm | None = None,
    send: Form | None = None,
) -> HttpResponse:
    """Sets the page with the form that was sent; the other forms stand beside it as they began."""
    year, recipient = standing.draft.year, standing.draft.recipient
    visitor = request.visitor
    certifies, sends = may(visitor, "certify", recipient), may(visitor, "submit", recipient)
    stands: Form = sign or decline or send or SignForm()
    # What was refused may have been refused since somebody has done something meanwhile.
    locked = require_draft(year, recipient) if request.method == "POST" else standing
    return show(
        request,
        "recipient/report_sending/sign.html",
        **context(recipient, year),
        form=stands,
        standing=locked,
        pages=_answered(locked),
        fingerprint=locked.outcome.fingerprint,
        certified=locked.state is State.CERTIFIED,
        certificate=locked.draft.certificate,
        sign=sign or (SignForm() if certifies else SignForForm()),
        decline=decline or DeclineForm(),
        send=send or Form(),
        asked=_asked(request, locked, visitor if certifies else None),
        certifies=certifies,
        sends=sends,
        fills_in=may(visitor, "fill in", recipient),
        number=last_number(year, recipient) + 1,
        most=rules.round_rules(year).report.submissions.value,
        note=locked.form.free_text_note.value,
    )


def _answered(locked: Standing) -> list[AnsweredPage]:
    """Everything that is answered; what the signatory is still to say stands in the form below it."""
    to_say = set() if locked.state is State.CERTIFIED else {page.heading for page in _signed(locked)}
    return [page for page in pages_answered(locked.outcome) if page.heading not in to_say]


def _signed(standing: Standing) -> list[Page]:
    return [page for page in standing.form.pages if page.by == "signatory"]


def _asked(request: Request, standing: Standing, signatory: Visitor | None) -> tuple[AskedQuestion, ...]:
    """The signatory's own questions, filled in with what the service knows of whoever is signed in."""
    answers: dict[str, object] = dict(_own_details(signatory)) if signatory else {}
    if request.method == "POST" and "delegation" in request.POST:
        answers = {one.id: request.POST.get(one.id, "") for page in _signed(standing) for one in ids_of(page)}
    known = Known(answers=answers)
    return tuple(each for page in _signed(standing) for each in page_asks(page, standing.outcome, known))


def _own_details(visitor: Visitor) -> Mapping[str, str]:
    name, title, telephone, email = own_details(visitor.id)
    return {
        "signatory_name": name,
        "signatory_position": title,
        "signatory_phone": telephone,
        "signatory_email": email,
    }


def _paper(upload: Upload | Any, year: int, recipient: str) -> Paper | None:
    """The signed approval as a paper on its way into the case."""
    if not isinstance(upload, Upload):
        return None
    return Paper(
        direction="in",
        about="approval",
        party=rules.recipients()[recipient].name,
        matter=f"Undertecknat godkännande av återrapporteringen {year}",
        name=upload.name,
        content=upload.content,
        mime=upload.mime,
    )
