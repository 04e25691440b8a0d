"""The demonstration's clock: moves the whole service to another day of the round, and begins again."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal.demonstration import moving
from statsbidrag.portal.demonstration.filling import YEAR
from statsbidrag.portal.demonstration.stages import current, stage_of, stages
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault


class ClockForm(Form):
    """Which day to move to."""

    stage = forms.CharField()

    def clean_stage(self) -> str:
        """Only a day of the round, and only forward."""
        key = str(self.cleaned_data["stage"])
        if stage_of(YEAR, key) is None:
            raise forms.ValidationError("Dagen finns inte. Välj en av dagarna på sidan.")
        return key


def clock_page(request: Request) -> HttpResponse:
    """Shows the days to move to, and moves there."""
    form = filled(request, ClockForm)
    if request.method == "POST" and form.is_valid():
        stage = stage_of(YEAR, form.cleaned_data["stage"])
        assert stage is not None, "the form lets only stages through"
        try:
            moving.move_to(YEAR, stage, request.now)
            return redirect(f"{reverse('demonstration_clock')}#nu")
        except Fault as fault:
            form.say(fault)
    here = current(YEAR, request.now.date())
    return show(request, "demonstration/clock.html", form=form, stages=stages(YEAR), here=here)
