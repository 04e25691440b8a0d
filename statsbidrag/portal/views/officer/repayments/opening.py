"""A matter of repayment opened: on which ground, how much, of which money, and what has happened."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from statsbidrag.cycle import Liability
from statsbidrag.cycle.grounds import Reach
from statsbidrag.cycle.step_8_repayment import MONEY, RepaymentRules
from statsbidrag.portal import rules
from statsbidrag.portal.actions.repayments import open_matter, open_unreported
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.repayments import holdings, repayment_rules
from statsbidrag.portal.views.forms import Form, at_the_field, filled, sent
from statsbidrag.portal.views.known import known_recipient
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.kronor import read_kronor

UNREPORTED = "unreported"


class OpeningForm(Form):
    """The ground, the money that it reaches, the sum, and what has happened in this case."""

    ground = forms.ChoiceField(label="Grund", error_messages={"required": "Välj den grund som det gäller."})
    money = forms.ChoiceField(
        label="Av vilka pengar?",
        choices=[("unused", "Det som inte är använt"), ("used", "Det som är använt")],
        required=False,
    )
    kronor = forms.CharField(label="Belopp som ska återbetalas", max_length=40, required=False)
    why = forms.CharField(label="Vad har hänt?", max_length=2000, required=False)

    def __init__(self, *args: Any, known: RepaymentRules, **options: Any) -> None:
        super().__init__(*args, **options)
        grounds = [(one.ground, one.text.value) for one in known.grounds if one.ground != known.unreported.value]
        unreported = known.ground(known.unreported.value).text.value
        self.fields["ground"].choices = [*grounds, (UNREPORTED, unreported)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A ground other than that no report came needs its sum and what has happened."""
        said = super().clean() or {}
        if said.get("ground") and said["ground"] != UNREPORTED:
            for name, says in (("kronor", "Ange beloppet."), ("why", "Beskriv vad som har hänt.")):
                if not said.get(name):
                    self.add_error(name, says)
        return said

    def clean_kronor(self) -> int | None:
        """The sum in whole kronor; None where nothing is written."""
        written = self.cleaned_data["kronor"].strip()
        return at_the_field(lambda: read_kronor(written, "belopp")) if written else None


def open_repayment(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Opens a matter on a ground; where no report came, on everything that was paid."""
    known_recipient(year, recipient)
    known = repayment_rules(year)
    form = filled(request, OpeningForm, known=known)

    def open_() -> str:
        said = form.cleaned_data
        if said["ground"] == UNREPORTED:
            row = open_unreported(request.visitor, year, recipient, request.now)
        else:
            money: Reach = "used" if said["money"] == "used" else "unused"
            found = Liability(known.ground(said["ground"]), money, said["kronor"], said["why"].strip())
            row = open_matter(request.visitor, year, recipient, [found], now=request.now)
        return reverse("repayment", args=(year, recipient, row.pk))

    if answer := sent(request, form, open_):
        return answer
    return show(
        request,
        "officer/repayments/open.html",
        year=year,
        recipient=recipient,
        name=rules.recipients()[recipient].name,
        form=form,
        holdings=holdings(year, recipient),
        grounds=[(one, ", ".join(MONEY[part] for part in one.reaches.value)) for one in known.grounds],
        library=rules.book().library,
    )
