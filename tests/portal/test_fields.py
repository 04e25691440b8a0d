"""The fields of a form: labelled, described, escaped, and every value kept where something is wrong."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from rendered_parts import rendered, words


class Requisition(forms.Form):
    """A form with one field of every kind."""

    amount = forms.IntegerField(label="Belopp", help_text="Hela kronor.")
    name = forms.CharField(label="Namn")
    note = forms.CharField(label="Meddelande", required=False, widget=forms.Textarea)
    mail = forms.EmailField(label="E-post")
    more = forms.TypedChoiceField(
        label="Vill ni ha mer?", coerce=int, choices=[(1, "Ja"), (0, "Nej")], widget=forms.RadioSelect
    )
    efforts = forms.MultipleChoiceField(
        label="Insatser", help_text="Flera går bra.", choices=[("visit", "Besök"), ("course", "Utbildning")]
    )
    vow = forms.BooleanField(label="Vi intygar")
    proof = forms.FileField(label="Fullmakt", widget=forms.FileInput(attrs={"accept": ".pdf"}))
    giro = forms.ChoiceField(label="Giro", choices=[("", "Välj"), ("bank", "Bankgiro"), ("plus", "Plusgiro")])

    def clean(self) -> None:
        if self.cleaned_data.get("name") == "Ingen":
            raise forms.ValidationError("Någon måste rekvirera. Ange ert namn.")


WHOLE = (
    "{{ error_summary(form) }}{{ field(form['amount'], suffix='kr') }}{{ field(form['name']) }}{{ area(form['note']) }}"
    "{{ field(form['mail']) }}{{ choices(form['more'], hints={1: 'En andel av det som blir kvar.'}) }}"
    "{{ checkboxes(form['efforts']) }}{{ tick(form['vow']) }}{{ upload(form['proof']) }}{{ pick(form['giro']) }}"
)


@pytest.fixture
def empty_form() -> Any:
    """The form before anything is filled in."""
    return rendered(WHOLE, form=Requisition(initial={"amount": 16_259_682, "more": 1}))


@pytest.fixture
def faulty_form() -> Any:
    """The form with almost everything wrong."""
    sent = {"amount": "1o4 <kr>", "note": "\n<b>rad</b>", "mail": "ingen", "efforts": ["course"], "giro": "plus"}
    return rendered(WHOLE, form=Requisition(sent))


@pytest.mark.parametrize("state", ["empty_form", "faulty_form"])
def test_every_field_has_a_label_and_every_id_is_its_own(state: str, request: pytest.FixtureRequest) -> None:
    form = request.getfixturevalue(state)
    ids = form.xpath("//@id")
    assert len(ids) == len(set(ids))
    fields = form.xpath("//input[not(@type='hidden')] | //select | //textarea")
    assert len(fields) == 11
    for field in fields:
        assert words(form.xpath(f"//label[@for='{field.get('id')}']")[0])
    for described in form.xpath("//@aria-describedby"):
        assert set(described.split()) <= set(ids)


def test_a_field_says_its_hint_and_its_unit_to_whoever_listens(empty_form: Any) -> None:
    amount = empty_form.get_element_by_id("id_amount")
    assert amount.get("aria-describedby").split() == ["id_amount-hint", "id_amount-unit"]
    assert words(empty_form.get_element_by_id("id_amount-hint")) == "Hela kronor."
    assert amount.get("aria-invalid") is None


def test_an_amount_is_a_text_field_that_shows_it_in_groups(empty_form: Any) -> None:
    amount = empty_form.get_element_by_id("id_amount")
    assert (amount.get("type"), amount.get("inputmode")) == ("text", "numeric")
    assert amount.get("value") == "16\u00a0259\u00a0682"


def test_only_what_may_be_left_empty_is_marked_and_nothing_has_an_asterisk(empty_form: Any) -> None:
    assert [words(label) for label in empty_form.xpath("//label[span]")] == ["Meddelande (frivilligt)"]
    assert "*" not in words(empty_form)
    forced = rendered(
        "{{ field(form['name'], optional=true) }}{{ area(form['note'], optional=false) }}", form=Requisition()
    )
    assert words(forced) == "Namn (frivilligt) Meddelande"


def test_a_fault_stands_at_the_field_and_the_value_stays(faulty_form: Any) -> None:
    amount = faulty_form.get_element_by_id("id_amount")
    assert amount.get("value") == "1o4 <kr>"
    assert amount.get("aria-invalid") == "true"
    assert "id_amount-fault" in amount.get("aria-describedby").split()
    assert words(faulty_form.get_element_by_id("id_amount-fault")).startswith("Fel: ")
    newline_that_a_browser_drops = "\n"
    assert faulty_form.xpath("//textarea")[0].text == newline_that_a_browser_drops + "\n<b>rad</b>"
    assert not faulty_form.xpath("//b")


def test_choices_remember_what_was_chosen(empty_form: Any, faulty_form: Any) -> None:
    assert empty_form.xpath("//input[@type='radio'][@checked]/@value") == ["1"]
    assert words(empty_form.get_element_by_id("id_more-what")) == "En andel av det som blir kvar."
    assert faulty_form.xpath("//input[@name='efforts'][@checked]/@value") == ["course"]
    assert faulty_form.xpath("//option[@selected]/@value") == ["plus"]
    group = faulty_form.xpath("//fieldset[@role='radiogroup']")[0]
    assert words(group.find("legend")) == "Vill ni ha mer?"
    assert group.get("aria-invalid") == "true"
    ticked = rendered("{{ tick(form['vow']) }}", form=Requisition({"vow": "on"}))
    assert ticked.xpath("//input[@checked]/@id") == ["id_vow"]


def test_a_choice_that_means_nothing_is_no_radio_button() -> None:
    class Maybe(forms.Form):
        answer = forms.ChoiceField(choices=[("", "---"), ("yes", "Ja")], required=False)

    shown = rendered("{{ choices(form['answer'], inline=true) }}", form=Maybe())
    assert shown.xpath("//input/@value") == ["yes"]


def test_a_file_field_says_what_it_takes_and_never_gives_a_file_back() -> None:
    form = Requisition({}, {"proof": SimpleUploadedFile("hemlig.pdf", b"%PDF-")})
    shown = rendered("{{ upload(form['proof']) }}", form=form)
    assert shown.xpath("//input/@accept") == [".pdf"]
    assert "hemlig" not in html.tostring(shown, encoding="unicode")


def test_the_summary_leads_to_every_fault_and_takes_focus(faulty_form: Any) -> None:
    summary = faulty_form.xpath("//section")[0]
    assert (summary.get("tabindex"), summary.get("autofocus")) == ("-1", "")
    faulty = ["id_amount", "id_name", "id_mail", "id_more", "id_vow", "id_proof"]
    assert summary.xpath(".//a/@href") == [f"#{id_}" for id_ in faulty]
    for id_ in faulty:
        assert faulty_form.get_element_by_id(id_).tag in {"input", "select", "textarea"}
        said = words(faulty_form.get_element_by_id(f"{id_}-fault")).removeprefix("Fel: ")
        assert said in words(summary)
    assert "Vill ni ha mer? " in words(summary)


def test_what_is_wrong_with_the_whole_form_comes_first() -> None:
    summary = rendered("{{ error_summary(form) }}", form=Requisition({"name": "Ingen"}))
    assert words(summary.xpath("//li")[0]) == "Någon måste rekvirera. Ange ert namn."


def test_a_form_without_faults_has_no_summary(empty_form: Any) -> None:
    assert not empty_form.xpath("//section")


def test_a_form_sends_its_buttons_and_its_deed() -> None:
    shown = rendered(
        "{{ deed_key('abc') }}{{ hidden(form['name']) }}{% call buttons() %}{{ button('Skicka') }}"
        "{{ button('Spara', 'secondary', 'draft', '1') }}{{ button_link('Avbryt', '/') }}{% endcall %}",
        form=Requisition(initial={"name": "A & B"}),
    )
    assert [(each.get("name"), each.get("value")) for each in shown.xpath("//input")] == [
        ("deed_key", "abc"),
        ("name", "A & B"),
    ]
    assert [(each.get("name"), words(each)) for each in shown.xpath("//button[@type='submit']")] == [
        (None, "Skicka"),
        ("draft", "Spara"),
    ]
    assert shown.xpath("//a/@href") == ["/"]
