"""Applications to be agent (ombud): the list, and judging one."""

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access
from statsbidrag.portal.access import may
from statsbidrag.portal.actions import agent_judging
from statsbidrag.portal.actions.agents import CAPACITIES, PROOFS
from statsbidrag.portal.correspondence import name_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import AgentApplication, Document
from statsbidrag.portal.queries.people import agent_of, application_lines, proofs_of, state_of
from statsbidrag.portal.queries.prepared import ID, PreparedObjects
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.happenings import happenings
from statsbidrag.portal.views.papers import paper
from statsbidrag.portal.views.rendering import show

_APPLICATION = PreparedObjects[AgentApplication](
    lambda: AgentApplication.objects.filter(pk=ID).select_related("case", "person")
)


class CompletionAskedForm(Form):
    """What the applicant is asked for."""

    asked = forms.CharField(
        label="Vad behöver kompletteras?",
        max_length=5000,
        error_messages={"required": "Skriv vad som saknas och hur sökanden ordnar det."},
    )


class ClosingForm(Form):
    """Why the case should be closed."""

    reason = forms.CharField(
        label="Skäl för att avskriva",
        max_length=5000,
        error_messages={"required": "Skriv skälen. De står i beslutet."},
    )


_FORMS: dict[str, type[Form]] = {
    "ask": CompletionAskedForm,
    "approve": Form,
    "propose": ClosingForm,
    "close": Form,
}


def agent_applications(request: Request) -> HttpResponse:
    """Every application, the longest wait first, except those of recipients where one has noted bias."""
    biased = request.visitor.biased if request.visitor else frozenset()
    lines = [line for line in application_lines(request.now) if line.recipient not in biased]
    return show(
        request,
        "officer/people/applications.html",
        waiting=[(line, name_of(line.recipient)) for line in lines if not line.state.ended],
        ended=[(line, name_of(line.recipient)) for line in lines if line.state.ended],
    )


def judge(request: Request, *, application: int) -> HttpResponse:
    """One application: the proof, what has happened, and what one may do with it."""
    found = _found(request, application)
    deed = request.POST.get("deed", "")
    made = {name: filled(request, form) if name == deed else form() for name, form in _FORMS.items()}
    if deed in made:
        do = _deeds(request, application, made[deed])[deed]
        if answer := sent(request, made[deed], do):
            return answer
    state, visitor = state_of(found), request.visitor
    return show(
        request,
        "officer/people/application.html",
        form=made.get(deed),
        forms=made,
        application=found,
        organisation=name_of(found.recipient),
        capacity=CAPACITIES[found.capacity],  # type: ignore[index]  # the form lets only these through
        should_show=PROOFS[found.capacity],  # type: ignore[index]
        state=state,
        proofs=proofs_of(found),
        agent=agent_of(found.recipient),
        events=happenings(found, "agent_proof", within=True),
        judges=may(visitor, "judge agents", found.recipient) and not state.ended,
        decides=may(visitor, "decide", found.recipient) and state.kind == "closing proposed",
    )


def proof(request: Request, *, application: int, entry: int) -> HttpResponse:
    """A document of an application."""
    found = _found(request, application)
    return paper(Document.objects.filter(entry__case=found.case, pk=entry).select_related("content").first())


def _found(request: Request, application_id: int) -> AgentApplication:
    """Gives the application, unless one has noted bias in its recipient's cases."""
    found = _APPLICATION.one({ID: application_id})
    if found is None:
        raise Http404
    access.require(request.visitor, "see agency", found.recipient)
    return found


def _deeds(request: Request, application_id: int, form: Form) -> dict[str, Callable[[], str]]:
    visitor, now = request.visitor, request.now

    def ask() -> str:
        agent_judging.ask_for_completion(visitor, application_id, form.cleaned_data["asked"], now)
        return reverse("judge_agent_application", args=[application_id])

    def approve() -> str:
        agent_judging.approve(visitor, application_id, now)
        return reverse("judge_agent_application", args=[application_id])

    def propose() -> str:
        agent_judging.propose_closing(visitor, application_id, form.cleaned_data["reason"], now)
        return reverse("judge_agent_application", args=[application_id])

    def close() -> str:
        agent_judging.close(visitor, application_id, now)
        return reverse("judge_agent_application", args=[application_id])

    return {"ask": ask, "approve": approve, "propose": propose, "close": close}
