"""Delegation decisions: the list for report to the board, as page and file, and the form for the next one."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle.step_6_distribution import LEFT
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.mandate import decide
from statsbidrag.region.models import MandateMove
from statsbidrag.region.queries.plan import RegionPlan, plan_of
from statsbidrag.region.views.desk.fields import amount, read_amount
from statsbidrag.region.views.place import place_of
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.region.writing import sent
from statsbidrag.terms.kronor import in_words

_COLUMNS = (
    Column("number", "Nr", "number"),
    Column("day", "Dag", "date"),
    Column("moved_from", "Från"),
    Column("moved_to", "Till"),
    Column("kronor", "Belopp (kr)", "kronor"),
    Column("reason", "Skäl"),
    Column("decided_by", "Beslutat av"),
    Column("document", "Handling"),
)
_NOT_DISTRIBUTED = "Det som inte är fördelat"


class MoveForm(PlainForm):
    """How much moves from where to where, and why."""

    moved_from = forms.ChoiceField(label="Från", error_messages={"required": "Välj varifrån pengarna tas."})
    moved_to = forms.ChoiceField(label="Till", error_messages={"required": "Välj vart pengarna ska."})
    kronor = amount("Belopp")
    reason = forms.CharField(
        label="Skäl", max_length=2000, error_messages={"required": "Skriv varför pengarna flyttas."}
    )

    def __init__(self, *given: Any, plan: RegionPlan, **options: Any) -> None:
        super().__init__(*given, **options)
        mandate, balances = plan.scheme.mandate, plan.book.balances
        efforts = [line for line in plan.distribution.lines if line.kind == "effort"]
        sources = [
            (each.id, f"{each.name} (inte utbetalt: {in_words(balances.get(('planned', each.id), 0))})")
            for each in efforts
            if mandate and mandate.move.value
        ]
        if mandate and mandate.assign_rest.value:
            sources.append((LEFT, f"{_NOT_DISTRIBUTED} ({in_words(plan.left or 0)})"))
        self.fields["moved_from"].choices = [("", "Välj"), *sources]  # type: ignore[attr-defined]
        self.fields["moved_to"].choices = [("", "Välj"), *((each.id, each.name) for each in efforts)]  # type: ignore[attr-defined]

    def clean_kronor(self) -> int:
        """The amount in kronor."""
        return read_amount(self.cleaned_data["kronor"])


def region_moves(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows every use of the mandate, and takes the next one from whoever holds it."""
    place = place_of(recipient, year)
    plan = plan_of(place.begun)
    form = filled(request, MoveForm, plan=plan)

    def do() -> str:
        said = {name: form.cleaned_data[name] for name in ("moved_from", "moved_to", "kronor", "reason")}
        decide(request.visitor, place.begun, **said, now=request.now)
        return reverse("region_moves", args=[recipient, year])

    if answer := sent(request, form, do, field="kronor"):
        return answer
    return show(
        request,
        "region/desk/moves.html",
        **place.shown,
        plan=plan,
        form=form,
        moves=_moves(recipient, year),
        names={line.id: line.name for line in plan.distribution.lines} | {LEFT: _NOT_DISTRIBUTED},
        may_decide=may(request.visitor, "decide in region", recipient),
        library=rules.book().library,
    )


def region_moves_file(request: Request, *, recipient: str, year: int, ending: str) -> HttpResponse:
    """Gives the list for report to the board as a file."""
    place = place_of(recipient, year)
    if ending not in ENDINGS:
        raise Http404
    plan = plan_of(place.begun)
    rows = tuple(
        (
            each.number,
            each.day,
            _NOT_DISTRIBUTED if each.moved_from == LEFT else plan.name_of(each.moved_from),
            plan.name_of(each.moved_to),
            each.kronor,
            each.reason,
            each.by,
            f"{each.document.case.number}-{each.document.number}" if each.document else "",
        )
        for each in _moves(recipient, year)
    )
    table = Table(f"Delegationsbeslut att anmäla till nämnden, {place.name} {year}", _COLUMNS, rows)
    return download(table, f"delegationsbeslut-{place.region}-{year}", ENDINGS[ending], request.now.date())


def _moves(region: str, year: int) -> list[MandateMove]:
    return list(MandateMove.objects.filter(region=region, year=year).select_related("document__case"))
