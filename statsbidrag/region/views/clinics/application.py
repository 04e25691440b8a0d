"""A clinic's application for fixed support: what may be had, how far it has come, and sending it in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.form import Page
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.questions.reading import pages_to_read
from statsbidrag.portal.views.questions.sent import version_sent
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import support as deeds
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries.clinics import FIXED_SUPPORT, registered
from statsbidrag.region.queries.support import SupportStanding, support_of, withdrawn_of
from statsbidrag.region.views.place import Place, clinic_place
from statsbidrag.region.writing import sent


def own_application(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what the scheme offers, whether the clinic may have it and why, and how far the application has come."""
    place, clinic = own_place(recipient, year)
    form = filled(request, Form)

    def do() -> str:
        if request.POST.get("action") == "withdraw":
            deeds.withdraw_application(request.visitor, place.scheme, clinic, request.now)
            return reverse("own_application", args=(recipient, year))
        deeds.begin_application(request.visitor, place.scheme, clinic, request.now)
        return _first_page(place, clinic)

    if answer := sent(request, form, do):
        return answer
    standing = support_of(place.scheme, clinic)
    support = place.scheme.fixed_support
    return show(
        request,
        "region/clinics/application.html",
        **place.shown,
        form=form,
        standing=standing,
        support=support,
        tried=next((each for each in registered(place.scheme, clinic).tried if each.of == FIXED_SUPPORT), None),
        has_now=clinic.supports.filter(year=year, replaced=False).first(),
        pages=pages_of(standing) if standing.row and standing.row.sent else [],
        withdrawn=withdrawn_of(clinic, year),
        may_write=may(request.visitor, "act for clinic", recipient),
        may_sign=may(request.visitor, "sign for clinic", recipient),
        library=rules.book().library,
    )


def application_check(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows every answer with a way to change it; the head sends it in."""
    place, clinic = own_place(recipient, year)
    standing = support_of(place.scheme, clinic)
    if standing.row is None or standing.row.sent or standing.form is None:
        return redirect("own_application", recipient, year)
    form, version = filled(request, Form), version_sent(request.POST)

    def do() -> str:
        deeds.send_application(request.visitor, place.scheme, clinic, request.now, version=version)
        return reverse("own_application", args=(recipient, year))

    if answer := sent(request, form, do):
        return answer
    return show(
        request,
        "region/clinics/application_check.html",
        **place.shown,
        form=form,
        standing=standing,
        pages=pages_of(standing),
        warnings=[check.says for check in standing.outcome.fired("warning")],
        may_sign=may(request.visitor, "sign for clinic", recipient),
        receiver=place.scheme.fixed_support.application.value if place.scheme.fixed_support else "",
    )


def pages_of(standing: SupportStanding) -> list[tuple[Page, list[dict[str, Any]]]]:
    """Gives the answers of an application, page by page, to read."""
    return pages_to_read(standing.outcome.form.pages, standing.outcome)


def own_place(recipient: str, year: int) -> tuple[Place, Clinic]:
    """Gives the place of a clinic's own page, and the clinic."""
    place = clinic_place(recipient, year)
    assert place.clinic is not None, "the page is a clinic's"
    return place, place.clinic


def _first_page(place: Place, clinic: Clinic) -> str:
    form = support_of(place.scheme, clinic).form
    assert form is not None, "an application has a form"
    return reverse("application_page", args=(place.key, place.year, form.pages[0].id))
