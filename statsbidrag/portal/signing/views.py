"""The pages of the sign-in: choose e-legitimation, go there, come back, and leave."""

import logging
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from statsbidrag.portal.middleware import SESSION_KEY, Request
from statsbidrag.portal.signing import pending, refusals
from statsbidrag.portal.signing.arrival import arrive
from statsbidrag.portal.signing.identity import Identity
from statsbidrag.portal.signing.oidc import answered, new_question, public_keys, way_to
from statsbidrag.portal.signing.refusals import NotSignedIn
from statsbidrag.portal.signing.setup import Provider, read_provider
from statsbidrag.portal.views.account.desk import way_in
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault

_ORGANISATION = "organisation_number"
_INTERRUPTED = "interrupted"
_log = logging.getLogger(__name__)


def sign_in(request: Request) -> HttpResponse:
    """Shows the ways in: e-legitimation, or the roles of the demonstration."""
    then = _then(request)
    if request.visitor:
        return redirect(then or way_in(request.visitor.id))
    query = f"?{urlencode({'next': then})}" if then else ""
    start = reverse("front") + query if settings.DEMONSTRATION else reverse("sign_in_start") + query
    return _fresh(show(request, "account/sign_in.html", start=start, interrupted=_INTERRUPTED in request.COOKIES))


def sign_in_start(request: Request) -> HttpResponse:
    """Sends the person to the provider of e-legitimation."""
    if settings.DEMONSTRATION:
        return redirect("sign_in")
    then = _then(request)
    question = new_question(request.build_absolute_uri(reverse("sign_in_answer")), then)
    try:
        address = way_to(_provider(), question, request.now)
    except NotSignedIn as refusal:
        return _not_let_in(request, refusal, then)
    pending.remember(request.session, question, request.now)
    return _fresh(HttpResponseRedirect(address))


def sign_in_answer(request: Request) -> HttpResponse:
    """Lets in the person that the provider sends back, or says why not."""
    question = pending.take(request.session, request.GET.get("state", ""), request.now)
    if question is None:
        return _not_let_in(request, refusals.not_ours(), "")
    try:
        identity = answered(_provider(), question, request.GET.dict(), request.now)
    except NotSignedIn as refusal:
        return _not_let_in(request, refusal, question.then)
    person = _let_in(request, identity)
    return _fresh(redirect(question.then or way_in(person)))


def sign_out(request: Request) -> HttpResponse:
    """Ends the visit; asks first where someone only followed a link."""
    if request.visitor is None:
        return redirect("signed_out")
    if request.method != "POST":
        return _fresh(show(request, "account/sign_out.html"))
    request.session.flush()
    response = redirect("signed_out")
    response.delete_cookie(_INTERRUPTED)
    return response


def signed_out(request: Request) -> HttpResponse:
    """Says that the visit has ended, and what to do on a shared computer."""
    return _fresh(show(request, "account/signed_out.html"))


def sign_in_keys(_request: Request) -> HttpResponse:
    """Gives the public half of our key, for the provider to read."""
    return JsonResponse(public_keys(_provider()))


def organisation_of(request: Request) -> str:
    """Gives the organisation number that came with a work e-legitimation, to begin a form with; or an empty text."""
    return str(request.session.get(_ORGANISATION, ""))


def _provider() -> Provider:
    """Gives the provider; what is missing in the environment is told to the log and not to the visitor."""
    try:
        return read_provider()
    except Fault as fault:
        _log.error("sign-in: %s", fault)
        raise refusals.not_set_up() from fault


def _let_in(request: Request, identity: Identity) -> int:
    """Begins a session of the person's own: nothing of an earlier visit, and a new key that nobody has seen."""
    person = arrive(identity.subject, identity.name, request.now).pk
    request.session.flush()
    request.session[SESSION_KEY] = person
    if identity.organisation_number:
        request.session[_ORGANISATION] = identity.organisation_number
    return int(person)


def _not_let_in(request: Request, refusal: NotSignedIn, then: str) -> HttpResponse:
    _log.warning("sign-in: %s", refusal.reason)
    again = reverse("sign_in") + (f"?{urlencode({'next': then})}" if then else "")
    return _fresh(show(request, "account/not_signed_in.html", status=refusal.status, fault=refusal, again=again))


def _then(request: Request) -> str:
    """Gives the page to go on to, where it is one of ours."""
    wanted = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""


def _fresh(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
