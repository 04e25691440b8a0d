"""The delegation register: read by the whole agency, kept by the administrator."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.portal import access
from statsbidrag.portal.actions.delegations import Line, add_line, end_line
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Mandate, Person
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.portal.views.forms import Form, at_the_field, filled, sent
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.kronor import read_kronor

_DAY = {"invalid": "Skriv dagen som 2025-05-13.", "required": "Ange dagen."}


class LineForm(Form):
    """A line to add to the register."""

    holder = forms.ChoiceField(label="Beslutsfattare", error_messages={"required": "Välj vem som får besluta."})
    kinds = forms.MultipleChoiceField(
        label="Slag av beslut",
        choices=[(key, text.capitalize()) for key, text in DECISION_KINDS.items()],
        error_messages={"required": "Välj minst ett slag av beslut."},
    )
    at_most = forms.CharField(label="Högsta belopp", max_length=40, required=False)
    valid_from = forms.DateField(label="Från och med", input_formats=["%Y-%m-%d"], error_messages=_DAY)
    valid_to = forms.DateField(label="Till och med", input_formats=["%Y-%m-%d"], error_messages=_DAY)
    deputy = forms.ChoiceField(label="Ersättare", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        holders = Person.objects.filter(roles__kind="decision_maker", roles__ended=None).distinct()
        by_name = sorted(holders.values_list("pk", "name"), key=lambda one: in_swedish_order(one[1]))
        people = [(str(key), name) for key, name in by_name]
        self.fields["holder"].choices = [("", "Välj"), *people]  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", "Ingen"), *people]  # type: ignore[attr-defined]

    def clean_at_most(self) -> int | None:
        """The limit in kronor, or None where there is none."""
        text = self.cleaned_data["at_most"].strip()
        return at_the_field(lambda: read_kronor(text, "")) if text else None

    def line(self) -> Line:
        """The line that was written."""
        said = self.cleaned_data
        return Line(
            holder=int(said["holder"]),
            kinds=tuple(said["kinds"]),
            valid_from=said["valid_from"],
            valid_to=said["valid_to"],
            at_most=said["at_most"],
            deputy=int(said["deputy"]) if said["deputy"] else None,
        )


class EndForm(Form):
    """Which line ends today."""

    end = forms.IntegerField()


def delegations(request: Request) -> HttpResponse:
    """Shows the register; adds a line or ends one."""
    ending = request.method == "POST" and "end" in request.POST
    form = filled(request, LineForm)
    deed_form = filled(request, EndForm) if ending else form
    if answer := sent(request, deed_form, lambda: _done(request, deed_form)):
        return answer
    lines = Mandate.objects.select_related("holder", "deputy").order_by("-valid_to", "id")
    return show(
        request,
        "officer/cases/delegations.html",
        form=LineForm() if ending else form,
        lines=list(lines),
        kinds=DECISION_KINDS,
        may_keep=access.may(request.visitor, "administer"),
    )


def _done(request: Request, form: Form) -> str:
    """Adds or ends a line, and gives the way back to the register."""
    if isinstance(form, LineForm):
        add_line(request.visitor, form.line())
    else:
        mandate = Mandate.objects.filter(pk=form.cleaned_data["end"]).first()
        if mandate is None:
            raise Http404
        end_line(request.visitor, mandate, request.now.date())
    return reverse("delegations")
