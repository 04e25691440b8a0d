"""Applying to be the agent (ombud) of a region or municipality, and following and completing the application."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import agents
from statsbidrag.portal.actions.agents import CAPACITIES, PROOFS
from statsbidrag.portal.correspondence import name_of
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import AgentApplication, Document, Person
from statsbidrag.portal.queries.organisation_search import MOST, organisations
from statsbidrag.portal.queries.people import STATES, agent_of, round_at, state_of
from statsbidrag.portal.queries.prepared import ID, Prepared, PreparedObjects
from statsbidrag.portal.views.account.agent_form import ApplicationForm, CompletionForm
from statsbidrag.portal.views.forms import Form, filled, once, sent
from statsbidrag.portal.views.happenings import happenings
from statsbidrag.portal.views.papers import paper
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault

_OWN = PreparedObjects[AgentApplication](lambda: AgentApplication.objects.filter(pk=ID).select_related("case"))
_KNOWN = Prepared(lambda: Person.objects.filter(pk=ID).values_list("email", "telephone", "title"))


def new(request: Request) -> HttpResponse:
    """First which organisation, then the form for it."""
    chosen = rules.recipients().get(request.GET.get("mottagare", ""))
    if chosen is None:
        return _choose(request)
    [known] = _KNOWN.rows({ID: _me(request).id})
    form = filled(request, ApplicationForm, initial=dict(zip(("email", "telephone", "position"), known, strict=True)))
    if answer := sent(request, form, lambda: _apply(request, form, chosen.key)):
        return answer
    form.remind_of_the_file()
    return show(
        request,
        "account/apply.html",
        form=form,
        chosen=chosen,
        proofs={key: f"Bifoga {words}." for key, words in PROOFS.items()},
        replaces=agent_of(chosen.key) is not None,
        time=rules.round_rules(round_at(request.now)).requisition.agent_time,
        kept=rules.book().agency.people.proof,
    )


def application(request: Request, *, application: int) -> HttpResponse:
    """One's own application: where it stands, what has happened, and a way to complete or withdraw it."""
    found = _own(request, application)
    if request.method == "POST" and request.POST.get("deed") == "withdraw":
        return redirect(once(request, Form(request.POST).key(), lambda: _withdraw(request, application)))
    form = filled(request, CompletionForm)
    if answer := sent(request, form, lambda: _complete(request, form, application)):
        return answer
    form.remind_of_the_file()
    state = state_of(found)
    return show(
        request,
        "account/application.html",
        form=form,
        application=found,
        organisation=name_of(found.recipient),
        capacity=CAPACITIES[found.capacity],  # type: ignore[index]  # the form lets only these through
        state=STATES["received"] if state.kind == "closing proposed" else state,
        events=happenings(found, "agent_application_document"),
        time=rules.round_rules(found.case.year).requisition.agent_time.value,
    )


def document(request: Request, *, application: int, entry: int) -> HttpResponse:
    """A document of one's own application."""
    found = _own(request, application)
    return paper(Document.objects.filter(entry__case=found.case, pk=entry).select_related("content").first())


def _choose(request: Request) -> HttpResponse:
    sought, fault = request.GET.get("sok", "").strip(), None
    try:
        found = organisations(sought)
    except Fault as wrong:
        found, fault = (), wrong
    return show(request, "account/choose_organisation.html", sought=sought, found=found, fault=fault, most=MOST)


def _me(request: Request) -> Visitor:
    if request.visitor is None:
        raise Http404
    return request.visitor


def _own(request: Request, application_id: int) -> AgentApplication:
    found = _OWN.one({ID: application_id})
    if found is None or found.person_id != _me(request).id:
        raise Http404
    return found


def _apply(request: Request, form: ApplicationForm, recipient: str) -> str:
    told = {name: form.cleaned_data[name] for name in ("capacity", "position", "email", "telephone", "proof")}
    made = agents.apply(request.visitor, agents.Application(recipient=recipient, **told), request.now)
    return reverse("agent_application", args=[made.pk])


def _complete(request: Request, form: CompletionForm, application_id: int) -> str:
    told = form.cleaned_data
    agents.complete(request.visitor, application_id, request.now, text=told["text"].strip(), proof=told["proof"])
    return reverse("agent_application", args=[application_id])


def _withdraw(request: Request, application_id: int) -> str:
    agents.withdraw(request.visitor, application_id, request.now)
    return reverse("agent_application", args=[application_id])
