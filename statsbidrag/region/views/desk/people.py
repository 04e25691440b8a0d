"""The region's own people: its planners and those who decide by the board's mandate."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import RoleKind, may
from statsbidrag.portal.actions import invitations, roles
from statsbidrag.portal.correspondence import word_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.people import holding
from statsbidrag.portal.views.account.colleagues import MAY_DO, InvitationForm, deeds, ends, link_of, waiting
from statsbidrag.portal.views.forms import Form, filled, once, sent
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.views.place import place_of

_INVITED: tuple[RoleKind, ...] = ("region_planner", "mandate_holder")


def region_people(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows who works with the region's grant; a planner invites and ends roles."""
    place, here = place_of(recipient, year), reverse("region_people", args=[recipient, year])
    visitor = request.visitor
    assert visitor is not None, "the guard lets in nobody else"
    deed = deeds(request, here).get(request.POST.get("deed", ""))
    if request.method == "POST" and deed:
        return redirect(once(request, Form(request.POST).key(), deed))
    kinds = tuple(kind for kind in _INVITED if may(visitor, roles.INVITING[kind], recipient))
    form = filled(request, InvitationForm, kinds=kinds)

    def invite() -> str:
        told = form.cleaned_data
        invitations.invite(visitor, recipient, told["kind"], told["email"], link=link_of(request), now=request.now)
        return f"{here}#inbjudna"

    if kinds and (answer := sent(request, form, invite, field="email")):
        return answer
    return show(
        request,
        "region/desk/people.html",
        **place.shown,
        form=form,
        kinds=kinds,
        may_do={kind: MAY_DO[kind] for kind in _INVITED},
        lines=[(one, word_of(one.kind), ends(visitor, one, recipient)) for one in holding(recipient, _INVITED)],
        waiting=[each for each in waiting(request, recipient) if each["mine"]],
        days=rules.book().agency.people.invitation,
    )
