"""The distribution plan: its lines with why, the planner's sums, and efforts of the region's own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.cycle.step_6_distribution import LINE_KINDS
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.planning import add_project, plan_sums, remove_project
from statsbidrag.region.queries.plan import FIXED_SUPPORT, VISIT_PAY, RegionPlan, plan_of
from statsbidrag.region.views.desk.fields import day, read_amount
from statsbidrag.region.views.place import place_of
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.region.writing import sent
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import grouped


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that the planner gives a sum to: what it is called, what helps, and the sum that it has."""

    line: str
    label: str
    hint: str
    kronor: int | None


class SumsForm(Form):
    """The sums of the plan, a field for each line; an empty one is unknown, never 0."""

    def __init__(self, *given: Any, asked: list[Asked], **options: Any) -> None:
        super().__init__(*given, **options)
        self.asked = asked
        for place, each in enumerate(asked):
            known = "" if each.kronor is None else grouped(each.kronor)
            self.fields[f"sum{place}"] = forms.CharField(
                label=each.label, help_text=each.hint, required=False, max_length=40, initial=known
            )
            self.fields[f"was{place}"] = forms.CharField(
                required=False, max_length=40, initial=known, widget=forms.HiddenInput
            )

    def clean(self) -> dict[str, Any]:
        """Reads every amount; what is wrong with one is said at its field."""
        for place in range(len(self.asked)):
            name, text = f"sum{place}", self.cleaned_data.get(f"sum{place}", "").strip()
            try:
                self.cleaned_data[name] = read_amount(text, least=0) if text else None
            except forms.ValidationError as wrong:
                self.add_error(name, wrong)
        return self.cleaned_data

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """Each field with the hidden one that tells what it was."""
        return [(self[f"sum{place}"], self[f"was{place}"]) for place in range(len(self.asked))]

    @property
    def sums(self) -> dict[str, int | None]:
        """What was written, by line."""
        return {each.line: self.cleaned_data[f"sum{place}"] for place, each in enumerate(self.asked)}

    @property
    def started_from(self) -> dict[str, int | None]:
        """What stood there when the page was opened."""
        told = {each.line: self.cleaned_data[f"was{place}"] for place, each in enumerate(self.asked)}
        return {line: read_amount(text, least=0) if text else None for line, text in told.items()}


class ProjectForm(PlainForm):
    """An effort of the region's own."""

    name = forms.CharField(
        label="Vad heter satsningen?", max_length=200, error_messages={"required": "Skriv vad satsningen heter."}
    )
    owner = forms.CharField(
        label="Vem ansvarar?", max_length=200, error_messages={"required": "Skriv vem som ansvarar för satsningen."}
    )
    ends = day("Sista dag", required=False)


def region_plan(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the plan, and takes the planner's sums until the board has decided."""
    place = place_of(recipient, year)
    plan, here = plan_of(place.begun), reverse("region_plan", args=[recipient, year])
    form = filled(request, SumsForm, asked=list(_asked(plan)))

    def save() -> str:
        plan_sums(request.visitor, place.begun, form.sums, request.now, started_from=form.started_from)
        return here

    if answer := sent(request, form, save):
        return answer
    return show(
        request,
        "region/desk/plan.html",
        **place.shown,
        plan=plan,
        form=form,
        kinds=LINE_KINDS,
        efforts={effort.id: effort for effort in plan.scheme.efforts},
        may_plan=may(request.visitor, "plan region", recipient),
        library=rules.book().library,
    )


def new_project(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Adds an effort of the region's own, or takes one away."""
    place = place_of(recipient, year)
    plan, after = plan_of(place.begun), reverse("region_plan", args=[recipient, year])
    removed = request.POST.get("remove", "")
    form = filled(request, Form if removed else ProjectForm)

    def do() -> str:
        if removed:
            number = int(removed) if removed.isascii() and removed.isdigit() and len(removed) < 10 else 0
            remove_project(request.visitor, place.begun, number)
        else:
            said = {name: form.cleaned_data[name] for name in ("name", "owner", "ends")}
            add_project(request.visitor, place.begun, **said, now=request.now)
        return after

    if answer := sent(request, form, do):
        return answer
    return show(
        request,
        "region/desk/new_project.html",
        **place.shown,
        plan=plan,
        form=form if isinstance(form, ProjectForm) else ProjectForm(),
        refused=form.non_field_errors() if removed else [],
        may_plan=may(request.visitor, "plan region", recipient),
        library=rules.book().library,
    )


def _asked(plan: RegionPlan) -> Iterator[Asked]:
    """The lines that take a sum: every effort, and fixed support and pay per visit where the scheme has them."""
    sums: Mapping[str, int | None] = plan.sums
    for effort in plan.scheme.efforts:
        ends = f", till och med {day_in_words(effort.ends.value)}" if effort.ends else ""
        yield Asked(effort.id, effort.name.value, f"{effort.owner.value}{ends}.", _known(sums, effort.id, effort))
    support = plan.scheme.fixed_support
    if support:
        each = support.divided.value == "each"
        label = "Fast ersättning till varje enhet" if each else "Fast ersättning sammanlagt"
        count = sum(line.kind == FIXED_SUPPORT for line in plan.distribution.lines)
        yield Asked(FIXED_SUPPORT, label, f"{count} enheter har fast ersättning.", _known(sums, FIXED_SUPPORT, support))
    if plan.scheme.visit_pay:
        hint = "Det som besöken under hela året beräknas belasta bidraget med."
        yield Asked(VISIT_PAY, "Rörlig ersättning", hint, sums.get(VISIT_PAY))


def _known(sums: Mapping[str, int | None], line: str, of: Any) -> int | None:
    """The planner's own sum, or else the scheme's."""
    own = sums.get(line)
    return of.kronor.value if own is None else own
