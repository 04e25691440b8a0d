"""Figures from the region's visit register: what has come in, a file of them brought, and a draft filled in by them."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.cycle.step_7_prefill import first_draft
from statsbidrag.cycle.step_7_versions import State
from statsbidrag.portal import rules
from statsbidrag.portal.actions import region_figures as deeds
from statsbidrag.portal.actions.report_filling import fill_missing
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.region_figures import come_in, missing
from statsbidrag.portal.queries.report_draft import standing_draft
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.recipient.report.place import context
from statsbidrag.portal.views.rendering import show

# A file is larger than this only where it is something else; what is read of it is then enough to say so.
_ENOUGH = deeds.MOST_BYTES + 1


class FiguresForm(Form):
    """The file that the region has made."""

    file = forms.FileField(
        label="Fil från regionen",
        error_messages={"required": "Välj filen.", "empty": "Filen är tom. Be regionen om en ny."},
    )
    file.widget = forms.FileInput(attrs={"accept": ".json"})


def region_figures(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what has come in, takes a file of figures, and fills in a draft that was begun before they came."""
    page = context(recipient, year)
    asks_to_fill = request.POST.get("action") == "fill"
    form: Form = filled(request, Form if asks_to_fill else FiguresForm)

    def do() -> str:
        if asks_to_fill:
            fill_missing(request.visitor, year, recipient, request.now)
            return reverse("report", args=(recipient, year))
        content = form.cleaned_data["file"].read(_ENOUGH)
        deeds.bring(request.visitor, year, recipient, content, now=request.now)
        return f"{reverse('region_figures', args=(recipient, year))}#inkommet"

    if answer := sent(request, form, do, field="file"):
        return answer
    return show(
        request,
        "recipient/report/region_figures.html",
        **page,
        form=form if isinstance(form, FiguresForm) else FiguresForm(),
        fault=form if asks_to_fill else None,
        came_in=come_in(year, recipient),
        regions={key: one.name for key, one in rules.recipients().items() if one.kind == "region"},
        **_draft(request, recipient, year),
    )


def _draft(request: Request, recipient: str, year: int) -> dict[str, Any]:
    """What the newest figures know that a draft has not answered, or that it is locked."""
    standing = standing_draft(year, recipient)
    if standing is None:
        return {"draft": False, "locked": False, "fills": [], "suggests": []}
    locked = standing.state is not State.DRAFT
    known = {} if locked else missing(standing, request.now)
    labels = {id: field.label for id, field in standing.form.by_id().items()}
    fills = [labels[id] for id in first_draft(known)]
    suggests = [labels[id] for id, each in known.items() if each.level == "suggestion"]
    return {"draft": True, "locked": locked, "fills": fills, "suggests": suggests}
