"""Who works at a clinic in the service: invited by its head or by the region's planner, and ended by them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import RoleKind, Visitor, may
from statsbidrag.portal.actions import invitations
from statsbidrag.portal.actions.roles import INVITING
from statsbidrag.portal.correspondence import word_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.people import Colleague, holding
from statsbidrag.portal.views.account.colleagues import MAY_DO, InvitationForm, deeds, link_of, waiting
from statsbidrag.portal.views.forms import Form, filled, once, sent
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.views.place import Place, clinic_place

CLINIC_KINDS: tuple[RoleKind, ...] = ("clinic_head", "clinic")


def clinic_people(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows who works at a clinic, with what one may change oneself."""
    place = clinic_place(recipient, year)
    here = reverse("clinic_people", args=(recipient, year))
    deed = deeds(request, here).get(request.POST.get("deed", ""))
    if request.method == "POST" and deed:
        return redirect(once(request, Form(request.POST).key(), deed))
    kinds = CLINIC_KINDS if may(request.visitor, "invite to clinic", recipient) else ()
    form = filled(request, InvitationForm, kinds=kinds)
    if kinds and (answer := sent(request, form, lambda: _invite(request, form, place), field="email")):
        return answer
    return show(
        request,
        "region/clinics/people.html",
        **place.shown,
        form=form,
        kinds=kinds,
        may_do={kind: MAY_DO[kind] for kind in CLINIC_KINDS},
        lines=[
            (one, word_of(one.kind), _ends(request.visitor, one, recipient)) for one in holding(recipient, CLINIC_KINDS)
        ],
        waiting=waiting(request, recipient),
        days=rules.book().agency.people.invitation,
    )


def _invite(request: Request, form: InvitationForm, place: Place) -> str:
    told = form.cleaned_data
    invitations.invite(request.visitor, place.key, told["kind"], told["email"], link=link_of(request), now=request.now)
    return f"{reverse('clinic_people', args=(place.key, place.year))}#inbjudna"


def _ends(visitor: Visitor | None, one: Colleague, key: str) -> str:
    """What the button beside someone says; empty where there is none."""
    if visitor and one.person == visitor.id:
        return "Lämna uppdraget"
    return "Avsluta" if may(visitor, INVITING[one.kind], key) else ""
