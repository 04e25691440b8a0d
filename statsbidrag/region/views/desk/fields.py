"""Fields that the desk's forms share: an amount in kronor, a day, and what a posting is known by."""

from datetime import date
from typing import Any

from django import forms

from statsbidrag.portal.views.forms import Form, at_the_field
from statsbidrag.region.actions.receiving import LONGEST_REFERENCE
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import read_kronor

DAY = {"invalid": "Skriv dagen som 2025-05-13.", "required": "Ange dagen."}
MOST = 10**12
_LONGEST_AMOUNT = 40


def amount(label: str, *, required: bool = True) -> forms.CharField:
    """A field for an amount as people write it."""
    says = {"required": "Ange beloppet i hela kronor."}
    return forms.CharField(label=label, max_length=_LONGEST_AMOUNT, required=required, error_messages=says)


def day(label: str, *, required: bool = True) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, input_formats=["%Y-%m-%d"], required=required, error_messages=DAY)


def read_amount(text: str, *, least: int = 1) -> int:
    """Reads an amount from a form; what is wrong with it is said at the field."""

    def read() -> int:
        kronor = read_kronor(text, "")
        if not least <= kronor <= MOST:
            raise Fault("", "Beloppet är för litet eller för stort.", f"Ange minst {least} kr.")
        return kronor

    return at_the_field(read)


class MoneyForm(Form):
    """How much, when and by which reference."""

    kronor = amount("Belopp")
    day = day("Dag")
    reference = forms.CharField(
        label="Referens",
        max_length=LONGEST_REFERENCE,
        error_messages={"required": "Ange numret eller referensen, så att inget förs in två gånger."},
    )

    def clean_kronor(self) -> int:
        """The amount in kronor."""
        return read_amount(self.cleaned_data["kronor"])

    @property
    def said(self) -> dict[str, Any]:
        """What the deed asks for."""
        return {name: self.cleaned_data[name] for name in ("kronor", "day", "reference")}


def iso(value: date) -> str:
    """Writes a day as its field does."""
    return value.isoformat()
