"""Who may have to pay back, and how far each matter has come; self-reported unused money is claimed as a list."""

from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.repayments import claim_unused
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.repayments import STATES, Candidate, candidates, repayment_rules, state_of
from statsbidrag.portal.queries.report_list import STATES as REPORT_STATES
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show


def repayments(request: Request, *, year: int) -> HttpResponse:
    """Shows who may have to pay back; prepares the claims on what recipients themselves have reported as unused."""
    known_round(year)
    form = filled(request, Form)

    def prepare() -> str:
        count = claim_unused(request.visitor, year, request.now)
        return f"{reverse('repayments', args=(year,))}?berett={count}"

    if answer := sent(request, form, prepare):
        return answer
    found = candidates(year, request.now.date())
    batch = [one for one in found if _in_batch(one)]
    prepared = request.GET.get("berett", "")
    return show(
        request,
        "officer/repayments/repayments.html",
        year=year,
        form=form,
        rows=[(one, [(each, STATES[state_of(each)]) for each in one.matters]) for one in found],
        report_states=REPORT_STATES,
        batch=len(batch),
        batch_sum=sum(one.unused for one in batch),
        prepared=int(prepared) if prepared.isascii() and prepared.isdigit() and len(prepared) < 10 else None,
        rules=repayment_rules(year),
        may_prepare=access.may(request.visitor, "prepare decision"),
        may_hear=access.may(request.visitor, "hear"),
        library=rules.book().library,
    )


def _in_batch(one: Candidate) -> bool:
    return bool(one.unused and one.report in ("sent", "accepted") and not one.matters)
