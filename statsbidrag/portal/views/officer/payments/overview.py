"""The payments of a round: what is due, what is held and why, the batches, and what to do next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions.payment_notices import send_lacking
from statsbidrag.portal.actions.payments import prepare_batch
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.due_payments import Outlook, Wait, WaitKind, outlook
from statsbidrag.portal.queries.payment_batches import BatchLine, batches
from statsbidrag.portal.queries.payments import STATES, Payments
from statsbidrag.portal.queries.payments import payments as known_payments
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.faults import Fault

WAITS: dict[WaitKind, tuple[str, str]] = {
    "mend": ("Ska göras om", "bad"),
    "owner check": ("Väntar på kontroll", "wait"),
    "no giro": ("Gironummer saknas", "wait"),
    "withheld": ("Innehålls", "neutral"),
    "overpaid": ("För mycket utbetalt", "bad"),
}


class PrepareForm(Form):
    """The day on which the money is to leave."""

    day = forms.DateField(
        label="Utbetalningsdag",
        help_text="En bankdag, som 2025-05-26.",
        error_messages={"required": "Ange en dag.", "invalid": "Skriv dagen som 2025-05-26."},
    )


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do now."""

    what: str
    link: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows: every payment, what is due and held, and the batches; ``fault`` where nothing is due yet."""

    known: Payments
    outlook: Outlook | None
    fault: Fault | None
    batches: list[BatchLine]

    @property
    def due(self) -> int:
        """What is to be paid now, in kronor."""
        return self.outlook.batch.total if self.outlook else 0

    @property
    def waits(self) -> list[Wait]:
        """What is held, what a person can do something about first."""
        order = list(WAITS)
        return sorted(self.outlook.waits, key=lambda wait: order.index(wait.kind)) if self.outlook else []

    @property
    def lacking(self) -> int:
        """How many are paid and have had no notice of it."""
        return sum(attempt.state == "paid" and not attempt.noticed for attempt in self.known.attempts)


def payments(request: Request, *, year: int) -> HttpResponse:
    """Shows the payments of a round; a batch is prepared and lacking notices are sent from here."""
    known_round(year)
    next_day = bank_day_from(request.now.date())
    notices = request.POST.get("deed") == "notices"
    form = filled(request, Form if notices else PrepareForm, **({} if notices else {"initial": {"day": next_day}}))

    def done() -> str:
        if notices:
            send_lacking(request.visitor, year)
            return reverse("payments", args=[year])
        batch = prepare_batch(request.visitor, year, form.cleaned_data["day"], request.now)
        return reverse("payment_batch", args=[year, batch.number])

    if answer := sent(request, form, done, field="day"):
        return answer
    seen = _seen(year, next_day, request.now.date())
    return show(
        request,
        "officer/payments/payments.html",
        year=year,
        form=form if isinstance(form, PrepareForm) else PrepareForm(initial={"day": next_day}),
        seen=seen,
        steps=list(_steps(seen, year, lambda right: access.may(request.visitor, right))),
        waits=WAITS,
        state_words=STATES,
        notice_key=Form().key(),
        parties=rules.recipients(),
        library=rules.book().library,
        may_pay=access.may(request.visitor, "prepare payment"),
        may_register=access.may(request.visitor, "register"),
        needed=rules.book().agency.attest.people.value,
    )


def _seen(year: int, day: date, today: date) -> Seen:
    known = known_payments(year)
    try:
        found, fault = outlook(year, day, today, known), None
    except Fault as refusal:
        found, fault = None, refusal
    return Seen(known, found, fault, batches(year, known))


def _steps(seen: Seen, year: int, may: Callable[[access.Right], bool]) -> Iterator[Step]:
    """What there is to do now, the most urgent first, for whoever may do it."""
    needed = rules.book().agency.attest.people.value
    for batch in seen.batches:
        link = reverse("payment_batch", args=[year, batch.number])
        if batch.state == "prepared" and batch.attested < needed and may("attest"):
            yield Step(f"Attestera utbetalning {batch.number}", link, f"{batch.attested} av {needed} har attesterat.")
        elif batch.state == "prepared" and batch.attested >= needed and may("prepare payment"):
            yield Step(f"Lämna över utbetalning {batch.number}", link, "Den är attesterad.")
    if not may("prepare payment"):
        return
    kinds = [wait.kind for wait in seen.waits]
    for kind, what in (("mend", "Åtgärda det som inte gick att betala"), ("owner check", "Kontrollera nya gironummer")):
        if count := kinds.count(kind):  # type: ignore[arg-type]  # the two are kinds of waiting
            yield Step(what, "#halls", "En mottagare." if count == 1 else f"{count} mottagare.")
    if seen.outlook and seen.outlook.batch.payments:
        count = len(seen.outlook.batch.payments)
        yield Step("Bered en utbetalning", "#bered", f"{count} betalning{'ar' if count > 1 else ''}.")
    unmatched = seen.batches[0].unmatched if seen.batches else 0
    if unmatched or seen.known.kronor("unclear"):
        yield Step("Gå igenom svar som inte stämmer", reverse("bank_answers", args=[year]))
    if seen.known.kronor("sent", "accepted"):
        yield Step("Läs in bankens eller ekonomisystemets svar", reverse("bank_answers", args=[year]))
