"""A region's letters to its clinics: what they are paid, and what was decided on fixed support."""

import io
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from made_up_decisions import BOOK
from made_up_region_letters import (
    OCTOBER,
    OREBRO,
    PRIVATE_STATEMENT,
    REFUSAL,
    REGION_LETTERS,
    SEPTEMBER,
    SEPTEMBER_AGAIN,
    STATEMENT,
    SUPPORT,
    SUPPORT_RECEIPT,
)
from made_up_visits import CODED, EXTRA, JOINT, SUPPORTED, THIRD, scheme_named
from pdf_validators import pages_of, pdf_faults

from statsbidrag.cycle.step_6_visit_pay import Judge
from statsbidrag.exchange.letters import Press
from statsbidrag.exchange.letters.fixed_support import duties_of
from statsbidrag.exchange.letters.letterhead import Letter
from statsbidrag.exchange.letters.statement import (
    LONGEST_REFERENCE,
    UnpaidVisit,
    line_of,
    period_of,
    rates_of,
    why_unpaid,
)
from statsbidrag.terms.faults import Fault

PRESS = Press(BOOK.folder, BOOK.library.place)
DAY = date(2025, 10, 3)


def text_of(letter: Letter) -> str:
    return " ".join(pages_of(PRESS.render(letter)))


@pytest.mark.parametrize("name", REGION_LETTERS)
def test_every_letter_of_a_region_keeps_for_the_archive_and_reads_aloud(name: str) -> None:
    assert pdf_faults(PRESS.render(REGION_LETTERS[name])) == []


@pytest.mark.shows("adm-09", "adm-13")
@pytest.mark.parametrize("name", REGION_LETTERS)
def test_every_letter_of_a_region_has_its_own_number_day_and_sender_and_says_that_it_is_made_up(name: str) -> None:
    letter, pdf = REGION_LETTERS[name], PRESS.render(REGION_LETTERS[name])
    metadata = pypdf.PdfReader(io.BytesIO(pdf)).metadata
    assert metadata is not None
    assert "dnr PVN 2025-0112" in str(metadata.title)
    assert metadata.author == letter.head.sender.name
    assert all("Exempel – påhittade uppgifter, inget beslut" in page for page in pages_of(pdf))
    assert "påhittade uppgifter" not in text_of(replace(letter, head=replace(letter.head, made_up=False)))


@pytest.mark.shows("adm-14")
def test_a_statement_shows_paid_ordinary_and_charged_apart_for_each_month_and_in_all() -> None:
    text = text_of(STATEMENT)
    assert "Utbetalas 20 000 kr Belastar statsbidraget 4 900 kr" in text
    assert "Rättelse, september 2025 0 1 1 2 500 1 800 700 −1 0" in text
    assert "Oktober 2025 9 7 6 17 500 12 600 4 200 1 0" in text
    assert "Summa 9 8 7 20 000 14 400 4 900 0 0" in text
    assert "Besked nr 2025-3-7" in text


@pytest.mark.shows("adm-15")
def test_a_statement_says_how_the_money_is_handed_over_by_the_form_of_operation() -> None:
    assert "med en bokföringsorder, på kostnadsställe 2210." in text_of(STATEMENT)
    assert "Utbetalningsbesked" in text_of(STATEMENT)
    owed = replace(PRIVATE_STATEMENT, lines=STATEMENT.lines)
    assert "betalas med ägarens ordinarie avräkning i vårdvalet, organisationsnummer 232100-0024." in text_of(owed)
    assert "Avräkningsbesked" in text_of(owed)
    assert "överlämnas inte förrän vi vet det" in text_of(REGION_LETTERS["statement to a clinic of unknown form"])


def test_what_corrections_take_back_is_deducted_and_not_paid() -> None:
    text = text_of(PRIVATE_STATEMENT)
    assert "Dras av 10 000 kr" in text
    assert "dras av i ägarens ordinarie avräkning" in text
    assert STATEMENT.deducted is None


@pytest.mark.shows("ore-25", "ore-28", "adm-28")
def test_a_statement_quotes_what_the_rates_rest_on_and_tells_what_is_assumed() -> None:
    text = text_of(STATEMENT)
    assert "”Hembesök som görs tillsammans med kommunens socialtjänst ersätts med 2 500 kr”" in text
    assert BOOK.library.place("ore-25") in text
    assert "Antagande: 1 800 kr är ordinarie ersättning för varje hembesök." in text
    assert "Besök före den 18 september 2025 följer rutinen" in text
    supported = text_of(replace(STATEMENT, rates=rates_of(OREBRO, fixed_support=True)))
    assert "”ersättningen för hembesök 1800 kr (även om socialtjänsten är med)”" in supported
    assert "2 500 kr, varav" not in supported


@pytest.mark.shows("ore-27", "ore-29")
def test_a_visit_that_is_not_paid_stands_with_its_reason_and_without_the_child() -> None:
    text = text_of(STATEMENT)
    assert "3 oktober 2025 utökat 31 Att koda: socialtjänsten medverkade, men ZV509 saknas." in text
    with pytest.raises(Fault, match="kan vara en pseudonym"):
        UnpaidVisit(DAY, "utökat", "a" * (LONGEST_REFERENCE + 1), "Att koda")
    assert "Besök som inte ersätts" not in text_of(PRIVATE_STATEMENT)


def test_a_correction_is_what_has_changed_since_the_month_was_settled() -> None:
    correction = line_of(2025, SEPTEMBER_AGAIN, SEPTEMBER)
    assert (correction.correction, correction.kronor, correction.charged, correction.to_be_coded) == (
        True,
        2500,
        700,
        -1,
    )
    assert line_of(2025, OCTOBER).kronor == 17_500
    assert not line_of(2025, OCTOBER).correction


def test_a_period_is_named_by_its_months() -> None:
    september, october = line_of(2025, SEPTEMBER), line_of(2025, OCTOBER)
    assert period_of((september, october)) == "september–oktober 2025"
    assert period_of((line_of(2025, SEPTEMBER_AGAIN, SEPTEMBER), october)) == "oktober 2025"
    assert period_of((line_of(2025, SEPTEMBER_AGAIN, SEPTEMBER),)) == "september 2025"
    assert period_of((october, replace(september, year=2026, month=1))) == "oktober 2025–januari 2026"


@pytest.mark.parametrize(
    ("visit", "why"),
    [
        (EXTRA, ""),
        (replace(EXTRA, kva_codes=frozenset()), "Att koda: socialtjänsten medverkade, men ZV509 saknas"),
        (
            replace(EXTRA, professions=frozenset({"nurse"})),
            "Att rätta: ZV509 är registrerad, men socialtjänsten medverkade inte",
        ),
        (
            replace(EXTRA, professions=frozenset({"nurse"}), kva_codes=frozenset()),
            "Ingen av ordningens ersättningar gäller ett sådant besök",
        ),
        (SUPPORTED, ""),
    ],
)
def test_why_a_visit_is_not_paid_is_said_in_words(visit: object, why: str) -> None:
    scheme, clinics = scheme_named("orebro-2025")
    [verdict] = Judge(scheme, BOOK.visit_columns, clinics).reimburse([visit])
    assert why_unpaid(verdict, scheme) == why


def test_why_a_record_that_is_not_counted_or_comes_too_early_is_not_paid_is_said_too() -> None:
    scheme, clinics = scheme_named("orebro-2025")
    first, _ = Judge(scheme, BOOK.visit_columns, clinics).reimburse([EXTRA, EXTRA])
    assert why_unpaid(first, scheme).startswith("Dubblett")
    third, others = scheme_named(THIRD)
    early = replace(EXTRA, clinic="Ada", date=date(2025, 2, 1), professions=JOINT, kva_codes=CODED)
    [verdict] = Judge(third, BOOK.visit_columns, others).reimburse([early])
    assert why_unpaid(verdict, third) == "Besöket gjordes före den 1 mars 2025, då ersättningen börjar"
    unpaying = replace(scheme_named("stockholm-2025")[0])
    [verdict] = Judge(unpaying, BOOK.visit_columns, {}).reimburse([EXTRA])
    assert why_unpaid(verdict, unpaying) == "Ordningen betalar inte per besök"


@pytest.mark.shows("ore-30", "ore-31", "ore-44", "ore-45", "ore-46", "ore-47", "adm-28")
def test_a_grant_of_fixed_support_says_how_much_why_by_which_words_and_what_to_report() -> None:
    text = text_of(SUPPORT)
    assert "Region Örebro län beviljar Karla vårdcentral fast ersättning med utökad resurs" in text
    assert "Ersättningen är 600 000 kr." in text
    assert "Nationellt barn-CNI över 2: uppfyllt (nationellt barn-CNI 2025: 2,31)" in text
    assert "”har ett nationellt barn-CNI över 2”" in text
    assert "Ni ska redovisa till Hälsovalsenheten senast den 31 januari 2026." in text
    assert "Redovisa form/innehåll, omfattning och planering av fortsatt utveckling av de riktade insatserna." in text
    assert "Beslut i ärendet har fattats av Enhetschef (påhittad)." in text


def test_what_only_others_must_report_is_not_asked_of_a_clinic_with_fixed_support() -> None:
    [report] = OREBRO.reports
    assert [duty.receiver for duty in duties_of(OREBRO)] == ["Hälsovalsenheten"]
    assert duties_of(replace(OREBRO, reports=(replace(report, of=("transfer",)),))) == ()


def test_a_sum_that_is_not_decided_is_said_to_be_so_and_never_0() -> None:
    text = text_of(REGION_LETTERS["fixed support of an unknown sum"])
    assert "Beloppet är inte beslutat än." in text
    assert " 0 kr" not in text


@pytest.mark.shows("ore-25", "ore-31")
def test_a_refusal_says_why_and_what_the_clinic_is_still_paid() -> None:
    text = text_of(REFUSAL)
    assert "Vi avslår er ansökan om fast ersättning" in text
    assert "Nationellt barn-CNI över 2: inte uppfyllt (nationellt barn-CNI 2025: 2,00)" in text
    assert "Hembesök tillsammans med kommunens socialtjänst: 2 500 kr." in text
    assert "Redovisning" not in text


@pytest.mark.parametrize("lacking", [{"first_day": None}, {"last_day": None}, {"reports": ()}])
def test_fixed_support_is_not_granted_without_its_days_and_what_to_report(lacking: dict[str, object]) -> None:
    with pytest.raises(Fault, match="från och till vilken dag"):
        replace(SUPPORT, **lacking)


@pytest.mark.shows("ore-42", "adm-10")
def test_an_application_is_receipted_with_the_minute_the_number_and_the_plan() -> None:
    text = text_of(SUPPORT_RECEIPT)
    assert "Kom in 22 september 2025 kl. 14.05" in text
    assert "handling 2 i ärende PVN 2025-0112" in text
    assert "Prövas av Centrala barnhälsovårdsenheten" in text
    assert "Hur många utökade hembesök planeras att genomföras? 120 besök" in text
    assert "inte ett beslut" in text
