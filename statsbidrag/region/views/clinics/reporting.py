"""A report to the region: written by several, sent in by the clinic's head or entered by the region's planner."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import at_the_field
from statsbidrag.portal.views.questions.sent import version_sent
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import line_reports as deeds
from statsbidrag.region.queries.line_reports import Reporter, clinic_reporter, reporter_at
from statsbidrag.region.views.clinics.application import own_place
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.region.writing import once
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import read_kronor

_LONGEST = 3000


class ReportForm(PlainForm):
    """The used kronor and what the scheme asks for; all of it may wait until the report is sent in."""

    used = forms.CharField(
        label="Använt av statsbidraget",
        help_text="Hela kronor, till och med årets slut.",
        max_length=20,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *given: Any, reporter: Reporter, **options: Any) -> None:
        super().__init__(data, *given, **options)
        for each in reporter.asked.questions:
            self.fields[_name(each.id)] = forms.CharField(
                label=each.text,
                help_text="Skriv inga personuppgifter.",
                max_length=_LONGEST,
                required=False,
                widget=forms.Textarea,
            )
        self.asked = [each.id for each in reporter.asked.questions]

    def clean_used(self) -> int | None:
        """The amount, or None where nothing is written yet."""
        text = self.cleaned_data["used"]
        return at_the_field(lambda: read_kronor(text, "använt")) if text.strip() else None

    def told(self) -> deeds.Reported:
        """What is written."""
        return deeds.Reported(self.cleaned_data["used"], {id: self.cleaned_data[_name(id)] for id in self.asked})

    @property
    def texts(self) -> list[Any]:
        """The fields for what is asked, in order."""
        return [self[_name(id)] for id in self.asked]


def clinic_report(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """A clinic's report to the region: what it used of the grant, on what, and what comes next."""
    place, clinic = own_place(recipient, year)
    reporter = clinic_reporter(place.begun, place.scheme, clinic)
    own = reverse("clinic_report", args=(recipient, year))
    return _answer(
        request,
        place,
        reporter,
        own=own,
        template="region/clinics/own_report.html",
        may_write=may(request.visitor, "act for clinic", recipient),
        may_send=may(request.visitor, "sign for clinic", recipient),
    )


def line_report(request: Request, *, recipient: str, year: int, line: str) -> HttpResponse:
    """A report as the region reads it; for efforts and transfers the planner enters what the owner has sent."""
    place = place_of(recipient, year)
    reporter = reporter_at(place.begun, line)
    if reporter is None:
        raise Http404
    own = reverse("line_report", args=(recipient, year, line))
    enters = reporter.clinic is None and may(request.visitor, "plan region", recipient)
    template = "region/clinics/line_report.html"
    return _answer(request, place, reporter, own=own, template=template, may_write=enters, may_send=enters)


def _answer(
    request: Request,
    place: Place,
    reporter: Reporter | None,
    *,
    own: str,
    template: str,
    may_write: bool,
    may_send: bool,
) -> HttpResponse:
    shown = {**place.shown, "reporter": reporter, "may_write": may_write, "may_send": may_send}
    if reporter is None:
        return show(request, template, **shown, form=None)
    writes = request.method == "POST" and may_write
    form = ReportForm(request.POST, reporter=reporter) if writes else _filled(reporter)
    version, changed = _version(reporter), None
    if writes and form.is_valid():
        try:
            return _done(request, place, reporter, form, own=own)
        except deeds.ReportChanged as fault:
            form.say(fault)
            changed, version = fault.row, fault.row.version
        except Fault as fault:
            form.say(fault)
    elif writes:
        version = version_sent(request.POST)
    return show(
        request,
        template,
        status=409 if changed else 200,
        **shown,
        form=form,
        version=version,
        changed=changed,
        saved=request.GET.get("sparat") == "ja",
        writing=may_write and (reporter.draft is not None or reporter.latest is None or request.GET.get("ny") == "ja"),
        state=reporter.state(request.now.date()),
        library=rules.book().library,
    )


def _done(request: Request, place: Place, reporter: Reporter, form: ReportForm, *, own: str) -> HttpResponse:
    """Saves, sends or throws away, and gives the way on."""
    visitor, begun, now, version = request.visitor, place.begun, request.now, version_sent(request.POST)
    action = request.POST.get("action")
    if action == "throw away":
        deeds.throw_away(visitor, begun, reporter)
        return redirect(own)
    if action == "send":

        def send() -> str:
            deeds.send_report(visitor, begun, reporter, form.told(), version=version, now=now)
            return own

        return redirect(once(request, form.key(), send))
    deeds.save_report(visitor, begun, reporter, form.told(), version=version, now=now)
    return redirect(f"{own}?sparat=ja")


def _filled(reporter: Reporter) -> ReportForm:
    """The form with the draft, or with what was last sent in."""
    row = reporter.draft or reporter.latest
    answers = {_name(id): text for id, text in row.answers.items()} if row else {}
    return ReportForm(reporter=reporter, initial={"used": row.used if row else None, **answers})


def _version(reporter: Reporter) -> int:
    return reporter.draft.version if reporter.draft else 0


def _name(id: str) -> str:
    return f"text_{id}"
