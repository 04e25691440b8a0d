"""Forms: what is sent is read and checked, a fault keeps every value, and a second click does nothing."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from statsbidrag.portal.interruption import restored
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Deed
from statsbidrag.portal.queries.prepared import TEXT, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault, Faults

_LONGEST_KEY = 32
_DONE = Prepared(lambda: Deed.objects.filter(key=TEXT).values_list("location"))
_NOT_SAID = frozenset({"csrfmiddlewaretoken"})


class Form(forms.Form):
    """A form of the service: Django reads and checks it, our own macros show it.

    Every form carries the key of its deed, so that sending it twice does it once.
    """

    use_required_attribute = False
    deed_key = forms.CharField(max_length=_LONGEST_KEY, required=False, widget=forms.HiddenInput)

    def key(self) -> str:
        """The key of the deed: the one that was sent, or a new one."""
        sent = str(self.data.get("deed_key", "")) if self.is_bound else ""
        return sent if sent.isascii() and sent.isalnum() and len(sent) <= _LONGEST_KEY else secrets.token_hex(16)

    def say(self, fault: Fault, field: str | None = None) -> None:
        """Shows a fault at a field, or above the form."""
        for one in fault.faults if isinstance(fault, Faults) else (fault,):
            self.add_error(field, f"{one.why} {one.remedy}")


FormT = TypeVar("FormT", bound=Form)
_Read = TypeVar("_Read")


def at_the_field(read: Callable[[], _Read]) -> _Read:
    """Reads what was written in a field; what is wrong with it is said there."""
    try:
        return read()
    except Fault as fault:
        raise forms.ValidationError(f"{fault.why} {fault.remedy}") from None


def once(request: Request, key: str, do: Callable[[], str]) -> str:
    """Does a deed in one transaction, once however often the form is sent; gives the page to go to afterwards.

    Two clicks at the same moment: the second waits for the first to be stored, and ends at the same page. Whoever goes
    back in the browser and sends something else from the same page, does something else.
    """
    key = key_of(request, key)
    with writing():
        if done := _DONE.first({TEXT: key}):
            return str(done[0])
        location, person = do(), request.visitor.id if request.visitor else None
        store(Deed(key=key, person_id=person, at=request.now, location=location))
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


def filled(request: Request, form: type[FormT], **options: Any) -> FormT:
    """Gives a form with what was sent, with what was filled in before a session ran out, or empty."""
    if request.method == "POST":
        return form(request.POST, request.FILES, **options)
    kept = restored(request)
    return form(kept, **options) if kept is not None else form(**options)


def key_of(request: Request, key: str) -> str:
    """Gives the key of a deed as it is stored: the same only for the same person, page and content."""
    who = request.visitor.id if request.visitor else 0
    said = sorted((name, value) for name, values in request.POST.lists() for value in values if name not in _NOT_SAID)
    files = sorted(
        (name, getattr(file, "name", ""), getattr(file, "size", 0))
        for name, sent in request.FILES.lists()
        for file in sent
    )
    return hashlib.sha256(repr((key, who, request.path, said, files)).encode()).hexdigest()[:_LONGEST_KEY]
