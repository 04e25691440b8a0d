"""Region Örebro län: a centre is granted support, visits come in, a month is settled, and the report is filled in."""

from collections.abc import Callable, Sequence

from portal.story.actor import Actor, Cast
from region.story.papers import AN_EXTRACT, ASKED, BAD_ROWS, WITHOUT_BAD_ROWS, Line, amount, lines_of, text_of, to_mend

PLANNER, _HEAD, _NURSE = "Regionplanerare i Örebro", "Ny användare utan roll", "BVC-sjuksköterska"
CENTRE, ELSEWHERE, _OWN = "Tybble vårdcentral", "Kumla vårdcentral", "Varberga vårdcentral"
_FIXED, _JOINT, _APRIL = 1_800, 2_500, "2025-04"
_REASON = "Barn-CNI är över 2, och planen visar att det finns tid (påhittat)."
_MET = "Två familjestödjare är klara, resten i juni (påhittat)."


def the_centre_s_index_is_entered(cast: Cast) -> None:
    planner = _at_the_centre(cast)
    planner.see("Inget indexvärde är infört", "Få fast ersättning: Nej")
    planner.follow("Ändra")
    planner.choose("Driftsform", "Regionens egen")
    planner.press("Spara")
    planner.see("bokföringsorder")
    planner.follow("Lägg till index eller uppgifter")
    planner.fill("Värde", "2,31")
    planner.press("Lägg till indexvärdet")
    planner.see("2,31", "Få fast ersättning: Ja")


def its_own_people_join(cast: Cast) -> None:
    planner = _at_the_centre(cast)
    planner.follow("Bjud in eller avsluta")
    planner.choose("Roll", "Verksamhetschef")
    planner.fill("E-post", "newcomer@exempel.se")
    planner.press("Skicka inbjudan")
    head = _accepts(cast(_HEAD))
    head.follow(f"Enhetens skrivbord för {CENTRE}")
    head.follow("Medarbetare")
    head.choose("Roll", "Medarbetare på")
    head.fill("E-post", "clinic@exempel.se")
    head.press("Skicka inbjudan")
    _accepts(cast(_NURSE)).see(CENTRE)


def a_colleague_fills_in_the_application(cast: Cast) -> None:
    nurse = _of(cast, CENTRE)
    nurse.follow("Ansök om fast ersättning")
    nurse.see("Kan ni få fast ersättning?", "Ja", "2,31")
    nurse.press("Börja ansöka")
    nurse.see("Centrala barnhälsovårdsenheten")
    nurse.press("Nästa")
    nurse.fill("Finns det tidsutrymme", "Ja, en dag i veckan (påhittat).")
    nurse.fill("Har kontakt tagits med Socialtjänsten", "Ja, en familjestödjare har tid (påhittat).")
    nurse.fill("Hur många utökade hembesök", "60")
    nurse.choose("Fullständigt utökat hembesöksprogram", "Fullständigt utökat hembesöksprogram")
    nurse.fill("Till vilka familjer", "Förstagångsföräldrar (påhittat).")
    nurse.fill("När planerar ni att starta?", "i höst")
    nurse.fill("Möjlighet att transportera sig", "Två cyklar (påhittat).")
    nurse.press("Nästa")
    nurse.see("Kontrollera uppgifterna")
    nurse.fill("När planerar ni att starta?", "2025-04-01")
    nurse.press("Nästa")
    nurse.see("Kontrollera ansökan", "60", "Sedan skickar verksamhetschefen in ansökan")


def the_head_sends_it_in(cast: Cast) -> None:
    head = _of(cast, CENTRE, _HEAD)
    head.follow("Skicka in ansökan om fast ersättning")
    head.see("Förstagångsföräldrar (påhittat).")
    head.press("Skicka in ansökan")
    head.see("Ansökan: Inskickad")
    assert "Tybble" in text_of(head.fetch("Ansökan som handling (pdf)"))


def the_region_sees_that_it_may_and_grants(cast: Cast) -> None:
    planner = cast(PLANNER)
    planner.follow("Besluta om en ansökan om fast ersättning")
    planner.follow(CENTRE)
    planner.see("Uppfyller enheten villkoren?", "Nationellt barn-CNI över 2", "2,31")
    planner.choose("Beslut", "Bevilja")
    planner.fill("Från och med", "2025-04-01")
    planner.fill("Till och med", "2025-12-31")
    planner.press("Fatta beslutet")
    planner.see("Kontrollera uppgifterna", "Skriv skälen")
    planner.fill("Skäl", _REASON)
    planner.press("Fatta beslutet")
    planner.see("Beviljad", "Från och med den 1 april 2025", "beloppet är inte beslutat än")
    planner.follow("Avstämningsmöten")
    planner.fill("Dag", "2025-06-10")
    planner.fill("Vad ni kom fram till", _MET)
    planner.press("Anteckna mötet")
    planner.see(_MET)
    head = _of(cast, CENTRE, _HEAD)
    head.follow("Fast ersättning")
    head.see("Ansökan är beviljad", _REASON, _MET)
    assert "beviljar" in text_of(head.fetch("Läs beslutet (pdf)")).lower()


def visits_come_in_and_the_month_is_settled_to_the_krona(cast: Cast) -> None:
    before = _settled_too_early_and_taken_back(cast)  # what the demonstration's own visits come to
    _visits_come_by_file(cast)
    _visits_come_by_hand_on_a_phone(cast)
    planner = settles(cast)
    added = {clinic: _more(_april(planner, clinic), before[clinic]) for clinic in before}
    # Two by file and two by hand, of which one each is ordinary: paid, but not extended.
    assert added[CENTRE] == Line(4, 4, 2, 4 * _FIXED, 0, 0)
    assert added[ELSEWHERE] == Line(1, 1, 1, _JOINT, _JOINT - _FIXED, 0)
    assert added[_OWN] == Line(1, 0, 1, 0, 0, 1)
    planner.press("Överlämna avräkningen")
    planner.see("Överlämnad")
    lines = lines_of(planner.fetch("CSV"), CENTRE)
    statement = text_of(planner.fetch(f"PDF, {CENTRE}"))
    assert f"{amount(sum(line.kronor_paid for line in lines.values()))} kr" in statement, statement
    head = _of(cast, CENTRE, _HEAD)
    head.follow("Avräkningar")
    head.see(f"Avräkning 1: {amount(sum(line.kronor_paid for line in lines.values()))} kr")
    assert text_of(head.fetch("Avräkningsbesked (pdf)")) == statement


def what_is_coded_later_is_a_new_line_in_the_next_settlement(cast: Cast) -> None:
    nurse = _of(cast, _OWN)
    nurse.follow("Besök")
    nurse.see("att koda")
    nurse.follow("Ändra besöket 14 april 2025")
    nurse.tick("Besöket är kodat med ZV509")
    nurse.press("Spara ändringen")
    planner = settles(cast)
    planner.see("Avräkning 2, 2025", f"{_OWN} April Rättelse 0 1 0 {amount(_JOINT)} kr")
    assert lines_of(planner.fetch("CSV"), _OWN) == {_APRIL: Line(0, 1, 0, _JOINT, _JOINT - _FIXED, -1)}
    planner.press("Överlämna avräkningen")
    planner.follow("Översikt")
    planner.see("Rörlig ersättning")


def the_figures_are_released(cast: Cast) -> None:
    planner = cast(PLANNER)
    planner.follow("Till rapporten")
    planner.see("Det som skulle lämnas ut nu", "Region Örebro län")
    planner.press("Släpp siffrorna")
    planner.see("Nummer 1", "Framme hos myndigheten")


def another_centre_has_only_begun_to_apply(cast: Cast) -> None:
    planner = _at_the_centre(cast, ELSEWHERE)
    planner.follow("Bjud in eller avsluta")
    planner.choose("Roll", "Verksamhetschef")
    planner.fill("E-post", "clinic.head@exempel.se")
    planner.press("Skicka inbjudan")
    _accepts(cast("Verksamhetschef på en vårdcentral"))
    head = _of(cast, ELSEWHERE, "Verksamhetschef på en vårdcentral")
    head.follow("Fast ersättning")
    head.press("Börja ansöka")
    head.see("Steg 1 av 2")


def the_year_is_settled_but_not_handed_over(cast: Cast) -> None:
    settles(cast, "December").see("Att överlämna")


def _visits_come_by_file(cast: Cast) -> None:
    planner = hands_in(cast(PLANNER), "april.csv", AN_EXTRACT)
    planner.wait_for("Vilken kolumn är vilken?")
    for heading, column in ASKED.items():
        planner.pick(heading, column)
    planner.press("Spara och läs filen")
    planner.wait_for("Går att spara")
    planner.see("Går att spara 3", "Har fel 3", "Den dagen finns inte i kalendern", "Dagen ligger i framtiden")
    assert to_mend(planner.fetch("Hämta raderna med fel (CSV)")) == [row.split(";") for row in BAD_ROWS]
    planner.press("Spara 3 besök")
    planner.wait_for("3 nya besök är sparade")
    planner = hands_in(cast(PLANNER), "april-igen.csv", AN_EXTRACT)
    planner.see("Samma fil lämnades in", "Inget har ändrats")
    planner = hands_in(cast(PLANNER), "april-utan-fel.csv", WITHOUT_BAD_ROWS)
    planner.wait_for("Går att spara")  # the columns are remembered
    planner.press("Spara 3 besök")
    planner.wait_for("0 nya besök är sparade")
    planner.see("3 rader sade samma sak")


def _visits_come_by_hand_on_a_phone(cast: Cast) -> None:
    nurse = _of(cast, CENTRE)
    nurse.on_a_phone()
    nurse.follow("Besök")
    nurse.follow("Skriv in ett besök")
    nurse.fill("Barnets lokala nummer", "20250410-2384")
    _writes(nurse, day="2025-04-10", months="4", coded=True)
    nurse.see("Det såg ut som ett personnummer och är borttaget")
    nurse.fill("Barnets lokala nummer", "201")
    nurse.press("Spara besöket")
    nurse.see("Besöket 10 april 2025 är sparat", f"{amount(_FIXED)} kr")
    nurse.fill("Barnets lokala nummer", "202")
    nurse.choose("Besöket är", "ordinarie besök")
    _writes(nurse, day="2025-04-11", months="8", coded=True)
    nurse.see("Besöket 11 april 2025 är sparat", f"{amount(_FIXED)} kr")
    nurse = _of(cast, _OWN)  # where there is no fixed support yet, so that the code decides
    nurse.follow("Besök")
    nurse.follow("Skriv in ett besök")
    nurse.fill("Barnets lokala nummer", "203")
    _writes(nurse, day="2025-04-14", months="2", coded=False)
    nurse.see("Besöket 14 april 2025 är sparat", "Besöket väntar på kod")


def _settled_too_early_and_taken_back(cast: Cast) -> dict[str, Line]:
    planner = settles(cast)
    planner.see("Avräkning 1, 2025", "Att överlämna", "Besök till och med den 30 april 2025")
    known = {clinic: _april(planner, clinic) for clinic in (CENTRE, ELSEWHERE, _OWN)}
    planner.follow("Ta tillbaka")
    planner.press("Ta tillbaka avräkningen")
    planner.see("Ingen månad är avräknad än")
    return known


def _at_the_centre(cast: Cast, name: str = CENTRE) -> Actor:
    planner = cast(PLANNER)
    planner.follow("Enheter")
    planner.follow(name)
    return planner


def _of(cast: Cast, clinic: str, role: str = _NURSE) -> Actor:
    """Someone at a clinic's desk: the nurse works at two clinics, and the head may have another role too."""
    someone = cast(role)
    someone.follow("Mina uppdrag")
    someone.follow(f"Enhetens skrivbord för {clinic}")
    return someone


def _accepts(someone: Actor) -> Actor:
    someone.follow("Läs e-posten")
    someone.follow("/inbjudan/")
    someone.press("Tacka ja")
    return someone


def hands_in(planner: Actor, name: str, extract: bytes) -> Actor:
    planner.follow("Besök")
    planner.attach("Fil med besök", name, extract)
    planner.press("Lämna in filen")
    return planner


def _writes(nurse: Actor, *, day: str, months: str, coded: bool) -> None:
    nurse.fill("Besöksdag", day)
    nurse.fill("Ålder i månader", months)
    if coded:
        nurse.tick("Besöket är kodat med ZV509")
    nurse.press("Spara besöket")


def settles(cast: Cast, through: str = "April") -> Actor:
    planner = cast(PLANNER)
    planner.follow("Avräkning")
    planner.pick("Räkna av till och med", through)
    planner.press("Räkna av")
    return planner


def _april(planner: Actor, clinic: str) -> Line:
    return lines_of(planner.fetch("CSV"), clinic)[_APRIL]


def _more(now: Line, before: Line) -> Line:
    return Line(*(one - other for one, other in zip(now, before, strict=True)))


DURING_THE_YEAR: Sequence[Callable[[Cast], None]] = (
    the_centre_s_index_is_entered,
    its_own_people_join,
    a_colleague_fills_in_the_application,
    the_head_sends_it_in,
    the_region_sees_that_it_may_and_grants,
    visits_come_in_and_the_month_is_settled_to_the_krona,
    what_is_coded_later_is_a_new_line_in_the_next_settlement,
)
