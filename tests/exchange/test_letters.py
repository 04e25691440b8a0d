from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from made_up_decisions import BOOK, CLAIM, GRANT, HEAD, HEARD, WITHHOLDING
from made_up_letters import ACCOUNT, INVOICE, LETTERS, READING, RECEIPT, REPORT
from pdf_validators import pages_of, squeezed

from statsbidrag.exchange.letters import Press
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.language import shown_when

PRESS = Press(BOOK.folder, BOOK.library.place)


def text_of(letter: Letter) -> str:
    return " ".join(pages_of(PRESS.render(letter)))


@pytest.mark.shows("adm-09", "adm-24")
def test_a_letter_goes_to_the_registry_with_both_numbers_and_the_agent_is_told() -> None:
    [first, *_] = pages_of(PRESS.render(GRANT))
    assert "Region Exempel Registrator Exempelgatan 1" in first
    assert "Vårt dnr 9.1-1234/2025 Handling nr 4 Ert dnr RS 2025-0112" in first
    assert "Ombudet för Region Exempel" in text_of(GRANT)
    assert "Ert dnr inte angivet" in text_of(replace(GRANT, head=replace(HEAD, your_number="")))


@pytest.mark.shows("sfs-25", "sfs-27", "sfs-28", "sfs-29", "sfs-49", "anv-36", "adm-06")
def test_a_decision_says_everything_that_the_law_asks_of_it() -> None:
    text = text_of(GRANT)
    assert "Bidraget avser kalenderåret 2025." in text
    assert all(condition in text for condition in GRANT.conditions)
    assert "Ni ska lämna en redovisning till oss senast den 3 mars 2026 enligt 10 § förordningen (2025:74)." in text
    assert "Beslutet får inte överklagas. Det framgår av 15 § förordningen (2025:74) om statsbidrag till" in text
    assert "fattats av Beslutsfattare (påhittad). Föredragande har varit Föredragande (påhittad)." in text
    assert "har även Jurist (påhittad) och Controller (påhittad) deltagit" in text
    assert "Beslutet fattades den 26 maj 2025." in text


@pytest.mark.shows("sfs-22", "sfs-31", "sfs-41", "sfs-45")
def test_a_decision_keeps_granted_and_reallocated_apart_and_says_what_is_to_be_reported_and_repaid() -> None:
    text = text_of(GRANT)
    assert "Beviljat efter er rekvisition 16 259 682 kr Omfördelat till er 412 300 kr Sammanlagt 16 671 982 kr" in text
    assert all(content in text for content in GRANT.report_content)
    assert all(ground in text for ground in GRANT.repayment_grounds)


def test_a_reason_stands_with_its_figures_its_source_and_its_assumptions() -> None:
    text = text_of(GRANT)
    assert "Region Exempel kan rekvirera högst 16 634 974 kr." in text
    assert f"{BOOK.library.place('anv-06')[1:]} 145 000 000 kr" in text
    assert "Befolkning 2023 Antagande: Tabellen är en uppskattning." in text


def test_a_decision_on_reallocated_money_gives_only_what_is_new() -> None:
    assert "beviljar Region Exempel (organisationsnummer 232100-0016) ytterligare 412 300 kr" in text_of(
        LETTERS["reallocation"]
    )


@pytest.mark.shows("utl-01")
def test_a_round_before_the_ordinance_says_nothing_of_it() -> None:
    text = text_of(LETTERS["grant of 2024"])
    assert "2025:74" not in text
    assert "med stöd av regeringens uppdrag" in text
    assert "Omfördelat" not in text


@pytest.mark.shows("adm-08")
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("correction", "rättar sitt beslut den 26 maj 2025 (dnr 9.1-1234/2025, handling 4)"),
        ("change", "ändrar sitt beslut den 26 maj 2025 (dnr 9.1-1234/2025, handling 4)"),
        ("correction", "16 259 682 kr 16 295 682 kr 36 000 kr"),
        ("rejection", "Socialstyrelsen avvisar den rekvisition"),
        ("rejection", "dnr 9.1-1234/2025, handling 2"),
        ("closing", "avskriver ärendet om er rekvisition av den 28 april"),
    ],
)
def test_every_kind_of_decision_names_what_it_decides_and_which_paper_it_concerns(name: str, says: str) -> None:
    assert says in text_of(LETTERS[name])


@pytest.mark.shows("sfs-39", "sfs-40")
def test_a_decision_to_withhold_applies_at_once_and_may_leave_something_to_pay() -> None:
    text = text_of(WITHHOLDING)
    assert "att 671 982 kr av det bidrag" in text
    assert "Betalas inte ut −671 982 kr Betalas ut 16 000 000 kr Beslutet gäller omedelbart." in text
    assert "Vi betalar inte ut statsbidraget" in text_of(replace(WITHHOLDING, withheld=16_671_982))


@pytest.mark.shows("sfs-17", "adm-10")
def test_a_requisition_is_receipted_by_swedish_time_down_to_the_minute() -> None:
    assert "Kom in 29 april 2025 kl. 23.59" in text_of(RECEIPT)
    assert "Rekvisitionen kom in 30 april 2025 kl. 00.01" in text_of(LETTERS["rejection"])
    with pytest.raises(ValueError, match="time zone"):
        PRESS.render(replace(RECEIPT, arrived=datetime(2025, 4, 29, 12)))  # noqa: DTZ001  # without a zone on purpose


@pytest.mark.shows("sfs-18", "sfs-19", "sfs-20", "adm-21")
def test_a_receipt_repeats_what_was_asked_and_says_what_was_not() -> None:
    text = text_of(RECEIPT)
    assert "Rekvirerat belopp 16 259 682 kr" in text
    assert "ja, högst 500 000 kr" in text
    assert "handling 2 i ärende 9.1-1234/2025" in text
    assert text_of(LETTERS["receipt with nothing stated"]).count("inte angivet") == 6


@pytest.mark.shows("sfs-17", "adm-10")
def test_a_late_requisition_is_receipted_without_an_offer_to_requisition() -> None:
    text = text_of(replace(RECEIPT, arrived=RECEIPT.arrived + timedelta(days=3)))
    assert "Ni får ett skriftligt beslut om er rekvisition." in text
    assert "Ni kan ändra" not in text
    assert "betalar vi ut" not in text


@pytest.mark.shows("adm-10")
def test_what_has_to_be_completed_has_a_last_day_and_the_completion_says_what_it_replaces() -> None:
    lacking = replace(RECEIPT, remarks=("Beloppet saknas.",), complete_by=date(2025, 5, 6))
    assert "Komplettera rekvisitionen i e-tjänsten senast den 6 maj 2025." in text_of(lacking)
    text = text_of(replace(RECEIPT, completes=RECEIPT.document))
    assert "Vi har tagit emot er komplettering" in text
    assert "Den ersätter rekvisitionen i handling 2." in text


def test_who_abstains_gets_a_receipt_without_amounts_account_or_payment() -> None:
    text = text_of(replace(RECEIPT, abstains=True, requested=None))
    assert "Besked Ni avstår från att rekvirera" in text
    assert "Ändrar ni er kan ni rekvirera till och med den 29 april 2025." in text
    assert not [word for word in ("Rekvirerat belopp", "högsta belopp", "Utbetalning", "kr") if f" {word} " in text]


@pytest.mark.shows("sfs-16", "anv-32", "anv-33", "anv-34", "adm-21")
def test_a_ceiling_notice_says_how_much_how_and_until_when() -> None:
    text = text_of(LETTERS["ceiling notice"])
    assert "Ni kan rekvirera högst 16 634 974 kr" in text
    assert "senast den 29 april 2025 enligt 4 § förordningen (2025:74)" in text
    assert "https://example.org/statsbidrag" in text
    assert "Välj ”Vi avstår” i e-tjänsten" in text
    assert "Antalet barn är en uppskattning." in text


@pytest.mark.shows("sfs-26", "anv-31", "adm-24")
def test_a_payment_notice_adds_up_and_gives_the_reference_to_find_it_by() -> None:
    text = text_of(LETTERS["payment notice"])
    assert "Innehålls enligt särskilt beslut −671 982 kr Betalas ut nu 16 000 000 kr" in text
    assert "DEMO-2025-0001" in text


@pytest.mark.shows("rap-23", "rap-39", "rap-92", "rap-93", "adm-20", "adm-22")
def test_a_report_is_receipted_with_its_number_its_sums_its_certificate_and_its_fingerprint() -> None:
    text = text_of(REPORT)
    assert "Det är ert svar nummer 2. Ni kan lämna högst 5." in text
    assert "Totalt mottaget statsbidrag 16 671 982 kr Använt statsbidrag 15 000 000 kr" in text
    assert "Oanvänt statsbidrag 1 671 982 kr" in text
    assert "Delegationsordningen, punkt 4.2" in text
    assert REPORT.fingerprint in text.replace(" ", "")
    completion = text_of(LETTERS["completion receipt"])
    assert "Den räknas inte bland era 5 svar." in completion
    assert "Ombudet har intygat för behörig företrädare" in completion


@pytest.mark.shows("adm-05")
def test_a_recipient_is_heard_before_a_claim_and_the_decision_answers_what_it_said() -> None:
    text = text_of(LETTERS["communication"])
    assert "25 § förvaltningslagen (2017:900)" in text
    assert "Er redovisning, svar 2 8 26 februari 2026" in text
    assert "Svara senast den 28 april 2026" in text
    decided = text_of(CLAIM)
    assert "Ni fick yttra er genom vårt brev den 7 april 2026" in decided
    assert "Vi anser att 200 000 kr inte ska krävas tillbaka." in decided
    assert "Vi bedömer att förseningen inte berodde på er." in decided
    assert "uppenbart obehövligt: Ni har själva redovisat beloppet som oanvänt." in text_of(LETTERS["claim"])


@pytest.mark.shows("sfs-43", "sfs-47", "sfs-48", "adm-04")
def test_claimed_and_waived_are_what_is_repayable() -> None:
    assert CLAIM.claimed + CLAIM.waived == CLAIM.repayable
    text = text_of(CLAIM)
    assert "Ska återbetalas 1 671 982 kr Vi avstår från −200 000 kr Krävs tillbaka 1 471 982 kr" in text
    assert "enligt 14 § andra stycket förordningen (2025:74)" in text
    assert "kräver tillbaka" not in text_of(LETTERS["waiver"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"special_reasons": " "}, "särskilda skälen saknas"),
        ({"waived": 1_671_983}, "Mer avstås"),
        ({"heard": ""}, "fått yttra sig"),
        ({"heard": replace(HEARD, reply=" ")}, "inte bemötta"),
        ({"due": None}, "Sista dag att betala"),
    ],
)
def test_a_claim_that_lacks_what_the_law_asks_is_never_written(change: dict[str, object], why: str) -> None:
    with pytest.raises(Fault, match=why):
        replace(CLAIM, **change)


@pytest.mark.shows("anv-45", "anv-46", "rap-10", "adm-23")
def test_an_invoice_says_what_to_pay_when_where_and_what_if_late() -> None:
    text = text_of(INVOICE)
    assert "Att betala 1 471 982 kr Förfallodag 8 juni 2026" in text
    assert "Till bankgiro 991-2346 (påhittat) OCR-nummer 20260004217" in text
    assert "Er referens ZZ-4711" in text
    assert "anstånd eller avbetalning" in text
    assert "minskar faktura 2026-00042" in text_of(LETTERS["credit invoice"])
    assert "Vi har inte fått hela betalningen för faktura 2026-00042." in text_of(LETTERS["reminder"])
    with pytest.raises(Fault, match="vilken faktura"):
        replace(INVOICE, kind="credit")


@pytest.mark.shows("sfs-35", "sfs-36", "sfs-37", "sfs-38")
def test_the_account_says_who_got_the_grant_how_it_was_used_and_what_came_of_it() -> None:
    text = text_of(ACCOUNT)
    assert "Har fått bidrag 102 av 311" in text
    assert "Region Annan 1 000 000 25 000 1 025 000 – 100 000 25 000 0" in text
    assert "Summa 100 000 000 2 500 000 102 500 000 90 000 000" in text
    assert "Hur medlen har använts" in text
    assert "Bedömning mot syftet" in text
    assert "Bedömning mot förutsättningarna" in text


def test_the_account_never_adds_a_regions_visits_to_its_municipalities() -> None:
    text = text_of(ACCOUNT)
    assert "Regioner Kommuner Genomförda 11 003 10 411 BVC 5 –" in text
    assert "21 414" not in text
    assert "läggs aldrig ihop" in text


@pytest.mark.shows("rap-24", "rap-29", "rap-45", "adm-19")
def test_the_reading_copy_has_every_question_option_limit_and_condition_of_the_form() -> None:
    form, text = BOOK.form("report-2025"), squeezed(text_of(READING))
    for question in form.questions:
        assert squeezed(question.text) in text
        assert squeezed(question.help) in text
        if question.shown:
            assert squeezed(shown_when(question.shown)) in text
        for field in question.fields:
            assert all(squeezed(option.text) in text for option in field.options)
    assert squeezed("Frivilligt · Högst 1 000 tecken") in text
    assert squeezed("Visas när ”Oanvänt statsbidrag” är större än 0.") in text
