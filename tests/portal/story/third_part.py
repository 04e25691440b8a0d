"""The story's last part: reports, repayment and the joint account (steps 7-9)."""

from collections.abc import Callable, Sequence
from functools import partial

from portal.story.actor import Actor, Cast
from portal.story.papers import money_in
from portal.story.story import the_auditor_finds_the_record_whole, the_clock_moves

_OCR = "20250000112"  # of the first invoice of the round
CONTACT = {
    "Utdelningsadress": "Exempelgatan 1",
    "Postnummer": "930 70",
    "Postort": "Exempelby",
    "Namn kontaktperson": "Kontakt (påhittad)",
    "Befattning kontaktperson": "samordnare",
    "E-post kontaktperson": "kontakt@exempel.se",
    "Telefon kontaktperson": "010-000 00 00",
}
INVOICE = {
    "Faktureringsadress": "Exempelgatan 1",
    "Postnummer (faktura)": "930 70",
    "Postort (faktura)": "Exempelby",
    "E-post organisation (faktura)": "faktura@exempel.se",
    "Fakturareferens": "REF 1",
}
_SIGNATORY = {
    "Namn behörig företrädare": "Företrädare (påhittad)",
    "Befattning behörig företrädare": "chef",
    "Telefon behörig företrädare": "010-000 00 00",
    "E-post behörig företrädare": "foretradare@exempel.se",
    "Punkt i delegationsordningen": "Delegationsordningen punkt 3.2 (påhittad)",
}


def the_small_municipality_reports_alone(cast: Cast) -> None:
    alone = cast("Ensam i en liten kommun")
    reports_nothing_used(alone)
    certifies(alone)
    alone.see("Svaren är godkända")
    alone.press("Skicka")
    alone.see("Återrapporteringen har kommit in", "Svar 1 av 5")
    assert alone.fetch("Svaren som PDF").startswith(b"%PDF")


def the_region_s_signatory_declines_and_the_agent_mends(cast: Cast) -> None:
    agent = cast("Ombud för en region")
    reports_nothing_used(agent)
    agent.see("Behörig företrädare loggar in och godkänner här")

    signatory = cast("Behörig företrädare för en region")
    signatory.follow("Godkänn återrapporteringen 2025")
    signatory.follow("Läs och godkänn svaren")
    signatory.fill("Varför godkänner du inte svaren?", "Tidsbristen ska beskrivas bättre (påhittat).")
    signatory.press("Godkänn inte")

    agent = cast("Ombud för en region")
    agent.follow("Återrapportera statsbidraget 2025")
    agent.see("Tidsbristen ska beskrivas bättre")
    agent.follow("Ekonomisk sammanställning")
    agent.fill("Svar till ”Tidsbrist", "Rekryteringen blev klar först i november (påhittat).")
    agent.press("Nästa")
    agent.follow("Alla delar")
    agent.follow("Kontrollera svaren")
    agent.see("Rekryteringen blev klar först i november")
    agent.press("Lås och lämna till behörig företrädare")


def the_officer_reviews_and_asks_for_a_completion(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.follow("Återrapporter")
    officer.fill("Sök", "Malå")
    officer.press("Visa")
    officer.follow("Malå kommun")
    officer.see("Att titta på", "Oanvänt bidrag ska återbetalas", "Nyckeltal")
    officer.follow("Begär komplettering")
    officer.fill("Vad ska kompletteras?", "Beskriv tidsbristen (påhittat).")
    officer.fill("Sista dag att svara", "2026-04-15")
    officer.press("Skicka begäran")
    officer.see("Komplettering begärd")

    alone = cast("Ensam i en liten kommun")
    alone.follow("Komplettera återrapporteringen 2025")
    alone.see("Beskriv tidsbristen")
    alone.press("Komplettera återrapporteringen")
    alone.see("Kompletteringen räknas inte som ett av era svar")
    alone.follow("Ekonomisk sammanställning")
    alone.fill("Svar till ”Tidsbrist", "Avtalet med regionen dröjde (påhittat).")
    alone.press("Nästa")
    alone.follow("Alla delar")
    alone.follow("Kontrollera svaren")
    alone.press("Lås och")
    certifies(alone)
    alone.press("Skicka")
    alone.see("Kompletteringen är registrerad")
    alone.follow("Vad som ändrades sedan svar 1")
    alone.see("Vi hann inte börja", "Avtalet med regionen dröjde")


def another_version_is_begun_and_another_completion_asked(cast: Cast) -> None:
    alone = cast("Ensam i en liten kommun")
    alone.follow("Ärendet 2025")
    alone.follow("Återrapporteringen 2025")
    alone.press("Öppna en ny version")
    alone.see("Formulärets delar")

    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.follow("Återrapporter")
    officer.fill("Sök", "Malå")
    officer.press("Visa")
    officer.follow("Malå kommun")
    officer.follow("Begär komplettering")
    officer.fill("Vad ska kompletteras?", "Skriv när avtalet var klart (påhittat).")
    officer.fill("Sista dag att svara", "2026-04-15")
    officer.press("Skicka begäran")


def what_is_unused_is_communicated_and_partly_waived(cast: Cast) -> None:
    presenter = cast("Föredragande")
    presenter.follow("Omgång 2025")
    presenter.follow("Återbetalning")
    presenter.follow("Öppna ett ärende om Malå kommun")
    presenter.choose("Grund", "Bidraget har helt eller delvis inte använts")
    presenter.choose("Av vilka pengar?", "Det som inte är använt")
    presenter.fill("Belopp som ska återbetalas", "8 000 kr")
    presenter.fill("Vad har hänt?", "Ni har själva redovisat beloppet som oanvänt (påhittat).")
    presenter.press("Öppna ärendet")
    presenter.press("Skicka kommuniceringsbrevet")
    presenter.see("Mottagaren kan yttra sig till och med")

    alone = cast("Ensam i en liten kommun")
    alone.follow("Yttra er om återbetalning 2025")
    alone.see("Vi överväger att kräva tillbaka")
    alone.fill("Ert yttrande", "En vattenskada stängde mottagningen (påhittat).")
    alone.press("Skicka yttrandet")
    alone.see("Yttrandet har kommit in")

    presenter = cast("Föredragande")
    presenter.follow("Omgång 2025")
    presenter.follow("Återbetalning")
    presenter.follow("Å-2025-0001")
    presenter.see("En vattenskada stängde mottagningen")
    presenter.fill("Belopp att avstå från", "3 000 kr")
    presenter.fill("Särskilda skäl att avstå", "Vattenskadan (påhittat).")
    presenter.fill("Bemötande av yttrandet", "Skadan är ett särskilt skäl för en del (påhittat).")
    presenter.press("Bered beslutet")
    presenter.see("väntar på beslutsfattaren")

    decision_maker = cast("Beslutsfattare")
    decision_maker.follow("Omgång 2025")
    decision_maker.follow("Beslut")
    decision_maker.press("Besluta")


def the_claim_is_invoiced_and_partly_paid(cast: Cast) -> None:
    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Fakturor")
    finance.wait_for("Malå kommun")
    finance.follow("Malå kommun")
    finance.see("Fakturan är förfallen", "5 000 kr", "Dröjsmålsränta")
    finance.press("Skicka en påminnelse")
    finance.follow("Fakturor")
    finance.follow("Läs in inbetalningar")
    finance.attach(
        "Fil med inbetalningar",
        "in.csv",
        money_in(f"{_OCR};2026-06-10;4 000;Malå;BG1", "okänd;2026-06-10;50;Någon;BG2"),
    )
    finance.press("Läs in")
    finance.see("Placerade på sina fakturor: 1", "BG2")


def the_rest_is_paid_late_with_interest(cast: Cast) -> None:
    finance = cast("Ekonom")
    finance.follow("Omgång 2025")
    finance.follow("Fakturor")
    finance.follow("Läs in inbetalningar")
    finance.attach("Fil med inbetalningar", "in.csv", money_in(f"{_OCR};2026-06-12;1 000;Malå;BG3"))
    finance.press("Läs in")
    finance.follow("Fakturor")
    finance.see("Fakturan är betald")
    finance.follow("Malå kommun")
    finance.see("Kvar att betala 0 kr", "Dröjsmålsränta hittills")
    assert finance.fetch("Fakturan (pdf)").startswith(b"%PDF")


def the_account_is_decided(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.follow("Samlad redovisning")
    officer.see("Regioner och kommuner redovisar samma gemensamma besök")
    officer.fill("Sammanfattande bedömning", "Bidraget har nått de flesta (påhittad bedömning).")
    officer.press("Spara och lägg fram för beslut")

    decision_maker = cast("Beslutsfattare")
    decision_maker.follow("Omgång 2025")
    decision_maker.follow("Samlad redovisning")
    decision_maker.press("Besluta redovisningen")
    decision_maker.see("Beslutad", "Redovisningen i diariet")


THIRD_PART: Sequence[Callable[[Cast], None]] = (
    partial(the_clock_moves, to="Redovisning"),
    the_small_municipality_reports_alone,
    the_region_s_signatory_declines_and_the_agent_mends,
    partial(the_clock_moves, to="Redovisad"),
    the_officer_reviews_and_asks_for_a_completion,
    another_version_is_begun_and_another_completion_asked,
    what_is_unused_is_communicated_and_partly_waived,
    partial(the_clock_moves, to="Samlad redovisning"),
    the_claim_is_invoiced_and_partly_paid,
    the_rest_is_paid_late_with_interest,
    the_account_is_decided,
    the_auditor_finds_the_record_whole,
)


def reports_nothing_used(someone: Actor) -> None:
    """Fills in the short path: a refused amount on the way, and back again."""
    someone.follow("Återrapportera statsbidraget 2025")
    someone.press("Börja")
    someone.press("Vi har inte använt bidraget")
    someone.follow("Kontaktuppgifter till bidragsmottagaren")
    for label, text in CONTACT.items():
        someone.fill(label, text)
    someone.press("Nästa")
    for label, text in INVOICE.items():
        someone.fill(label, text)
    someone.press("Nästa")
    someone.fill("Använt belopp", "fyra tusen")
    someone.press("Nästa")
    someone.see("Kontrollera uppgifterna")
    someone.fill("Använt belopp", "0 kr")
    someone.press("Nästa")
    someone.tick("Tidsbrist, beskriv på vilket sätt")
    someone.fill("Svar till ”Tidsbrist", "Vi hann inte börja (påhittat).")
    someone.press("Nästa")
    someone.follow("Alla delar")
    someone.follow("Kontrollera svaren")
    someone.see("Läs igenom", "Vi hann inte börja")
    someone.press("Lås och")
    someone.see("De är låsta")


def certifies(someone: Actor) -> None:
    """Certifies what is locked, as the signatory or in its place."""
    someone.tick("Behörig företrädare enligt delegationsordning")
    for label, text in _SIGNATORY.items():
        someone.fill(label, text)
    someone.press("Godkänn")
