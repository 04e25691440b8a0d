"""Deeds in the region's house: one transaction in its own database, done once however often a form is sent."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from django.http import HttpResponse
from django.shortcuts import redirect

from statsbidrag.portal import writing as portal_writing
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.prepared import TEXT, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.portal.views.forms import Form, key_of
from statsbidrag.region.models import RegionDeed
from statsbidrag.region.router import REGION
from statsbidrag.terms.faults import Fault

_DONE = Prepared(lambda: RegionDeed.objects.filter(key=TEXT).values_list("location"))


def writing() -> AbstractContextManager[None]:
    """One deed of the region's: all of it is stored, or nothing; writers wait in line."""
    return portal_writing.writing(REGION)


def once(request: Request, key: str, do: Callable[[], str]) -> str:
    """Does a deed in one transaction, once however often the form is sent; gives the page to go to afterwards."""
    own = key_of(request, key)
    with writing():
        if done := _DONE.first({TEXT: own}):
            return str(done[0])
        location = do()
        store(RegionDeed(key=own, at=request.now, location=location))
        return location


def sent(request: Request, form: Form, do: Callable[[], str], *, field: str | None = None) -> HttpResponse | None:
    """Does what a sent form asks for and gives the way on; None where the form is to be shown (again).

    A Fault from the deed is shown at ``field``, or above the form, and every value stays.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return redirect(once(request, form.key(), do))
    except Fault as fault:
        form.say(fault, field if field in form.fields else None)
        return None
