"""The requisition's form: reads what people write, and says at the field what cannot stand and what to do."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms

from statsbidrag.cycle import Review
from statsbidrag.portal.actions.requisition import Facts
from statsbidrag.portal.views.forms import Form, at_the_field
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import read_giro
from statsbidrag.terms.kronor import grouped, read_kronor
from statsbidrag.terms.kronor import in_words as kronor_in_words

# Longer than any answer may be; what is longer is no answer and is not kept.
_LONGEST = 300
YES_NO = (("yes", "Ja"), ("no", "Nej"))
ANSWERS = (
    "amount",
    "wants_more",
    "at_most",
    "other_support",
    "giro",
    "contact_name",
    "contact_email",
    "contact_telephone",
    "their_reference",
)


def _required(says: str) -> dict[str, str]:
    return {"required": says, "invalid": says, "invalid_choice": says}


class RequisitionForm(Form):
    """What a requisition says.

    ``judge`` is the check of step 2. ``only`` names the facts that a completion asks for; the others are left out.
    """

    amount = forms.CharField(
        label="Belopp som ni rekvirerar",
        max_length=40,
        error_messages=_required("Fyll i det belopp som ni rekvirerar."),
    )
    wants_more = forms.ChoiceField(
        label="Vill ni ta del av medel som inte har rekvirerats?",
        choices=YES_NO,
        error_messages=_required("Svara ja eller nej på om ni vill ta del av medel som inte har rekvirerats."),
    )
    at_most = forms.CharField(label="Högst så här mycket mer", max_length=40, required=False)
    other_support = forms.ChoiceField(
        label="Har ni beviljats annat offentligt stöd för verksamheten med utökade hembesöksprogram?",
        choices=YES_NO,
        error_messages=_required("Svara ja eller nej på om ni har beviljats annat offentligt stöd."),
    )
    giro = forms.CharField(
        label="Bankgiro eller plusgiro",
        max_length=40,
        error_messages=_required("Fyll i det bankgiro eller plusgiro som vi ska betala till."),
    )
    contact_name = forms.CharField(
        label="Kontaktpersonens namn", max_length=200, error_messages=_required("Fyll i vem vi kan kontakta.")
    )
    contact_email = forms.EmailField(
        label="E-post till arbetet",
        max_length=254,
        error_messages=_required("Fyll i en e-postadress, till exempel namn@kommunen.se."),
    )
    contact_telephone = forms.CharField(label="Telefon till arbetet", max_length=40, required=False)
    their_reference = forms.CharField(label="Er referens eller ert diarienummer", max_length=60, required=False)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, judge: Callable[[Facts], Review], only: Iterable[str] | None = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.judge = judge
        if only is not None:
            for name in set(ANSWERS) - set(only):
                del self.fields[name]

    def clean_amount(self) -> int:
        """The amount in kronor."""
        return self._kronor("amount")

    def clean_at_most(self) -> int | None:
        """The most that the recipient wants more, in kronor; None where it sets no limit."""
        if not self.cleaned_data["at_most"].strip():
            return None
        most = self._kronor("at_most")
        if most <= 0:
            raise forms.ValidationError("Beloppet måste vara större än 0 kr. Rätta det, eller lämna fältet tomt.")
        return most

    def clean_giro(self) -> str:
        """The number written the usual way, with its kind before it."""
        giro = at_the_field(lambda: read_giro(self.cleaned_data["giro"], ""))
        return f"{giro.kind} {giro}"

    def clean(self) -> dict[str, Any]:
        """Lets the check judge the whole; what it finds essential here is about the amount."""
        if self.cleaned_data.get("at_most") and self.cleaned_data.get("wants_more") == "no":
            says = "Ni har svarat att ni inte vill ha mer. Lämna fältet tomt, eller svara ja på frågan."
            self.add_error("at_most", says)
        if not self.errors and "amount" in self.fields:
            essential = [found for found in self.judge(self.facts()).findings if found.weight == "essential"]
            for found in essential:
                self.add_error("amount", f"{found.says} {found.remedy}")
        return self.cleaned_data

    def facts(self) -> Facts:
        """What the form says, once it is right."""
        said = {name: value for name in ANSWERS if (value := self.cleaned_data.get(name)) not in (None, "")}
        for name in ("wants_more", "other_support"):
            if name in said:
                said[name] = said[name] == "yes"
        return Facts(**said)

    def written(self) -> dict[str, str]:
        """Everything just as it was written, for the draft."""
        return {name: str(self.data.get(name, ""))[:_LONGEST] for name in ANSWERS if name in self.fields}

    def started_from(self) -> int:
        """The version of the draft that the writer began with."""
        sent = str(self.data.get("version", ""))
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0

    def _kronor(self, name: str) -> int:
        return at_the_field(lambda: read_kronor(self.cleaned_data[name], ""))


class SendForm(Form):
    """The last step: nothing to fill in, only which version of the answers was checked."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def as_written(facts: Facts) -> dict[str, str]:
    """Gives what was sent in the way the form shows it."""
    said: dict[str, Any] = {name: getattr(facts, name) for name in ANSWERS}
    for name, value in said.items():
        if isinstance(value, bool):
            said[name] = "yes" if value else "no"
        elif isinstance(value, int):
            said[name] = grouped(value)
    return {name: "" if value is None else str(value) for name, value in said.items()}


def in_words(name: str, text: str) -> str:
    """Gives an answer as it is shown: an amount in kronor, yes and no in Swedish, else just as it was written."""
    if name in ("amount", "at_most") and text:
        try:
            return kronor_in_words(read_kronor(text, ""))
        except Fault:
            return text
    return dict(YES_NO).get(text, text)


LABELS: Mapping[str, str] = {name: str(RequisitionForm.base_fields[name].label) for name in ANSWERS}
