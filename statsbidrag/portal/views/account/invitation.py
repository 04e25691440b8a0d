"""An invitation, opened by its link: what it is about, and yes or no."""

from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal.access import AGENCY, RIGHTS
from statsbidrag.portal.actions import invitations
from statsbidrag.portal.correspondence import name_of, word_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.account.colleagues import MAY_DO
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.rendering import show


def invitation(request: Request, *, token: str) -> HttpResponse:
    """Shows the invitation and takes the answer; says so where the link no longer leads anywhere."""
    form = filled(request, Form)
    says_yes = request.POST.get("answer") == "yes"
    if request.POST.get("answer") in ("yes", "no") and (
        answered := sent(request, form, lambda: _answer(request, token, says_yes=says_yes))
    ):
        return answered
    found = invitations.invitation_behind(token, request.now)
    if found is None:
        return show(request, "account/invitation_over.html", status=404)
    return show(
        request,
        "account/invitation.html",
        form=form,
        invitation=found,
        organisation=name_of(found.recipient),
        word=word_of(found.kind),
        may_do="" if found.kind in AGENCY else MAY_DO[found.kind],  # type: ignore[index]  # one of the roles
    )


def _answer(request: Request, token: str, *, says_yes: bool) -> str:
    if not says_yes:
        invitations.decline(request.visitor, token, request.now)
        return reverse("my_organisations")
    role = invitations.accept(request.visitor, token, request.now)
    sees_colleagues = role.recipient and role.kind in RIGHTS["see colleagues"]
    return reverse("colleagues", args=[role.recipient]) if sees_colleagues else reverse("my_organisations")
