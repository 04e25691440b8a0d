"""What a recipient's pages say of a case in plain words: where it stands, and what there is to do now, by whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from statsbidrag.cycle import REQUISITION_STATES
from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor, may
from statsbidrag.portal.queries.own_cases import OwnCase
from statsbidrag.portal.queries.payments import Attempt
from statsbidrag.portal.queries.payments import State as PaymentState
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words

PAYMENT_WORDS: dict[PaymentState, tuple[str, str]] = {
    "prepared": ("Förbereds", "wait"),
    "withdrawn": ("Förbereds inte längre", "neutral"),
    "sent": ("På väg till er", "wait"),
    "accepted": ("Banken har tagit emot betalningen", "wait"),
    "rejected": ("Banken kunde inte betala", "bad"),
    "paid": ("Utbetald", "good"),
    "returned": ("Betalningen kom i retur", "bad"),
    "unclear": ("Vi utreder betalningen", "wait"),
}


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something to do, or to know, with the last day for it where there is one."""

    what: str
    link: str
    by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands: a word with its tone, and a sentence."""

    word: str
    tone: str
    says: str


def state_of(case: OwnCase) -> State:
    """Says where a recipient's case stands."""
    place, grant = case.place, case.grant
    if place.opened is None:
        return State("Inte öppen", "neutral", f"{place.rules.window(min(place.today, place.rules.opens.value))}.")
    if case.report.number or case.balances["paid"] > 0:
        return _after_payment(case)
    if grant and case.payment_failed:
        return State(
            "Inte utbetalt", "bad", f"Vi har beviljat {in_words(grant.total)}, men betalningen gick inte fram."
        )
    if grant:
        return State("Beslutat", "good", f"Vi har beviljat {in_words(grant.total)} och betalar ut bidraget.")
    if case.decisions:
        return State("Beslutat", "neutral", "Vi har fattat beslut i ärendet.")
    return _before_decision(case)


def _after_payment(case: OwnCase) -> State:
    if case.balances["owed"] > 0:
        return State("Att återbetala", "wait", f"Ni ska betala tillbaka {in_words(case.balances['owed'])}.")
    if case.report.number:
        return State("Återrapporterat", "good", f"Svar {case.report.number} på återrapporteringen har kommit in.")
    return State("Utbetalt", "good", f"Vi har betalat ut {in_words(case.balances['paid'])}.")


def _before_decision(case: OwnCase) -> State:
    place = case.place
    standing = place.standing
    if standing is None and place.versions:
        says = "Den kom in för sent eller kan inte godtas. Vi fattar ett beslut med skälen."
        return State("Avvisas", "bad", says)
    if standing is None:
        says = "Ni har inte rekvirerat."
        return State(
            "Inte rekvirerat", "wait" if place.open else "neutral", f"{says} {place.rules.window(place.today)}."
        )
    review = standing.review
    words = REQUISITION_STATES[review.state]
    if review.state == "abstained":
        return State("Ni avstår", "neutral", "Ni har sagt att ni avstår från bidraget.")
    amount = in_words(standing.requisition.amount) if standing.requisition.amount is not None else "ett okänt belopp"
    if review.state == "to complete":
        until = day_in_words(place.rules.completed_by)
        return State("Behöver kompletteras", "wait", f"Ni har rekvirerat {amount}. Komplettera senast den {until}.")
    after = (
        f"Ni kan ändra till och med den {day_in_words(place.rules.last_day.value)}."
        if place.open
        else "Beslutet kommer när det som ingen har rekvirerat är omfördelat."
    )
    return State(words, "good", f"Ni har rekvirerat {amount}. {after}")


def to_do(case: OwnCase, visitor: Visitor | None) -> Iterator[ToDo]:
    """Gives what there is to do now in a case for someone with the visitor's rights, the most urgent first."""
    where = (case.place.recipient, case.place.year)
    if may(visitor, "fill in", case.place.recipient):
        yield from _requisition(case, reverse("requisition", args=where), sends=may(visitor, "submit", where[0]))
    own = reverse("recipient_case", args=where)
    paid = case.latest_payment
    if paid and case.payment_failed:
        sends = may(visitor, "submit", where[0])
        link = reverse("new_giro", args=where) if sends else f"{own}#utbetalning"
        note = f"{paid.why} Har ni redan angett ett nytt nummer betalar vi till det nästa gång.".strip()
        yield ToDo(f"Ange ett nytt gironummer för bidraget {where[1]}, banken kunde inte betala", link, note=note)
    if case.decisions:
        yield from _after_decision(case, own)


def _requisition(case: OwnCase, form: str, *, sends: bool) -> Iterator[ToDo]:
    place, draft = case.place, case.draft
    year, last_day = place.year, place.rules.last_day.value
    standing = place.standing
    who = "" if sends else "Ombudet eller en representant skickar sedan in."
    if place.completes:
        yield ToDo(f"Komplettera rekvisitionen {year}", form, place.rules.completed_by, who)
    elif place.open and standing is None:
        begun = f"Ett utkast finns, senast ändrat av {draft.changed_by}. " if draft else ""
        verb = "Rekvirera statsbidraget" if sends else "Fyll i rekvisitionen av statsbidraget"
        more = "Eller meddela att ni avstår." if sends else who
        yield ToDo(f"{verb} {year}", form, last_day, f"{begun}{more}")
    elif place.open and standing and standing.review.state == "to complete":
        yield ToDo(f"Komplettera rekvisitionen {year}", form, last_day, who)
    elif place.open and draft and standing and draft.changed > standing.requisition.arrived:
        what = f"Skicka in ändringarna i rekvisitionen {year}, eller låt den gälla som den är"
        yield ToDo(what, form, last_day, f"Senast ändrat av {draft.changed_by}. {who}".strip())


def _after_decision(case: OwnCase, own: str) -> Iterator[ToDo]:
    year, today = case.place.year, case.place.today
    if today <= rules.round_rules(year).report.last_day.value and not case.report.number:
        yield ToDo(f"Läs beslutet {year} och villkoren", f"{own}#beslut")
    if case.grant and case.grant.total:
        yield from _report(case)


def _report(case: OwnCase) -> Iterator[ToDo]:
    """What there is to do with the report, and on whom it waits."""
    year, report = case.place.year, case.report
    link = reverse("report", args=(case.place.recipient, year))
    if report.to_answer:
        answers = reverse("communication", args=(case.place.recipient, year, report.to_answer))
        yield ToDo(f"Yttra er om återbetalning {year}", answers, note="Innan vi beslutar får ni svara.")
    last_day = rules.round_rules(year).report.last_day.value
    if not report.form_sent:
        if case.place.today <= last_day:
            note = (
                "Ni får ett mejl när formuläret öppnar. Spara underlag under året: antal hembesök, vad pengarna har"
                " använts till och vad som inte har använts."
            )
            yield ToDo(f"Redovisa hur ni har använt bidraget {year}", link, last_day, note)
        return
    if report.draft == "locked":
        yield ToDo(f"Godkänn återrapporteringen {year}", link, last_day, "Väntar på behörig företrädare.")
    elif report.draft == "certified":
        yield ToDo(f"Skicka in återrapporteringen {year}", link, last_day, "Behörig företrädare har godkänt svaren.")
    elif report.complete_by:
        yield ToDo(f"Komplettera återrapporteringen {year}", link, report.complete_by, "Handläggaren har frågor.")
    elif report.draft and report.number:
        yield ToDo(f"Gör klart den nya versionen av återrapporteringen {year}, eller släng den", link)
    elif not report.number:
        begun = "Ni har börjat." if report.draft else "Flera kan fylla i var sin del."
        yield ToDo(f"Återrapportera statsbidraget {year}", link, last_day, begun)


def payment_of(attempt: Attempt) -> State:
    """Says where a payment stands."""
    paid, (word, tone) = attempt.payment, PAYMENT_WORDS[attempt.state]
    what = f"{in_words(paid.kronor)} till {paid.giro}"
    if attempt.state == "prepared":
        return State(word, tone, f"{what} förbereds för utbetalning den {day_in_words(paid.day)}.")
    when = f" den {day_in_words(attempt.said_on)}" if attempt.said_on else ""
    return State(word, tone, f"{what}{when}. {attempt.why}".strip())
