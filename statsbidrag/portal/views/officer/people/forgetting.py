"""Erasing (gallra) what is personal and has been kept for its time."""

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.actions import forgetting
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.retention import counted
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.rendering import show


class ForgettingForm(Form):
    """The decision that the erasure rests on."""

    decision = forms.CharField(
        label="Gallringsbeslutets nummer",
        max_length=60,
        error_messages={"required": "Skriv numret på gallringsbeslutet."},
    )


def forget_page(request: Request) -> HttpResponse:
    """What may be erased today, and the button."""
    form = filled(request, ForgettingForm)

    def forget() -> str:
        forgetting.forget(request.visitor, form.cleaned_data["decision"], request.now)
        return reverse("forget_people")

    if answer := sent(request, form, forget):
        return answer
    return show(
        request,
        "officer/people/forgetting.html",
        form=form,
        **counted(request.now),
        kept=rules.book().agency.people,
    )
