"""Preparing decisions: the whole list by one click, or a single one with its reasons."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import proposals
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Decision, Round
from statsbidrag.portal.queries.decision_rows import Wanted, decision_rows
from statsbidrag.portal.queries.matters import Matter
from statsbidrag.portal.queries.to_decide import still_to_decide
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_recipient, known_round
from statsbidrag.portal.views.officer.cases.single import SINGLE_DECISIONS
from statsbidrag.portal.views.rendering import show


class ListForm(Form):
    """What is done with the list: prepare what is missing, take back one, or take back all."""

    deed = forms.ChoiceField(choices=[("prepare", ""), ("take back all", ""), ("take back", "")], required=False)
    take_back = forms.CharField(max_length=40, required=False)


def prepare_decisions(request: Request, *, year: int) -> HttpResponse:
    """Shows what is to be prepared and what is, added up against the pot; prepares the list and takes back."""
    known_round(year)
    form = filled(request, ListForm)
    if answer := sent(request, form, lambda: _done(request, form, year)):
        return answer
    round_ = Round.objects.filter(pk=year).first()
    rows = decision_rows(year)
    return show(
        request,
        "officer/cases/prepare_decisions.html",
        form=form,
        year=year,
        reallocated=bool(round_ and round_.reallocated),
        outlook=still_to_decide(year, request.now.date(), rows),
        rows=Wanted(state="waiting").of(rows),
        kinds=DECISION_KINDS,
        may_prepare=access.may(request.visitor, "prepare decision"),
        may_decide=access.may(request.visitor, "decide"),
        biased=request.visitor.biased if request.visitor else frozenset(),
    )


def prepare_decision(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Asks what the decision is about, and then for what that needs."""
    known_recipient(year, recipient)
    party, matter = rules.recipients()[recipient], Matter(year, recipient, request.now.date())
    chosen = request.GET.get("slag", "")
    kind = SINGLE_DECISIONS.get(chosen)
    if kind is None or not kind.fits(matter):
        choices = [(key, one.name, one.about) for key, one in SINGLE_DECISIONS.items() if one.fits(matter)]
        return show(request, "officer/cases/choose_decision.html", year=year, recipient=party, choices=choices)
    form = filled(request, kind.form, matter=matter)

    def prepared() -> str:
        proposals.prepare(request.visitor, year, recipient, form.proposed(), now=request.now)
        return reverse("case", args=[year, recipient])

    if answer := sent(request, form, prepared):
        return answer
    return show(
        request,
        "officer/cases/prepare_decision.html",
        form=form,
        year=year,
        recipient=party,
        name=kind.name,
        about=kind.about,
        matter=matter,
    )


def _done(request: Request, form: ListForm, year: int) -> str:
    """Does what was asked for, and gives the way back to the list."""
    said = form.cleaned_data
    if said["take_back"]:
        row = Decision.objects.filter(year=year, reference=said["take_back"]).first()
        if row is None:
            raise Http404
        proposals.take_back(request.visitor, row)
    elif said["deed"] == "take back all":
        proposals.take_back_list(request.visitor, year)
    else:
        proposals.prepare_list(request.visitor, year, request.now)
    return f"{reverse('prepare_decisions', args=[year])}#beredda"
