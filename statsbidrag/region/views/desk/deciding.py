"""The board's decisions on the plan, as the planner enters them."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.step_6_distribution import LINE_KINDS
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.adopting import adopt, revise
from statsbidrag.region.queries.plan import RegionPlan, plan_of
from statsbidrag.region.views.desk.fields import amount, day, read_amount
from statsbidrag.region.views.place import place_of
from statsbidrag.region.writing import sent
from statsbidrag.terms.kronor import in_words


class DecisionForm(Form):
    """When the board decided, and how its decision is found."""

    day = day("Nämndens beslutsdag")
    number = forms.CharField(
        label="Beslutets nummer", max_length=60, error_messages={"required": "Ange paragraf eller diarienummer."}
    )


class RevisionForm(DecisionForm):
    """Which line the board has given another sum."""

    line = forms.ChoiceField(label="Del av planen", error_messages={"required": "Välj en del av planen."})
    kronor = amount("Nytt belopp")

    def __init__(self, *given: Any, plan: RegionPlan, **options: Any) -> None:
        super().__init__(*given, **options)
        lines = [(line.id, f"{line.name} ({in_words(line.kronor or 0)})") for line in plan.distribution.lines]
        self.fields["line"].choices = [("", "Välj"), *lines]  # type: ignore[attr-defined]

    def clean_kronor(self) -> int:
        """The new sum in kronor; it may be 0."""
        return read_amount(self.cleaned_data["kronor"], least=0)


def adopt_plan(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Enters the board's decision on the whole plan, once."""
    place = place_of(recipient, year)
    after = reverse("region_plan", args=[recipient, year])
    plan = plan_of(place.begun)
    form = filled(request, DecisionForm)

    def do() -> str:
        adopt(request.visitor, place.begun, **_said(form), now=request.now)
        return after

    if answer := sent(request, form, do):
        return answer
    may_plan = may(request.visitor, "plan region", recipient)
    return show(
        request, "region/desk/adopt.html", **place.shown, plan=plan, form=form, kinds=LINE_KINDS, may_plan=may_plan
    )


def revise_plan(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Enters a later decision of the board that gives one line another sum."""
    place = place_of(recipient, year)
    plan = plan_of(place.begun)
    if not plan.adopted and request.method != "POST":
        return redirect("adopt_plan", recipient, year)
    form = filled(request, RevisionForm, plan=plan)

    def do() -> str:
        said = form.cleaned_data
        revise(request.visitor, place.begun, said["line"], kronor=said["kronor"], **_said(form), now=request.now)
        return reverse("region_plan", args=[recipient, year])

    if answer := sent(request, form, do, field="kronor"):
        return answer
    may_plan = may(request.visitor, "plan region", recipient)
    return show(request, "region/desk/revise.html", **place.shown, plan=plan, form=form, may_plan=may_plan)


def _said(form: Form) -> dict[str, Any]:
    return {"day": form.cleaned_data["day"], "number": form.cleaned_data["number"].strip()}
