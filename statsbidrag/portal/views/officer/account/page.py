"""The joint account: its tables tied to the ledger, its text written together, reviewed and decided."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle import Account
from statsbidrag.exchange import joint_account as tables
from statsbidrag.exchange.letters.account import Comparison
from statsbidrag.exchange.tables import as_json
from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import joint_account as deeds
from statsbidrag.portal.actions.joint_account import AccountChanged
from statsbidrag.portal.letters.joint_account import account_letter
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Case, JointAccount
from statsbidrag.portal.queries.joint_account import account_of, draft_of
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Kind

_KINDS: dict[Kind, str] = {"region": "Regioner", "municipality": "Kommuner"}
_SUMS = ("granted", "reallocated", "paid", "used", "claimed", "waived", "repaid", "outstanding")
STATES = {
    "draft": "Utkast",
    "review": "Framlagd för beslut",
    "returned": "Tillbaka för ändring",
    "decided": "Beslutad",
}


class AccountForm(Form):
    """What the agency writes; what is done with it stands on the button."""

    action = forms.ChoiceField(choices=[(one, one) for one in ("save", "put forward", "send back", "decide")])
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    assessment = forms.CharField(
        label="Sammanfattande bedömning av resultaten mot syftet och villkoren", max_length=20_000, required=False
    )
    use = forms.CharField(label="Hur bidraget har använts", max_length=20_000, required=False)
    results = forms.CharField(label="Resultat", max_length=20_000, required=False)
    says = forms.CharField(label="Vad ska ändras?", max_length=4000, required=False)


def joint_account(request: Request, *, year: int) -> HttpResponse:
    """Shows the account as it is today, keeps what is written, and lets it be decided."""
    known_round(year)
    row = draft_of(year)
    texts = {name: getattr(row, name) for name in ("assessment", "use", "results")} if row else {}
    form = filled(request, AccountForm, initial={**texts, "version": row.version if row else 0})
    changed: AccountChanged | None = None

    def done() -> str:
        nonlocal changed
        try:
            _do(request, year, form.cleaned_data)
        except AccountChanged as fault:
            changed = fault
            raise
        return reverse("joint_account", args=(year,))

    if answer := sent(request, form, done):
        return answer
    return _page(request, year, row, form=form, changed=changed)


def joint_account_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives the account as a PDF, or its tables as a file."""
    known_round(year)
    row = draft_of(year)
    given = account_of(year, row.assessment if row else "")
    if ending == "pdf":
        case = Case.objects.filter(kind="round", year=year).first()
        if case is None:
            raise Http404
        shown = row or JointAccount(year=year, changed=request.now)
        return HttpResponse(account_letter(shown, given, case, request.now), content_type="application/pdf")
    table = tables.recipients_table(given)
    if ending == "json":
        return HttpResponse(as_json(table, name="recipients", facts={"round": year}), content_type="application/json")
    if ending not in ENDINGS:
        raise Http404
    return download(table, f"samlad-redovisning-{year}", ENDINGS[ending], request.now.date())


def _do(request: Request, year: int, said: dict[str, Any]) -> None:
    visitor, now = request.visitor, request.now
    if said["action"] in ("save", "put forward"):
        conditions = {
            one.point: request.POST.get(f"condition.{place}", "") for place, one in enumerate(_conditions(year))
        }
        deeds.save(visitor, year, said, conditions, version=said["version"] or 0, now=now)
    if said["action"] == "put forward":
        deeds.put_forward(visitor, year, now)
    elif said["action"] == "send back":
        deeds.send_back(visitor, year, said["says"], now)
    elif said["action"] == "decide":
        deeds.decide(visitor, year, now)


def _page(
    request: Request, year: int, row: JointAccount | None, *, form: AccountForm, changed: AccountChanged | None
) -> HttpResponse:
    given, fault = _given(year, row)
    state = row.state if row else "draft"
    written = [
        (place, one, row.conditions.get(one.point, "") if row else "") for place, one in enumerate(_conditions(year))
    ]
    sent_in = request.POST
    conditions = [(place, one, sent_in.get(f"condition.{place}", text)) for place, one, text in written]
    return show(
        request,
        "officer/account/account.html",
        year=year,
        row=row,
        form=form,
        changed=changed,
        state=STATES[state],
        open=state in ("draft", "returned"),
        waits=state == "review",
        given=given,
        fault=fault,
        money=_money(given) if given else [],
        words=tables.WORDS,
        charts=_charts(given, year) if given else [],
        conditions=conditions,
        events=list(row.events.select_related("by")) if row else [],
        account_rules=rules.round_rules(year).account,
        may_write=access.may(request.visitor, "write account"),
        may_decide=access.may(request.visitor, "decide"),
        library=rules.book().library,
    )


def _given(year: int, row: JointAccount | None) -> tuple[Account | None, Fault | None]:
    try:
        return account_of(year, row.assessment if row else ""), None
    except Fault as fault:
        return None, fault


def _conditions(year: int) -> tuple[Any, ...]:
    return rules.round_rules(year).decision.conditions


def _money(given: Account) -> list[tuple[str, int, list[tuple[str, int]]]]:
    """The money by kind and together: who, how many have received it, and each sum."""
    rows = [(who, len(given.received(kind)), given.money_of(kind)) for kind, who in _KINDS.items()]
    everyone = ("Tillsammans", sum(count for _, count, _ in rows), given.total)
    return [(who, count, [(name, getattr(money, name)) for name in _SUMS]) for who, count, money in (*rows, everyone)]


def _charts(given: Account, year: int) -> list[tuple[Comparison, int]]:
    """Every comparison with its largest number, which its bars are drawn against."""
    form = form_of(year)
    all_of_them = [tables.efforts_of(given), tables.visits_of(given), *(tables.answers_of(given, form) if form else ())]
    return [
        (one, max((count or 0 for row in one.rows for count in (row.regions, row.municipalities)), default=0))
        for one in all_of_them
        if one.rows
    ]
