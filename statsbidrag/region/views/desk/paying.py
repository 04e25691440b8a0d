"""Payments and transfers by the plan: what is left to pay on each line, what is paid, and the form for one more."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.paying import pay_out, take_back
from statsbidrag.region.queries.book import entered
from statsbidrag.region.queries.plan import VISIT_PAY, RegionPlan, plan_of
from statsbidrag.region.views.desk.fields import MoneyForm, iso
from statsbidrag.region.views.place import place_of
from statsbidrag.region.writing import sent
from statsbidrag.terms.kronor import grouped, in_words

_KINDS = {"paid": "Utbetalt eller överfört", "returned": "Kom tillbaka till regionen"}


class PaymentForm(MoneyForm):
    """What has been paid to which line of the plan, or has come back from it."""

    line = forms.ChoiceField(label="Del av planen", error_messages={"required": "Välj en del av planen."})
    kind = forms.ChoiceField(label="Vad har hänt?", choices=list(_KINDS.items()))

    def __init__(self, *given: Any, plan: RegionPlan, **options: Any) -> None:
        super().__init__(*given, **options)
        balances = plan.book.balances
        lines = [
            (line.id, f"{line.name} (kvar att betala ut: {in_words(balances.get(('planned', line.id), 0))})")
            for line in plan.distribution.lines
            if line.id != VISIT_PAY
        ]
        self.fields["line"].choices = [("", "Välj"), *lines]  # type: ignore[attr-defined]


def region_payments(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows what has been paid, and enters a payment, in whole or in part, or money that has come back."""
    place = place_of(recipient, year)
    plan = plan_of(place.begun)
    form = filled(request, PaymentForm, plan=plan, initial=_offered(request, plan))

    def do() -> str:
        deed = pay_out if form.cleaned_data["kind"] == "paid" else take_back
        deed(request.visitor, place.begun, form.cleaned_data["line"], **form.said, now=request.now)
        return reverse("region_payments", args=[recipient, year])

    if answer := sent(request, form, do, field="kronor"):
        return answer
    return show(
        request,
        "region/desk/payments.html",
        **place.shown,
        plan=plan,
        form=form,
        rows=entered(plan.book, _KINDS),
        may_plan=may(request.visitor, "plan region", recipient),
    )


def _offered(request: Request, plan: RegionPlan) -> dict[str, Any]:
    """The line that was asked for, with all that is left to pay on it."""
    line = request.GET.get("rad", "")
    unpaid = plan.unpaid(line) if line != VISIT_PAY else 0
    known = {"line": line, "kronor": grouped(unpaid)} if unpaid else {}
    return {"kind": "paid", "day": iso(request.now.date()), **known}
