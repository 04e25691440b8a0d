"""The story of a round, as those who live it would tell it: who goes where, does what, and sees what comes of it."""

from collections.abc import Callable, Sequence
from functools import partial

from portal.story.actor import Cast
from portal.story.papers import a_scanned_page, the_answer

GIRO, MENDED_GIRO = "bankgiro 991-2346", "plusgiro 90 20 03-3"


def the_clock_moves(cast: Cast, to: str) -> None:
    """Whoever shows the demonstration moves the whole service to a later day."""
    anyone = cast("Allmänheten")
    anyone.follow("Flytta klockan")
    anyone.press(f"Flytta hit till {to}")
    anyone.see(f"{to} Här är vi")


def the_officer_allocates_and_opens(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.see("Att göra nu")
    officer.follow("Omgång 2025")
    officer.press("Fördela och publicera")
    officer.see("Listan är publicerad. Omgången kan öppnas för rekvisition den 11 mars 2025")

    public = cast("Allmänheten")
    public.follow("Fördelningslista 2025")
    public.see("Region Stockholm", "16 634 974")


def the_round_opens(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.press("Öppna omgången")
    officer.see("0 mottagare har svarat")


def a_newcomer_applies_to_be_agent(cast: Cast) -> None:
    newcomer = cast("Ny användare utan roll")
    newcomer.see("Ni har inget uppdrag än")
    newcomer.follow("Ansök om att bli ombud")
    newcomer.fill("Namn eller organisationsnummer", "strängnäs")
    newcomer.press("Sök")
    newcomer.follow("Strängnäs kommun")
    newcomer.choose("Varför får ni företräda organisationen?", "Jag får företräda organisationen enligt delegations")
    newcomer.fill("Titel eller befattning", "utvecklingsledare")
    newcomer.fill("E-post i arbetet", "mika.nyanland@exempel.se")
    newcomer.fill("Telefon i arbetet", "010-000 00 00")
    newcomer.attach("Handling som styrker behörigheten", "delegationsordning.pdf", a_scanned_page())
    newcomer.press("Skicka ansökan")
    newcomer.see("Vi prövar ansökan", "Strängnäs kommun")


def the_officer_asks_for_a_completion(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Ansökningar om att bli ombud")
    officer.follow("Strängnäs kommun")
    assert officer.fetch("delegationsordning.pdf").startswith(b"%PDF")
    officer.fill("Vad behöver kompletteras?", "Sidan är tom. Skicka den som visar delegationen.")
    officer.press("Skicka begäran")

    newcomer = cast("Ny användare utan roll")
    newcomer.follow("Komplettera ansökan")
    newcomer.see("Sidan är tom. Skicka den som visar delegationen.")
    newcomer.fill("Er komplettering", "Här är sidan med delegationen.")
    newcomer.attach("Ny eller bättre handling", "sidan.pdf", a_scanned_page())
    newcomer.press("Skicka komplettering")
    newcomer.see("Vi prövar ansökan")


def the_newcomer_becomes_agent(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Ansökningar om att bli ombud")
    officer.follow("Strängnäs kommun")
    officer.see("Här är sidan med delegationen.")
    officer.press("Godkänn som ombud")
    officer.see("Godkänd")


def the_new_agent_requisitions_and_gets_a_diary_number(cast: Cast) -> None:
    agent = cast("Ny användare utan roll")
    agent.follow("Rekvirera")
    agent.fill("Belopp som ni rekvirerar", "200 000 kr")
    agent.choose("Vill ni ta del av medel som inte har rekvirerats?", "Ja")
    agent.fill("Högst så här mycket mer", "50 000")
    agent.choose("Har ni beviljats annat offentligt stöd", "Nej")
    agent.fill("Bankgiro eller plusgiro", GIRO)
    agent.fill("Kontaktpersonens namn", "Mika Nyanländ (påhittad)")
    agent.fill("E-post till arbetet", "mika.nyanland@exempel.se")
    agent.press("Fortsätt och kontrollera svaren")
    agent.see("Kontrollera uppgifterna")  # more than the ceiling: it says why, and everything is still there
    agent.fill("Belopp som ni rekvirerar", "174 973")
    agent.press("Fortsätt och kontrollera svaren")
    agent.see("174 973 kr", "Gironumret är nytt för oss")
    agent.press("Skicka in rekvisitionen")
    agent.see("Rekvisitionen har kommit in", "Diarienummer 9.1-")


def region_stockholm_requisitions_what_it_decided(cast: Cast) -> None:
    agent = cast("Ombud för en region")
    agent.see("Region Stockholm")
    agent.follow("Rekvirera")
    agent.fill("Belopp som ni rekvirerar", "16 259 682 kr")
    agent.choose("Vill ni ta del av medel som inte har rekvirerats?", "Nej")
    agent.choose("Har ni beviljats annat offentligt stöd", "Nej")
    agent.fill("Bankgiro eller plusgiro", "531-0339")
    agent.fill("Kontaktpersonens namn", "Robin Regionombud (påhittad)")
    agent.fill("E-post till arbetet", "robin.regionombud@exempel.se")
    agent.press("Fortsätt och kontrollera svaren")
    agent.press("Skicka in rekvisitionen")
    agent.see("Rekvisitionen har kommit in", "16 259 682 kr")


def eskilstuna_abstains(cast: Cast) -> None:
    agent = cast("Ombud för en kommun")
    agent.see("Eskilstuna kommun")
    agent.follow("Rekvirera")
    agent.follow("Vi avstår")
    agent.see("Vi avstår från statsbidraget 2025")
    agent.press("Vi avstår")
    agent.see("Eskilstuna kommun avstår från statsbidraget 2025")


def a_late_one_is_registered(cast: Cast) -> None:
    registrar = cast("Registrator")
    registrar.follow("Omgång 2025")
    registrar.follow("Registrera det som kom på papper eller med e-post")
    registrar.pick("Vem rekvirerar", "Nyköpings kommun")
    registrar.choose("Hur kom den in", "På papper")
    registrar.fill("Dag då den kom in", "2025-05-05")
    registrar.fill("Klockslag", "09.30")
    registrar.attach("Handlingen, inskannad eller sparad", "rekvisition.pdf", a_scanned_page())
    registrar.fill("Rekvirerat belopp", "300 000")
    registrar.choose("Vill de ta del av medel", "Nej")
    registrar.choose("Har de beviljats annat offentligt stöd", "Nej")
    registrar.fill("Bankgiro eller plusgiro", GIRO)
    registrar.press("Registrera")
    registrar.see("Registrerad som", "efter sista dagen")


def the_officer_reallocates(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.follow("Till omfördelningen")
    officer.see("Strängnäs kommun")
    officer.press("Omfördela ")
    officer.see("Omfördelningen är gjord")


def the_presenter_prepares_and_the_decision_maker_decides(cast: Cast) -> None:
    presenter = cast("Föredragande")
    presenter.follow("Omgång 2025")
    presenter.follow("Till beredningen")
    presenter.press("Bered hela listan")
    presenter.see("Allt är berett")

    decision_maker = cast("Beslutsfattare")
    decision_maker.follow("Omgång 2025")
    decision_maker.follow("Till besluten")
    decision_maker.press("Besluta")
    decision_maker.see("Brev om beslut 2025", "Skrivna brev 0 av")


def the_letters_are_written_and_the_late_one_learns_why(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.follow("Brev")
    officer.press("Skriv och skicka")
    officer.wait_for("Alla brev är skrivna")
    officer.follow("Beslut")
    officer.fill("Sök", "Nyköping")
    officer.press("Visa")
    officer.follow("Nyköpings kommun")
    officer.see("avvisning", "kom in den 5 maj 2025, efter sista dagen")
    assert officer.fetch("Brevet").startswith(b"%PDF")


def finance_checks_the_new_giro(cast: Cast) -> None:
    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Utbetalningar")
    finance.follow("Kontrollera ägaren för Strängnäs kommun")
    finance.fill("Hur du har kontrollerat ägaren", "Bankgirots register (påhittat).")
    finance.press("Numret är kontrollerat")


def two_attest_and_the_batch_is_handed_over(cast: Cast, number: int) -> bytes:
    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Utbetalningar")
    finance.press("Bered utbetalningen")
    finance.press("Attestera")

    decision_maker = cast("Beslutsfattare")
    decision_maker.follow("Omgång 2025")
    decision_maker.follow("Utbetalningar")
    decision_maker.follow(f"Utbetalning {number}")
    decision_maker.press("Attestera")

    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Utbetalningar")
    finance.follow(f"Utbetalning {number}")
    finance.press("Lämna över")
    finance.see("Utbetalningen är överlämnad")
    assert b"pain.001" in finance.fetch("Betalningsfil till banken")
    finance.follow("Verifikationer (SIE)")


def the_bank_answers(cast: Cast, number: int, refuses: Sequence[str] = ()) -> None:
    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Utbetalningar")
    finance.follow(f"Utbetalning {number}")
    basis = finance.fetch("Betalningsunderlag, CSV")
    finance.follow("Svar")
    finance.attach("Fil med svar", f"svar-{number}.csv", the_answer(basis, refuses=refuses))
    finance.press("Läs in")
    finance.see(f"svar-{number}.csv", "Att gå igenom", "HYRA-1", *refuses)


def the_agent_gives_another_giro(cast: Cast) -> None:
    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Utbetalningar")
    finance.follow("Åtgärda för Strängnäs kommun")
    finance.press("Be om ett annat gironummer")

    agent = cast("Ny användare utan roll")
    agent.follow("nytt gironummer")
    agent.see("Vi kunde inte betala ut bidraget")
    agent.fill("Bankgiro eller plusgiro", MENDED_GIRO)
    agent.press("Skicka in numret")
    agent.see("Vi har tagit emot ert nya nummer")


def a_decision_is_corrected(cast: Cast) -> None:
    presenter = cast("Föredragande")
    presenter.follow("Rekvisitioner 2025")
    presenter.follow("Region Stockholm")
    presenter.follow("Bered ett beslut")
    presenter.follow("Rätta")
    presenter.fill("Uppgift som rättas", "Er referens")
    presenter.fill("Det stod", "ingen")
    presenter.fill("Det ska stå", "HSN 2025-0101 (påhittad)")
    presenter.fill("Skäl för beslutet", "Er referens föll bort i beslutet.")
    presenter.press("Bered beslutet")

    decision_maker = cast("Beslutsfattare")
    decision_maker.follow("Omgång 2025")
    decision_maker.follow("Till besluten")
    decision_maker.press("Besluta")
    decision_maker.press("Fortsätt")
    decision_maker.wait_for("Alla brev är skrivna")


def the_recipients_see_the_money(cast: Cast) -> None:
    region = cast("Ombud för en region")
    region.follow("Ärendet 2025")
    region.see("Mottaget belopp 16 259 682 kr", "Beslut om rättelse", "16 259 682 kr till bankgiro 531-0339")
    municipality = cast("Ny användare utan roll")
    municipality.follow("Ärendet 2025")
    municipality.see("Utbetald", MENDED_GIRO.split(" ", 1)[1])


def the_auditor_finds_the_record_whole(cast: Cast) -> None:
    auditor = cast("Granskare")
    auditor.follow("Kontroll av diarium och huvudbok")
    auditor.press("Kontrollera")
    auditor.see("Allt håller ihop")


FIRST_HALF: Sequence[Callable[[Cast], None]] = (
    the_officer_allocates_and_opens,
    partial(the_clock_moves, to="Öppen"),
    the_round_opens,
    a_newcomer_applies_to_be_agent,
    the_officer_asks_for_a_completion,
    the_newcomer_becomes_agent,
    the_new_agent_requisitions_and_gets_a_diary_number,
    region_stockholm_requisitions_what_it_decided,
    eskilstuna_abstains,
)
SECOND_HALF: Sequence[Callable[[Cast], None]] = (
    partial(the_clock_moves, to="Stängd"),
    a_late_one_is_registered,
    the_officer_reallocates,
    the_presenter_prepares_and_the_decision_maker_decides,
    the_letters_are_written_and_the_late_one_learns_why,
    finance_checks_the_new_giro,
    partial(two_attest_and_the_batch_is_handed_over, number=1),
    partial(the_bank_answers, number=1, refuses=["Strängnäs kommun"]),
    the_agent_gives_another_giro,
    finance_checks_the_new_giro,
    partial(two_attest_and_the_batch_is_handed_over, number=2),
    partial(the_bank_answers, number=2),
    a_decision_is_corrected,
    the_recipients_see_the_money,
    the_auditor_finds_the_record_whole,
)


def tell(cast: Cast, chapters: Sequence[Callable[[Cast], None]]) -> None:
    """Tells a part of the story, with a cast."""
    for chapter in chapters:
        chapter(cast)
