"""The pages of cases, decisions, letters and the diary: who gets in, what is said, and what a form does."""

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from portal.cases.staging import DECIDED, LATE, MUNICIPALITY, REGION, YEAR, Agency, references

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.bias import note_bias
from statsbidrag.portal.actions.letters import write_letters
from statsbidrag.portal.models import Bias, Case, CaseNote, Decision, Document, Mail, Mandate

Browser = Callable[[Visitor | None], Client]


@pytest.fixture(autouse=True)
def on_the_day(at: Callable[..., None]) -> None:
    """It is the day of the decisions."""
    at(DECIDED)


def page(browser: Client, name: str, *places: object) -> str:
    """What a page says."""
    answer = browser.get(reverse(name, args=places))
    assert answer.status_code == 200, answer.content.decode()
    return unescape(answer.content.decode()).replace("\xa0", " ")


def send(browser: Client, name: str, *places: object, **values: object) -> str:
    """Sends a form that is done, and gives where it leads."""
    answer = browser.post(reverse(name, args=places), {"deed_key": "k" * 32, **values})
    assert answer.status_code == 302, unescape(answer.content.decode())
    return str(answer["Location"])


def document_of(recipient: str) -> Document:
    """The letter of a recipient's grant."""
    return Document.objects.get(about="decision", entry__case__recipient=recipient)


def test_one_click_prepares_the_list_and_it_adds_up_to_the_pot(reallocated: Agency, browser_of: Browser) -> None:
    browser = browser_of(reallocated.presenter)
    assert "2 bidrag och 1 avvisning är inte beredda" in page(browser, "prepare_decisions", YEAR)
    send(browser, "prepare_decisions", YEAR, deed="prepare")
    assert Decision.objects.count() == 3
    assert "3 beslut är beredda" in page(browser, "prepare_decisions", YEAR)


def test_a_double_click_prepares_once_and_one_is_taken_back(reallocated: Agency, browser_of: Browser) -> None:
    browser = browser_of(reallocated.presenter)
    for _ in range(2):
        send(browser, "prepare_decisions", YEAR, deed="prepare")
    chosen = references()[0]
    send(browser, "prepare_decisions", YEAR, take_back=chosen, deed_key="t" * 32)
    assert chosen not in references()
    assert len(references()) == 2


@pytest.mark.shows("adm-06")
def test_the_decision_maker_decides_the_list_with_one_click(prepared: Agency, browser_of: Browser) -> None:
    browser = browser_of(prepared.decision_maker)
    assert "Du beslutar om de rader du har valt" in page(browser, "decisions", YEAR)
    to = send(browser, "decisions", YEAR, chosen=references(), others=[str(prepared.officer.id)])
    assert to == reverse("letters", args=[YEAR])
    assert not references()
    assert Decision.objects.first().approval.took_part == ["Hanna Handläggare (påhittad)"]


def test_a_refused_list_keeps_what_was_chosen_and_says_why(prepared: Agency, browser_of: Browser) -> None:
    Mandate.objects.update(at_most=1)
    chosen = references()[:1]
    answer = browser_of(prepared.decision_maker).post(reverse("decisions", args=[YEAR]), {"chosen": chosen})
    said = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "enligt delegationsordningen" in said
    assert said.count(" checked>") == 1


def test_others_see_the_list_but_cannot_decide_it(prepared: Agency, browser_of: Browser) -> None:
    browser = browser_of(prepared.presenter)
    assert "Fatta besluten" not in page(browser, "decisions", YEAR)
    answer = browser.post(reverse("decisions", args=[YEAR]), {"chosen": references()})
    assert "Det här får bara beslutsfattare göra" in unescape(answer.content.decode())
    assert len(references()) == 3


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("?slag=rejection", ["Stockholms kommun"]),
        ("?sok=eskil", ["Eskilstuna kommun"]),
        ("?ordna=total&fallande=1", ["Region Stockholm", "Eskilstuna kommun", "Stockholms kommun"]),
        ("?lage=written", []),
    ],
)
def test_the_list_and_its_file_hold_exactly_what_is_asked_for(
    decided: Agency, browser_of: Browser, asked: str, names: list[str]
) -> None:
    browser = browser_of(decided.officer)
    lines = browser.get(reverse("decisions_file", args=[YEAR, "csv"]) + asked).content.decode("utf-8-sig").splitlines()
    column = lines[0].split(",").index("name")
    assert [line.split(",")[column] for line in lines[1:]] == names
    said = unescape(browser.get(reverse("decisions", args=[YEAR]) + asked).content.decode())
    assert f"{len(names)} av 3 beslut" in said


def test_the_letters_page_writes_them_and_says_how_far_it_has_come(
    decided: Agency, browser_of: Browser, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    browser = browser_of(decided.officer)
    assert "Skriv och skicka 3 brev" in page(browser, "letters", YEAR)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        send(browser, "letters", YEAR)
    assert "Alla brev är skrivna" in page(browser, "letters", YEAR)
    progress = page(browser, "letters_progress", YEAR)
    assert "3 av 3" in progress
    assert "<html" not in progress


def test_each_prepared_letter_can_be_seen_before_it_is_decided(prepared: Agency, browser_of: Browser) -> None:
    browser = browser_of(prepared.presenter)
    for reference in references():
        answer = browser.get(reverse("decision_preview", args=[YEAR, reference]))
        assert answer.content.startswith(b"%PDF-")
    assert Document.objects.filter(about="decision").count() == 0


def test_the_case_page_holds_everything_and_a_note_is_added(decided: Agency, browser_of: Browser) -> None:
    write_letters.call(YEAR)
    browser = browser_of(decided.officer)
    to = send(browser, "case", YEAR, MUNICIPALITY, text="De ringde om utbetalningen.")
    assert to.endswith("#anteckningar")
    said = page(browser, "case", YEAR, MUNICIPALITY)
    for words in ("Eskilstuna kommun", "Gäller", "omfördelat", "De ringde om utbetalningen.", "2 000 000 kr"):
        assert words in said
    assert CaseNote.objects.count() == 1


def test_pages_of_cases_ask_the_database_at_most_eight_times(decided: Agency, browser_of: Browser) -> None:
    write_letters.call(YEAR)
    browser = browser_of(decided.decision_maker)
    entry = document_of(REGION).pk
    for name, places in {
        "case": (YEAR, REGION),
        "decisions": (YEAR,),
        "prepare_decisions": (YEAR,),
        "letters": (YEAR,),
        "diary": (),
        "document": (entry,),
        "delegations": (),
    }.items():
        page(browser, name, *places)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(browser, name, *places)
        assert len(asked) <= 8, f"{name}: {len(asked)}"


@pytest.mark.shows("adm-07")
def test_whoever_notes_bias_is_locked_out_at_once_and_the_note_stays_in_the_case(
    decided: Agency, browser_of: Browser
) -> None:
    write_letters.call(YEAR)
    browser = browser_of(decided.officer)
    send(browser, "note_bias", YEAR, REGION, note="Min bror är ekonom där.")
    entry = document_of(REGION).pk
    reference = Decision.objects.get(recipient=REGION).reference
    for name, places in {
        "case": (YEAR, REGION),
        "document": (entry,),
        "decision_preview": (YEAR, reference),
        "note_bias": (YEAR, REGION),
    }.items():
        assert browser.get(reverse(name, args=places)).status_code == 403, name
    assert page(browser, "case", YEAR, MUNICIPALITY)
    assert "har anmält jäv" in page(browser_of(decided.presenter), "case", YEAR, REGION)
    assert Bias.objects.get().note == "Min bror är ekonom där."


def test_a_biased_decision_maker_finds_no_box_to_tick_for_that_case(prepared: Agency, browser_of: Browser) -> None:
    note_bias(prepared.decision_maker, REGION, "Jag har arbetat där.", DECIDED)
    said = page(browser_of(prepared.decision_maker), "decisions", YEAR)
    assert said.count('name="chosen"') == 2


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("innehall", {"ground": "given wrongly", "kronor": "500 000 kr", "reasons": "En insats har annat stöd."}),
        ("andra", {"kronor": "1 000 000", "reasons": "Ny uppgift.\n\nDärför ändras beloppet."}),
        ("ratta", {"kronor": "1 000 000", "reasons": "Skrivfel."}),
        ("avskriv", {"reasons": "Ni har tagit tillbaka rekvisitionen."}),
    ],
)
def test_a_single_decision_is_prepared_with_its_reasons(
    decided: Agency, browser_of: Browser, kind: str, values: dict[str, str]
) -> None:
    browser = browser_of(decided.presenter)
    grant = Decision.objects.get(recipient=REGION)
    address = reverse("prepare_decision", args=[YEAR, REGION])
    assert browser.get(f"{address}?slag={kind}").status_code == 200
    answer = browser.post(f"{address}?slag={kind}", {**values, "earlier": grant.reference})
    assert answer.status_code == 302, unescape(answer.content.decode())
    row = Decision.objects.get(approval=None)
    assert row.reasons == values["reasons"].split("\n\n")
    preview = browser.get(reverse("decision_preview", args=[YEAR, row.reference]))
    assert preview.content.startswith(b"%PDF-")


def test_a_rejection_starts_from_what_the_check_found(reallocated: Agency, browser_of: Browser) -> None:
    browser = browser_of(reallocated.presenter)
    said = browser.get(reverse("prepare_decision", args=[YEAR, LATE]) + "?slag=avvisa").content.decode()
    assert "Rekvisitionen kom in den 30 april 2025" in unescape(said)


def test_a_single_decision_that_does_not_fit_keeps_every_value(decided: Agency, browser_of: Browser) -> None:
    browser = browser_of(decided.presenter)
    address = reverse("prepare_decision", args=[YEAR, REGION]) + "?slag=innehall"
    values = {"ground": "given wrongly", "kronor": "99 999 999 999", "reasons": "Skälen finns kvar."}
    said = unescape(browser.post(address, values).content.decode()).replace("\xa0", " ")
    assert "varken utbetalt, på väg eller redan innehållet" in said
    assert "Skälen finns kvar." in said
    assert not references()


def test_the_registrar_erases_a_document_and_the_page_shows_the_stub(decided: Agency, browser_of: Browser) -> None:
    write_letters.call(YEAR)
    entry = document_of(REGION).pk
    browser = browser_of(decided.registrar)
    assert browser.get(reverse("document", args=[entry]) + "?fil=1").content.startswith(b"%PDF-")
    Mail.objects.update(sent=DECIDED)
    send(browser, "erase_document", entry, decision="RA-MS 2025:7", reason="Fristen har gått ut.")
    assert "Handlingen är gallrad" in page(browser, "document", entry)
    assert browser.get(reverse("document", args=[entry]) + "?fil=1").status_code == 404
    assert browser_of(decided.officer).get(reverse("erase_document", args=[entry])).status_code == 403


def test_the_diary_finds_by_recipient_and_by_number(decided: Agency, browser_of: Browser) -> None:
    browser = browser_of(decided.registrar)
    number = Case.objects.get(recipient=LATE).number
    for asked in ("stockholms kommun", number):
        said = unescape(browser.get(reverse("diary"), {"sok": asked}).content.decode())
        assert "1 handling<" in said
        assert number in said


def test_the_auditor_checks_the_record_on_a_page(
    decided: Agency, browser_of: Browser, someone: Callable[..., Visitor]
) -> None:
    browser = browser_of(someone("auditor"))
    answer = browser.get(reverse("record_check"), {"kontrollera": "1"})
    assert "Allt håller ihop" in unescape(answer.content.decode())


def test_the_administrator_keeps_the_delegation_register_and_others_read_it(
    decided: Agency, browser_of: Browser, someone: Callable[..., Visitor]
) -> None:
    keeper = browser_of(someone("administrator"))
    line = {
        "holder": str(decided.decision_maker.id),
        "kinds": ["grant", "rejection"],
        "at_most": "5 000 000",
        "valid_from": "2025-05-13",
        "valid_to": "2026-12-31",
    }
    send(keeper, "delegations", **line)
    added = Mandate.objects.latest("pk")
    assert (added.kinds, added.at_most) == (["grant", "rejection"], 5_000_000)
    assert "5 000 000 kr" in page(browser_of(decided.officer), "delegations")
    refused = browser_of(decided.officer).post(reverse("delegations"), line)
    assert "Det här får bara systemförvaltare göra" in unescape(refused.content.decode())
    send(keeper, "delegations", end=str(added.pk), deed_key="e" * 32)
    added.refresh_from_db()
    assert added.valid_to.isoformat() == "2025-05-12"
