"""Step in as anyone: the demonstration's own way past the sign-in."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.middleware import SESSION_KEY, Request
from statsbidrag.portal.views.account.desk import way_in
from statsbidrag.terms.faults import Fault


def step_in(request: Request) -> HttpResponse:
    """Becomes the character that was chosen and goes to its first page; ``public`` signs out."""
    chosen = request.POST.get("role", "")
    next_page = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(next_page, allowed_hosts={request.get_host()}):
        next_page = ""
    if request.method != "POST":
        return redirect("front")
    if chosen == "public":
        request.session.flush()
        return redirect("front")
    if chosen not in {character.key for character in CHARACTERS}:
        raise Fault("demonstrationen", "Rollen finns inte.", "Gå till startsidan och välj en av rollerna där.")
    visitor = as_character(chosen)
    request.session.flush()
    request.session[SESSION_KEY] = visitor.id
    return redirect(next_page or way_in(visitor.id))
