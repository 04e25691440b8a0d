"""The agency's own staff: who has which role, invitations, and ending roles."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import AGENCY, ROLES
from statsbidrag.portal.actions import invitations, roles
from statsbidrag.portal.correspondence import word_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import people
from statsbidrag.portal.views.account.colleagues import deeds, link_of, waiting
from statsbidrag.portal.views.forms import Form, filled, once, sent
from statsbidrag.portal.views.rendering import show

_KINDS = tuple((kind, word.capitalize()) for kind, word in ROLES.items() if kind in AGENCY)
_CHOOSE = {"required": "Välj en roll.", "invalid_choice": "Välj en av rollerna."}


class StaffInvitationForm(Form):
    """Whom the administrator invites, and to which role."""

    kind = forms.ChoiceField(label="Roll", choices=_KINDS, error_messages=_CHOOSE)
    email = forms.EmailField(
        label="E-post hos myndigheten",
        error_messages={
            "required": "Skriv medarbetarens e-postadress.",
            "invalid": "E-postadressen är inte hel. Skriv den som namn@myndigheten.se.",
        },
    )


class RoleForm(Form):
    """One more role for someone who already works here."""

    person = forms.TypedChoiceField(
        label="Medarbetare",
        coerce=int,
        error_messages={"required": "Välj en medarbetare.", "invalid_choice": "Välj en medarbetare i listan."},
    )
    role = forms.ChoiceField(label="Roll till", choices=_KINDS, error_messages=_CHOOSE)

    def __init__(self, *given: object, members: list[tuple[int, str]], **options: object) -> None:
        super().__init__(*given, **options)  # type: ignore[arg-type]  # what Django's form takes
        self.fields["person"].choices = [("", "Välj medarbetare"), *members]  # type: ignore[attr-defined]


def staff(request: Request) -> HttpResponse:
    """Who works at the agency with which roles; the administrator invites, gives one more role, and ends roles."""
    here, deed = reverse("staff"), request.POST.get("deed", "")
    small = deeds(request, here).get(deed)
    if request.method == "POST" and small:
        return redirect(once(request, Form(request.POST).key(), small))
    members = people.staff()
    own = request.visitor.id if request.visitor else 0
    others = [(held[0].person, name) for name, _, held in members if held[0].person != own]
    giving = filled(request, RoleForm, members=others) if deed == "give" else RoleForm(members=others)
    inviting = filled(request, StaffInvitationForm) if deed == "invite" else StaffInvitationForm()
    if deed == "give" and (answer := sent(request, giving, lambda: _give(request, giving))):
        return answer
    if deed == "invite" and (answer := sent(request, inviting, lambda: _invite(request, inviting), field="email")):
        return answer
    return show(
        request,
        "officer/people/staff.html",
        form=giving if deed == "give" else inviting,
        inviting=inviting,
        giving=giving,
        members=[(name, email, [(one, word_of(one.kind)) for one in held]) for name, email, held in members],
        past=[(name, word_of(kind), since, ended) for name, kind, since, ended in people.past_staff()],
        waiting=waiting(request, ""),
        days=rules.book().agency.people.invitation,
    )


def _give(request: Request, form: RoleForm) -> str:
    roles.give_at_agency(request.visitor, form.cleaned_data["person"], form.cleaned_data["role"], request.now)
    return reverse("staff")


def _invite(request: Request, form: StaffInvitationForm) -> str:
    told = form.cleaned_data
    invitations.invite(request.visitor, "", told["kind"], told["email"], link=link_of(request), now=request.now)
    return reverse("staff")
