"""A recipient's case: everything in it, notes on it, and the note of bias that closes it to an officer."""

from datetime import date

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import REQUISITION_STATES
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import bias, notes
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.cases import CaseFile, case_file, grant_case
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_recipient
from statsbidrag.portal.views.rendering import show

CHANNELS = {"e-service": "i e-tjänsten", "e-mail": "med e-post", "paper": "på papper"}
_TONES = {"accepted": "good", "to complete": "wait", "rejected": "bad", "replaced": "neutral", "abstained": "neutral"}


class NoteForm(Form):
    """A note on the case."""

    text = forms.CharField(
        label="Ny anteckning", max_length=5000, error_messages={"required": "Skriv något, eller gå vidare."}
    )


class BiasForm(Form):
    """Why one should not take part."""

    note = forms.CharField(
        label="Varför du kan vara jävig",
        max_length=2000,
        error_messages={"required": "Skriv kort varför; den som tar över behöver veta att det finns ett skäl."},
    )


def case_page(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Shows a case, and adds a note to it."""
    file = _known(request, year, recipient)
    form = filled(request, NoteForm)

    def note() -> str:
        notes.add_note(request.visitor, file.case, form.cleaned_data["text"], request.now)
        return f"{reverse('case', args=[year, recipient])}#anteckningar"

    if answer := sent(request, form, note, field="text"):
        return answer
    may = {right: access.may(request.visitor, right, recipient) for right in _RIGHTS}
    return show(
        request,
        "officer/cases/case.html",
        form=form,
        file=file,
        year=year,
        recipient=rules.recipients()[recipient],
        ceiling=rules.ceilings(year).get(recipient, 0),
        may=may,
        tones=_TONES,
        states=REQUISITION_STATES,
        channels=CHANNELS,
        overpaid=file.overpaid,
        todo=_todo(file, year, may, request.now.date()),
        library=rules.book().library,
    )


def note_bias_page(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Asks why, notes the bias, and closes the recipient's cases to whoever noted it."""
    case = grant_case(year, recipient)
    if case is None:
        raise Http404
    form = filled(request, BiasForm)

    def note() -> str:
        bias.note_bias(request.visitor, recipient, form.cleaned_data["note"], request.now)
        return reverse("agency_desk")

    if answer := sent(request, form, note, field="note"):
        return answer
    return show(
        request,
        "officer/cases/note_bias.html",
        form=form,
        case=case,
        year=year,
        recipient=rules.recipients()[recipient],
    )


_RIGHTS: tuple[access.Right, ...] = ("note", "note bias", "prepare decision", "decide", "register", "send letters")


def _known(request: Request, year: int, recipient: str) -> CaseFile:
    known_recipient(year, recipient)
    file = case_file(year, recipient, request.now.date())
    if file is None:
        raise Http404
    return file


def _todo(file: CaseFile, year: int, may: dict[access.Right, bool], today: date) -> list[dict[str, str]]:
    """What to do next in the case, and where; what someone else is to do says who."""
    steps = []
    waiting = [one for one in file.decisions if one.day is None]
    if waiting:
        what = "Besluta" if may["decide"] else "Väntar på beslutsfattaren"
        steps.append(
            {"what": f"{what}: {', '.join(one.name for one in waiting)}", "link": reverse("decisions", args=[year])}
        )
    if any(one.day and one.letter is None for one in file.decisions):
        what = "Skicka brevet om beslutet" if may["send letters"] else "Väntar på brevet om beslutet"
        steps.append({"what": what, "link": reverse("letters", args=[year])})
    undecided = not any(one.kind in ("grant", "rejection", "closing") for one in file.decisions)
    still_open = today <= rules.round_rules(year).requisition.completed_by
    if still_open and any(review.state == "to complete" for review in file.reviews):
        steps.append({"what": "Väntar på mottagarens komplettering", "link": reverse("reminders", args=[year])})
    elif undecided and file.reviews and not still_open:
        what = "Bered beslutet" if may["prepare decision"] else "Väntar på föredraganden"
        steps.append({"what": what, "link": reverse("prepare_decisions", args=[year])})
    return steps
