"""How reports come about: two fill in a part each, go back, are refused, certify, send in, and correct as version 2."""

from collections.abc import Callable, Sequence
from functools import partial

from portal.story.actor import Actor, Cast
from portal.story.third_part import CONTACT, INVOICE, certifies

_EFFORTS = "Genomförande av utökade hembesök"
_REGION = "Har ni samverkat med regionen"
_MUNICIPALITIES = "Har ni samverkat med en eller flera kommuner"
_HOW_MANY = "Svar till ”Ja, med så här många"
_PEOPLE = "… genomförs av minst två personer"
_NOT_TWO = "Beskriv kortfattat varför de utökade hembesöken inte har kunnat genomföras av minst två personer"


def a_colleague_of_the_region_joins(cast: Cast) -> None:
    agent = cast("Ombud för en region")
    agent.follow("Se vilka som har en roll")
    agent.fill("E-post", "newcomer@exempel.se")
    agent.choose("Roll", "Uppgiftssamordnare")
    agent.press("Skicka inbjudan")

    newcomer = cast("Ny användare utan roll")
    newcomer.follow("Läs e-posten")
    newcomer.follow("http")
    newcomer.press("Tacka ja")


def the_first_fills_in_money_and_addresses(cast: Cast, first: str, used: str) -> None:
    """One colleague goes forward and back, is refused an amount, leaves, and is back where it left off."""
    writer = cast(first)
    writer.follow("Återrapportera statsbidraget 2025")
    writer.press("Börja")
    writer.see("Ej påbörjad", "Kan inte börja än")
    writer.follow("Kontaktuppgifter till bidragsmottagaren")
    for label, text in CONTACT.items():
        writer.fill(label, text)
    writer.press("Nästa")
    for label, text in INVOICE.items():
        writer.fill(label, text)
    writer.press("Nästa")
    writer.fill("Använt belopp", "en miljard")
    writer.press("Nästa")
    writer.see("Kontrollera uppgifterna", "”en miljard” är inte ett belopp")
    writer.fill("Använt belopp", used)
    writer.press("Nästa")
    writer.see("Oanvänt statsbidrag", "Varför")
    writer.go_back()
    writer.see("Kostnader")
    writer.follow("Föregående")
    writer.see("Fakturareferens")

    writer = cast(first)  # has left, and comes back
    writer.follow("Återrapportera statsbidraget 2025")
    writer.see("Klar", "Ändrad av")
    writer.follow("Fortsätt där du var")
    writer.see("Ekonomisk sammanställning", "Ange orsaken till att ni inte har använt hela")
    writer.tick("Personalbrist, beskriv på vilket sätt")
    writer.press("Nästa")
    writer.fill("Svar till ”Personalbrist", "Två tjänster var obesatta (påhittat).")
    writer.press("Nästa")


def the_second_fills_in_the_visits(cast: Cast, second: str, *, region: bool) -> None:
    """Another colleague answers about visits, with questions that come when they are needed."""
    writer = cast(second)
    writer.follow("Återrapportera statsbidraget 2025")
    writer.follow("Om era insatser")
    writer.tick(_EFFORTS)
    writer.fill("Antal planerade utökade hembesök", "60")
    writer.fill("Antal genomförda utökade hembesök", "40")
    writer.fill("Hur många familjer fick minst ett", "20")
    writer.press("Nästa")
    _collaborates(writer, region=region)
    writer.tick("Vi har inte samverkat med någon annan aktör")
    writer.press("Nästa")
    writer.choose("Har ni riktat era utökade hembesöksprogram", "Ja, helt och hållet")
    writer.tick("0 år")
    writer.tick("1 år")
    writer.choose("Har ni prioriterat särskilda målgrupper", "Nej, vi har erbjudit")
    writer.press("Nästa")
    writer.choose("Har ni arbetat utifrån någon etablerad", "Nej")
    writer.choose("… genomförs regelbundet", "Ja")
    writer.choose(_PEOPLE, "Nej")
    writer.choose("… genomförs med ett situationsanpassat", "Ja")
    writer.press("Nästa")
    writer.fill(_NOT_TWO, "Socialtjänsten hade ingen ledig (påhittat).")
    writer.press("Nästa")
    writer.tick("Antal utökade hembesök")
    writer.tick("Vi kan inte se några resultat ännu")
    writer.choose("I vilken utsträckning bedömer ni", "I ganska hög utsträckning")
    writer.press("Nästa")
    writer.fill("Beskriv eventuella synpunkter", "Vi vill veta beloppet tidigare (påhittat).")
    writer.press("Nästa")
    writer.see("Hur ni skickar in återrapporteringen")
    writer.press("Nästa")
    writer.see("Kontrollera svaren", "Två tjänster var obesatta", "Ändra", "Besöken har inte gjorts av två personer")
    writer.press("Lås och lämna till behörig företrädare")
    writer.see("De är låsta")


def the_signatory_declines(cast: Cast, signatory: str, second: str) -> None:
    """The signatory sends the answers back with a reason, and they are put right."""
    one = cast(signatory)
    one.follow("Godkänn återrapporteringen 2025")
    one.follow("Läs och godkänn svaren")
    one.see("Två tjänster var obesatta")
    one.fill("Varför godkänner du inte svaren?", "Vi har visst en modell (påhittat).")
    one.press("Godkänn inte")

    writer = cast(second)
    writer.follow("Återrapportera statsbidraget 2025")
    writer.see("Vi har visst en modell (påhittat).")
    writer.follow("Om hembesöksmodellen")
    writer.choose("Har ni arbetat utifrån någon etablerad", "Ja")
    writer.press("Nästa")
    writer.fill("Hur många hembesök ingår i er utökade hembesöksmodell", "6")
    writer.press("Nästa")
    writer.follow("Alla delar")
    writer.follow("Kontrollera svaren")
    writer.press("Lås och lämna till behörig företrädare")


def the_signatory_certifies_and_it_is_sent_in(cast: Cast, signatory: str, sender: str, *, number: int) -> None:
    """The signatory certifies what is locked, and the agent or a deputy sends it in."""
    one = cast(signatory)
    one.follow("Godkänn återrapporteringen 2025")
    one.follow("Läs och godkänn svaren")
    certifies(one)
    one.see("Nu kan ombudet eller en representant skicka in")

    sends = cast(sender)
    sends.follow("Skicka in återrapporteringen 2025")
    sends.follow("Läs svaren och skicka in")
    sends.press("Skicka")
    sends.see("Återrapporteringen har kommit in", f"Svar {number} av 5", "Diarienummer")
    assert sends.fetch("Svaren som PDF").startswith(b"%PDF")


def a_second_version_corrects_the_first(cast: Cast, sender: str, first: str) -> None:
    """A new version begins with the last answers; one of them is changed."""
    opens = cast(sender)
    opens.follow("Ärendet 2025")
    opens.follow("Återrapporteringen 2025")
    opens.press("Öppna en ny version")
    opens.see("Formulärets delar", "Klar")

    writer = cast(first)
    writer.follow("Gör klart den nya versionen av återrapporteringen 2025")
    writer.follow("Ekonomisk sammanställning")
    writer.fill("Svar till ”Personalbrist", "Tre tjänster var obesatta (påhittat).")
    writer.press("Nästa")
    writer.follow("Alla delar")
    writer.follow("Kontrollera svaren")
    writer.see("Tre tjänster var obesatta")
    writer.press("Lås och lämna till behörig företrädare")


def what_was_changed_shows(cast: Cast, sender: str) -> None:
    """Both versions are kept and can be compared."""
    one = cast(sender)
    one.follow("Ärendet 2025")
    one.follow("Återrapporteringen 2025")
    one.follow("Svar 2")
    one.follow("Vad som ändrades sedan svar 1")
    one.see("Två tjänster var obesatta", "Tre tjänster var obesatta")


def _collaborates(writer: Actor, *, region: bool) -> None:
    if region:
        writer.choose(_MUNICIPALITIES, "Ja, med så här många")
        writer.press("Nästa")
        writer.fill(_HOW_MANY, "tre")
        writer.press("Nästa")
        writer.see("Kontrollera uppgifterna")
        writer.fill(_HOW_MANY, "3")
    else:
        writer.choose(_REGION, "Ja")
    writer.fill("Hur många barnavårdscentraler", "4")


def _told_by(first: str, second: str, signatory: str, sender: str, *, used: str) -> list[Callable[[Cast], None]]:
    return [
        partial(the_first_fills_in_money_and_addresses, first=first, used=used),
        partial(the_second_fills_in_the_visits, second=second, region="region" in sender),
        partial(the_signatory_declines, signatory=signatory, second=second),
        partial(the_signatory_certifies_and_it_is_sent_in, signatory=signatory, sender=sender, number=1),
        partial(a_second_version_corrects_the_first, sender=sender, first=first),
        partial(the_signatory_certifies_and_it_is_sent_in, signatory=signatory, sender=sender, number=2),
        partial(what_was_changed_shows, sender=sender),
    ]


OF_A_MUNICIPALITY: Sequence[Callable[[Cast], None]] = _told_by(
    "Uppgiftssamordnare", "Representant", "Behörig företrädare", "Ombud för en kommun", used="400 000 kr"
)
OF_A_REGION: Sequence[Callable[[Cast], None]] = [
    a_colleague_of_the_region_joins,
    *_told_by(
        "Ny användare utan roll",
        "Ombud för en region",
        "Behörig företrädare för en region",
        "Ombud för en region",
        used="4 000 000 kr",
    ),
]
