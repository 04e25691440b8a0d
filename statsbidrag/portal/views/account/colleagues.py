"""Colleagues of a recipient: who has which role, invitations, and ending roles."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import RoleKind, Visitor, may
from statsbidrag.portal.actions import invitations, roles
from statsbidrag.portal.correspondence import word_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import people
from statsbidrag.portal.views.forms import Form, filled, once, sent
from statsbidrag.portal.views.rendering import show

MAY_DO: dict[RoleKind, str] = {
    "agent": "Rekvirerar, redovisar, bjuder in och tar bort alla andra. Söks hos myndigheten.",
    "deputy": "Fyller i och skickar in. Bjuder in alla utom representanter.",
    "coordinator": "Fyller i uppgifter men skickar inte in.",
    "signatory": "Godkänner redovisningen innan den skickas in.",
    "reader": "Läser ärendena men ändrar inget.",
    "region_planner": "Fördelar regionens bidrag vidare, sköter registret över enheter och räknar av besöken.",
    "mandate_holder": "Beslutar enligt nämndens uppdrag, till exempel att flytta pengar mellan satsningar.",
    "clinic": "Lämnar in hembesök och fyller i enhetens ansökan och redovisning.",
    "clinic_head": "Skickar in och undertecknar enhetens ansökan och redovisning, och bjuder in medarbetare.",
}
_INVITED = ("deputy", "coordinator", "signatory", "reader")


class InvitationForm(Form):
    """Whom one invites, and to which role."""

    kind = forms.ChoiceField(
        label="Roll", error_messages={"required": "Välj en roll.", "invalid_choice": "Välj en av rollerna."}
    )
    email = forms.EmailField(
        label="E-post i arbetet",
        error_messages={
            "required": "Skriv kollegans e-postadress.",
            "invalid": "E-postadressen är inte hel. Skriv den som namn@kommunen.se.",
        },
    )

    def __init__(self, *given: object, kinds: tuple[str, ...], **options: object) -> None:
        super().__init__(*given, **options)  # type: ignore[arg-type]  # what Django's form takes
        self.fields["kind"].choices = [(kind, word_of(kind).capitalize()) for kind in kinds]  # type: ignore[attr-defined]


def colleagues(request: Request, *, recipient: str) -> HttpResponse:
    """Who acts for the recipient, with what one may change oneself."""
    visitor = request.visitor
    if visitor is None or recipient not in rules.recipients():
        raise Http404
    here = reverse("colleagues", args=[recipient])
    deed = deeds(request, here).get(request.POST.get("deed", ""))
    if request.method == "POST" and deed:
        return redirect(once(request, Form(request.POST).key(), deed))
    kinds = tuple(kind for kind in _INVITED if may(visitor, roles.INVITING[kind], recipient))
    form = filled(request, InvitationForm, kinds=kinds)
    if kinds and (answer := sent(request, form, lambda: _invite(request, form, recipient), field="email")):
        return answer
    return show(
        request,
        "account/colleagues.html",
        form=form,
        kinds=kinds,
        may_do={kind: MAY_DO[kind] for kind in MAY_DO},
        organisation=rules.recipients()[recipient].name,
        recipient=recipient,
        lines=[(one, word_of(one.kind), ends(visitor, one, recipient)) for one in people.colleagues(recipient)],
        waiting=waiting(request, recipient),
        days=rules.book().agency.people.invitation,
        removes=may(visitor, "remove organisation", recipient),
    )


def remove_organisation(request: Request, *, recipient: str) -> HttpResponse:
    """Asks once more, and ends every role of the organisation."""
    if recipient not in rules.recipients():
        raise Http404
    form = filled(request, Form)

    def remove() -> str:
        roles.remove_organisation(request.visitor, recipient, request.now)
        return reverse("my_organisations")

    if answer := sent(request, form, remove):
        return answer
    name = rules.recipients()[recipient].name
    found = people.colleagues(recipient)
    return show(
        request, "account/remove_organisation.html", form=form, organisation=name, found=found, recipient=recipient
    )


def link_of(request: Request) -> invitations.Link:
    """Makes the whole address of an invitation out of its secret."""
    return lambda token: request.build_absolute_uri(reverse("invitation", args=[token]))


def deeds(request: Request, here: str) -> dict[str, Callable[[], str]]:
    """The deeds of the small buttons: on an invitation that waits, or on a role; each ends at the page it came from."""
    visitor, now = request.visitor, request.now
    sent_id = request.POST.get("id", "")
    number = int(sent_id) if sent_id.isascii() and sent_id.isdigit() and len(sent_id) < 18 else 0

    def resend() -> str:
        invitations.resend(visitor, number, link=link_of(request), now=now)
        return here

    def revoke() -> str:
        invitations.revoke(visitor, number, now)
        return here

    def end() -> str:
        role = roles.end_role(visitor, number, now)
        return reverse("my_organisations") if visitor and role.person_id == visitor.id else here

    return {"resend": resend, "revoke": revoke, "end": end}


def waiting(request: Request, recipient: str) -> list[dict[str, object]]:
    """The invitations that wait, with what one may do about each."""
    return [
        {
            "id": each.pk,
            "email": each.email,
            "word": word_of(each.kind),
            "by": each.invited_by.name,
            "expires": each.expires,
            "expired": each.expires <= request.now,
            "mine": may(request.visitor, roles.INVITING[each.kind], recipient),
        }
        for each in people.waiting_invitations(recipient)
    ]


def ends(visitor: Visitor, one: people.Colleague, recipient: str) -> str:
    """What the button beside a colleague says; empty where there is none."""
    if one.person == visitor.id:
        return "Lämna uppdraget"
    right = roles.INVITING.get(one.kind)
    return "Avsluta" if right and may(visitor, right, recipient) else ""


def _invite(request: Request, form: InvitationForm, recipient: str) -> str:
    told = form.cleaned_data
    invitations.invite(request.visitor, recipient, told["kind"], told["email"], link=link_of(request), now=request.now)
    return f"{reverse('colleagues', args=[recipient])}#inbjudna"
