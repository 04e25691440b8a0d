"""The recipient's desk: what to do now, by date, where each round stands, and the money with its reasons."""

from datetime import date

from django.http import HttpResponse
from markupsafe import Markup

from statsbidrag.cycle.ledger import LedgerAccount
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.own_cases import OwnCase, own_cases
from statsbidrag.portal.views.recipient.saying import payment_of, state_of, to_do
from statsbidrag.portal.views.recipient.whys import ceiling_why
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.because import Because

_LATER: tuple[tuple[LedgerAccount, str], ...] = (
    ("used", "Använt enligt er återrapportering"),
    ("owed", "Att återbetala"),
    ("repaid", "Återbetalt"),
    ("waived", "Avstått från återkrav"),
)
Money = list[tuple[str, int, Because | Markup | None]]


def recipient_desk(request: Request, *, recipient: str) -> HttpResponse:
    """Shows what the organisation has to do now, and each of its rounds."""
    cases = own_cases(recipient, request.now)
    listed = [each for each in cases if recipient in rules.ceilings(each.place.year)]
    steps = [step for case in listed for step in to_do(case, request.visitor)]
    return show(
        request,
        "recipient/desk.html",
        acting_for=rules.recipients()[recipient].name,
        recipient=recipient,
        steps=sorted(steps, key=lambda step: step.by or date.min),
        rounds=[(case, state_of(case), money(case)) for case in listed],
        may_fill_in=may(request.visitor, "fill in", recipient),
        may_send=may(request.visitor, "submit", recipient),
        sees_colleagues=may(request.visitor, "see colleagues", recipient),
        plans=may(request.visitor, "see region", recipient),
        library=rules.book().library,
    )


def money(case: OwnCase) -> Money:
    """Gives the sums of a case from the ceiling to what is paid, each with its reason where it has one."""
    place = case.place
    rows: Money = [("Högsta belopp", place.ceiling, ceiling_why(place.year, place.recipient))]
    standing = place.standing
    if standing and standing.review.requisition.amount is not None:
        rows.append(("Rekvirerat belopp", standing.review.requisition.amount, standing.review.because()))
    if case.share:
        rows.append(("Omfördelat belopp", *case.share))
    if case.grant:
        rows.append(("Beviljat belopp", case.grant.total, case.grant.because))
    if case.balances["withheld"]:
        rows.append(_withheld(case))
    if case.grant:
        rows.append(_received(case))
    rows += [(name, case.balances[account], None) for account, name in _LATER if case.balances[account]]
    return rows


def _withheld(case: OwnCase) -> tuple[str, int, Because]:
    kronor = case.balances["withheld"]
    steps = tuple(made.because for made in case.decisions if made.kind == "withholding")
    return "Innehållet belopp", kronor, Because("Innehållet enligt våra beslut", kronor, "kr", steps=steps)


def _received(case: OwnCase) -> tuple[str, int, Because]:
    kronor = sum(case.balances[account] for account in ("paid", "used", "owed", "repaid", "waived"))
    payments = [payment_of(paid) for paid in case.payments]
    steps = tuple(Because(f"{payment.word}: {payment.says}") for payment in payments)
    says = "Det som har betalats ut till er enligt huvudboken" if steps else "Inget är utbetalt än"
    return "Mottaget belopp", kronor, Because(says, kronor, "kr", steps=steps)
