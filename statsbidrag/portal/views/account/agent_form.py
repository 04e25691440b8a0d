"""The form by which one applies to be agent, and the one by which one completes it."""

from django import forms

from statsbidrag.portal.actions.agents import CAPACITIES
from statsbidrag.portal.views.forms import Form
from statsbidrag.portal.views.upload_field import UploadField

AGAIN = "Välj filen igen. Den följer inte med när något annat behöver rättas."


class WithProof(Form):
    """A form with a file: a browser forgets the file when the form comes back, so the page says so."""

    def remind_of_the_file(self) -> None:
        """Asks for the file once more, where it was sent but something else has to be mended."""
        if self.is_bound and self.errors and "proof" in self.files and "proof" not in self.errors:
            self.add_error("proof", AGAIN)


class ApplicationForm(WithProof):
    """Who applies, by what right, and the proof of it."""

    capacity = forms.ChoiceField(
        label="Varför får ni företräda organisationen?",
        choices=tuple(CAPACITIES.items()),
        error_messages={"required": "Välj ett av alternativen.", "invalid_choice": "Välj ett av alternativen."},
    )
    position = forms.CharField(
        label="Titel eller befattning",
        max_length=100,
        error_messages={"required": "Skriv er titel eller befattning, till exempel förvaltningschef."},
    )
    email = forms.EmailField(
        label="E-post i arbetet",
        error_messages={
            "required": "Skriv er e-postadress i arbetet.",
            "invalid": "E-postadressen är inte hel. Skriv den som namn@kommunen.se.",
        },
    )
    telephone = forms.CharField(
        label="Telefon i arbetet",
        max_length=40,
        error_messages={"required": "Skriv ett telefonnummer där vi når er."},
    )
    proof = UploadField(
        label="Handling som styrker behörigheten",
        error_messages={"required": "Välj en fil som styrker er behörighet."},
    )


class CompletionForm(WithProof):
    """What the applicant adds."""

    text = forms.CharField(label="Er komplettering", required=False, max_length=5000)
    proof = UploadField(label="Ny eller bättre handling", required=False)
