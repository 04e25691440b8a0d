"""Region Örebro län reports to the agency: filled in from the released figures, one of them changed with its reason."""

import re
from collections.abc import Callable, Sequence

from portal.story.actor import Actor, Cast
from portal.story.third_part import CONTACT, INVOICE, certifies

_AGENT = "Ombud i Örebro"
_DONE = "Antal genomförda utökade hembesök"
_LESS = 6
_WHY = "Sex av besöken betalades av ett annat projekt (påhittat)."
_IN_AUTUMN = "Två av enheterna började i höst (påhittat)."


def the_report_is_begun_and_filled_in_from_the_figures(cast: Cast) -> None:
    agent = cast(_AGENT)
    agent.follow("Återrapportera statsbidraget 2025")
    agent.follow("Siffror från regionen")
    done = _released(agent)
    agent = cast(_AGENT)
    agent.follow("Återrapportera statsbidraget 2025")
    agent.press("Börja")
    _tells_of_the_money(agent)
    agent.see(f"Ifyllt från besöksregistret den 2026-02-03, räknat på {done}.", "Ifyllt från planen den 2026-02-03")
    agent.see("Förslag från bokföringen: Genomförande av utökade hembesök.")
    agent.tick("Genomförande av utökade hembesök")
    agent.fill(_DONE, str(done - _LESS))
    agent.press("Spara")
    agent.see("Varför är svaret ett annat än det som var ifyllt?")
    agent.fill("Varför är svaret ett annat", _WHY)
    agent.press("Nästa")


def the_rest_is_confirmed(cast: Cast) -> None:
    agent = cast(_AGENT)
    agent.follow("Återrapportera statsbidraget 2025")
    agent.follow("Om samverkan")
    agent.see("räknat på", "kommuner")
    agent.tick("Vi har inte samverkat med någon annan aktör")
    agent.press("Nästa")
    agent.choose("Har ni riktat era utökade hembesöksprogram", "Ja, helt och hållet")
    agent.choose("Har ni prioriterat särskilda målgrupper", "Nej, vi har erbjudit")
    agent.press("Nästa")
    agent.choose("… genomförs regelbundet", "Ja")
    agent.choose("… genomförs av minst två personer", "Ja")
    agent.choose("… genomförs med ett situationsanpassat", "Ja")
    agent.press("Nästa")
    agent.tick("Antal utökade hembesök")
    agent.tick("Vi kan inte se några resultat ännu")
    agent.choose("I vilken utsträckning bedömer ni", "I ganska hög utsträckning")
    agent.press("Nästa")
    agent.fill("Beskriv eventuella synpunkter", "Inga (påhittat).")
    agent.press("Nästa")
    agent.press("Nästa")
    agent.see("Kontrollera svaren", "Läs igenom")


def it_is_certified_and_sent_in(cast: Cast) -> None:
    agent = cast(_AGENT)
    agent.follow("Återrapportera statsbidraget 2025")
    agent.follow("Kontrollera svaren")
    agent.fill("Ni har genomfört fler hembesök än ni planerade", "Ja, bara två enheter lämnade en plan (påhittat).")
    agent.press("Lås och")
    certifies(agent)
    agent.press("Skicka")
    agent.see("Återrapporteringen har kommit in", "Svar 1 av 5")


def the_officer_sees_what_differs_from_the_register(cast: Cast) -> None:
    officer = cast("Handläggare")
    officer.follow("Omgång 2025")
    officer.follow("Återrapporter")
    officer.fill("Sök", "Örebro län")
    officer.press("Visa")
    officer.follow("Region Örebro län")
    officer.see("Att titta på", f"Skäl: {_WHY}")
    flagged = re.search(rf"{_DONE}: var ifyllt ”([\d ]+) besök”, är ”([\d ]+) besök”", officer.read())
    assert flagged, officer.read()
    was, now = (int(each.replace(" ", "")) for each in flagged.groups())
    assert was - now == _LESS


def _tells_of_the_money(agent: Actor) -> None:
    agent.follow("Kontaktuppgifter till bidragsmottagaren")
    for label, text in CONTACT.items():
        agent.fill(label, text)
    agent.press("Nästa")
    for label, text in INVOICE.items():
        agent.fill(label, text)
    agent.press("Nästa")
    agent.see("Ifyllt från bokföringen den 2026-02-03")
    agent.press("Nästa")
    agent.tick("Tidsbrist, beskriv på vilket sätt")
    agent.press("Nästa")
    agent.fill("Svar till ”Tidsbrist", _IN_AUTUMN)
    agent.press("Nästa")


def _released(agent: Actor) -> int:
    """How many visits the region has released, as the page of its figures says."""
    told = re.search(rf"{_DONE} ([\d ]+) besök", agent.read())
    assert told, agent.read()
    return int(told[1].replace(" ", ""))


IN_FEBRUARY: Sequence[Callable[[Cast], None]] = (
    the_report_is_begun_and_filled_in_from_the_figures,
    the_rest_is_confirmed,
    it_is_certified_and_sent_in,
    the_officer_sees_what_differs_from_the_register,
)
