"""Giro numbers: finance checks who owns a new one (adm-24), and a recipient gives another where the bank refused it."""

from datetime import datetime

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import post
from statsbidrag.portal.actions.cases import grant_case
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.actions.payments import in_turn
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import GiroChange, GiroCheck
from statsbidrag.portal.papers import PLAIN_TEXT, Paper, text_paper
from statsbidrag.portal.queries.giros import giros, spelled
from statsbidrag.portal.queries.payments import UNDER_WAY, payments
from statsbidrag.portal.queries.receivers import receivers
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import read_giro


def check_owner(visitor: Visitor | None, year: int, recipient: str, how: str, *, now: datetime) -> GiroCheck:
    """Notes that finance has checked who owns the number that a recipient gave, and how (adm-24).

    A later check of the same number renews the earlier. Raises Fault where there is no number to check.
    """
    finance = access.require(visitor, "prepare payment", recipient)
    with writing():
        in_turn(year)
        giro = giros(year, now.date()).get(recipient)
        if giro is None:
            raise Fault("gironumret", "Mottagaren har inte gett något gironummer.", "Be om ett, eller registrera det.")
        text = f"Ägaren av {giro.number} är kontrollerad.\n\nSå kontrollerades det: {how}\nAv: {finance.name}\n"
        paper = text_paper("own", "giro check", "Kontroll av gironummer", text, name="giro-check.txt")
        enter(grant_case(year, recipient, now), paper, now, by=finance.id)
        check, _ = GiroCheck.objects.update_or_create(
            recipient=recipient, giro=giro.number, year=year, defaults={"at": now, "by_id": finance.id, "how": how}
        )
        return check


def new_giro(visitor: Visitor | None, year: int, recipient: str, giro: str, *, now: datetime) -> GiroChange:
    """Takes in another giro number from a recipient; it waits for a check of its owner unless it is known.

    Raises Fault where it is no giro number, is the one we have, or where a payment is under way.
    """
    return _change(access.require(visitor, "submit", recipient), year, recipient, giro, now=now, came_by="e-tjänsten")


def register_giro(
    visitor: Visitor | None, year: int, recipient: str, giro: str, *, now: datetime, came_by: str
) -> GiroChange:
    """Registers another giro number that a recipient has sent on paper or by e-mail; ``came_by`` says which."""
    return _change(access.require(visitor, "register", recipient), year, recipient, giro, now=now, came_by=came_by)


def ask_for_giro(visitor: Visitor | None, year: int, recipient: str, now: datetime, *, link: str) -> None:
    """Asks a recipient for another giro number, by e-mail to its registry and its agent; entered in the case.

    ``link`` leads to the page where the recipient gives it. Raises Fault where no e-mail address is known.
    """
    finance = access.require(visitor, "prepare payment", recipient)
    with writing():
        case, name, to = grant_case(year, recipient, now), rules.recipients()[recipient].name, receivers(recipient)
        if not to:
            why = f"Vi har ingen e-postadress till {name}."
            raise Fault("e-posten", why, "Skriv ett brev, och registrera numret när svaret kommer.")
        text = mail_text(
            f"Vi kunde inte betala ut statsbidraget för {year} till {name}. Gironumret går inte att betala till.",
            "Logga in i e-tjänsten och ange ett annat bankgiro eller plusgiro. Då betalar vi ut bidraget igen.",
            link,
            f"Vårt diarienummer: {case.number}.",
        )
        matter, file_name = "Fråga om nytt gironummer", "giro-request.txt"
        paper = Paper("out", "giro request", name, matter, file_name, text.encode(), PLAIN_TEXT)
        enter(case, paper, now, by=finance.id)
        subject = f"Vi behöver ett nytt gironummer, dnr {case.number}"
        for address in to:
            post.send(address, subject, text, now, occasion="giro", recipient=recipient, case=case)


def _change(giver: Visitor, year: int, recipient: str, text: str, *, now: datetime, came_by: str) -> GiroChange:
    number = read_giro(text, "gironumret")
    giro = spelled(f"{number.kind} {number}")
    with writing():
        in_turn(year)
        known = giros(year, now.date()).get(recipient)
        if known and known.number == giro:
            raise Fault("gironumret", "Det är det nummer som vi redan har.", "Ange ett annat nummer.")
        if any(attempt.state in UNDER_WAY for attempt in payments(year).to(recipient)):
            why = "En utbetalning till ert nuvarande nummer är på väg."
            raise Fault("gironumret", why, "Vänta tills den är klar, eller hör av er till oss.")
        said = f"Nytt gironummer: {giro}\n\nDet kom in genom: {came_by}\nFrån eller registrerat av: {giver.name}\n"
        name = rules.recipients()[recipient].name
        paper = text_paper("in", "giro", "Nytt gironummer", said, name="giro.txt", party=name)
        case = grant_case(year, recipient, now)
        document = enter(case, paper, now, by=giver.id)
        return GiroChange.objects.create(
            recipient=recipient, giro=giro, year=year, at=now, by_id=giver.id, document=document
        )
