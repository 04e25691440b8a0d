"""Every kind of page: who asks for it, where it is, and what it may cost."""

from collections.abc import Iterator
from typing import NamedTuple

from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.models import AgentApplication, BankAnswer, Decision, DiaryEntry, Mail, PaymentBatch

YEAR, OWN, REGION = 2025, "municipality-0484", "region-01"
ROUND, OFFICE = f"/omgangar/{YEAR}", f"/myndighet/omgangar/{YEAR}"
RECIPIENT = f"/organisation/{OWN}"
FORM = f"{RECIPIENT}/{YEAR}/rekvisition/"
LIST, FORM_PAGE, PAGE = 15.0, 2.0, 5.0  # milliseconds of processor time
MOST_QUESTIONS = 8


class Page(NamedTuple):
    """A page: what it is called here, who asks, where, and its limit."""

    name: str
    who: str | int
    path: str
    limit: float = PAGE


def pages(day: str) -> Iterator[Page]:
    """Gives every kind of page on the last day and when all is paid; between them, those that are at their longest."""
    yield Page("a bare Django view", "public", "/bare/", 1.0)
    if day == "decided":
        yield from (page for page in (*_OFFICE, *_of_what_there_is()) if page.limit == LIST)
        return
    yield from _PUBLIC
    yield from _ACCOUNT
    yield from _OFFICE
    yield from _of_what_there_is()
    yield from _LAST_DAY if day == "last day" else _PAID


_PUBLIC = (
    Page("the allocation list of 311", "public", f"{ROUND}/fordelningslista/", LIST),
    Page("why an amount", "public", f"{ROUND}/fordelningslista/region-01/"),
    Page("the start page", "public", "/"),
    Page("all rounds", "public", "/omgangar/"),
    Page("the call", "public", f"{ROUND}/"),
    Page("the public diary", "public", "/diarium/"),
    Page("open data", "public", "/data/"),
    Page("about the service", "public", "/om/"),
    Page("the assumptions", "public", "/om/antaganden/"),
    Page("personal data", "public", "/om/personuppgifter/"),
    Page("cookies", "public", "/om/kakor/"),
    Page("accessibility, with its form", "public", "/om/tillganglighet/", FORM_PAGE),
    Page("signing in", "public", "/logga-in/"),
    Page("the demonstration's clock", "public", "/demonstration/klocka/"),
    Page("the demonstration's e-mail", "public", "/demonstration/e-post/"),
)
_ACCOUNT = (
    Page("my organisations", "agent_of_municipality", "/mina-uppdrag/"),
    Page("delete my account, a form", "agent_of_municipality", "/mina-uppdrag/ta-bort-konto/", FORM_PAGE),
    Page("choose an organisation", "newcomer", "/ombud/ny-ansokan/?sok=stad"),
    Page("apply to be agent, a form", "newcomer", "/ombud/ny-ansokan/?mottagare=municipality-0180", FORM_PAGE),
    Page("colleagues", "agent_of_municipality", f"/kolleger/{OWN}/"),
    Page("remove an organisation, a form", "agent_of_municipality", f"/kolleger/{OWN}/ta-bort/", FORM_PAGE),
    Page("the recipient's desk", "agent_of_municipality", f"{RECIPIENT}/"),
    Page("the recipient's case", "agent_of_region", f"/organisation/{REGION}/{YEAR}/"),
    Page("what was received", "agent_of_region", f"/organisation/{REGION}/{YEAR}/rekvisition/mottagen/"),
)
_OFFICE = (
    Page("the agency's desk", "officer", "/myndighet/"),
    Page("the round's nine stations", "officer", f"{OFFICE}/"),
    Page("the officer's list of 311", "officer", f"{OFFICE}/rekvisitioner/", LIST),
    Page("register a paper, a form", "registrar", f"{OFFICE}/registrera/", FORM_PAGE),
    Page("the reallocation, a list", "officer", f"{OFFICE}/omfordelning/", LIST),
    Page("reminders", "officer", f"{OFFICE}/paminnelser/"),
    Page("the outbox", "officer", "/myndighet/e-post/"),
    Page("a case", "officer", f"{OFFICE}/arenden/{REGION}/"),
    Page("note bias, a form", "officer", f"{OFFICE}/arenden/{REGION}/jav/", FORM_PAGE),
    Page("choose a decision", "presenter", f"{OFFICE}/arenden/{REGION}/bered/"),
    Page("reject, a form", "presenter", f"{OFFICE}/arenden/{REGION}/bered/?slag=avvisa", FORM_PAGE),
    Page("prepare the decisions, a list", "presenter", f"{OFFICE}/bered-beslut/", LIST),
    Page("the decisions, a list", "decision_maker", f"{OFFICE}/beslut/", LIST),
    Page("the letters", "officer", f"{OFFICE}/brev/"),
    Page("the diary", "registrar", "/myndighet/diarium/"),
    Page("delegations", "administrator", "/myndighet/delegationsordning/"),
    Page("staff", "administrator", "/myndighet/medarbetare/"),
    Page("applications to be agent", "officer", "/myndighet/ombud/"),
    Page("forget people", "registrar", "/myndighet/gallring/personuppgifter/"),
    Page("the payments, a list", "finance", f"{OFFICE}/utbetalningar/", LIST),
    Page("the vouchers", "finance", f"{OFFICE}/utbetalningar/bokforing/"),
    Page("the bank's answers", "finance", f"{OFFICE}/utbetalningar/svar/"),
    Page("check a giro, a form", "finance", f"{OFFICE}/utbetalningar/giro/{OWN}/", FORM_PAGE),
    Page("register a giro, a form", "registrar", f"{OFFICE}/utbetalningar/giro/{OWN}/registrera/", FORM_PAGE),
)
_LAST_DAY = (
    Page("the requisition form", "agent_of_municipality", FORM, FORM_PAGE),
    Page("check the answers, a form", "agent_of_municipality", f"{FORM}kontrollera/", FORM_PAGE),
    Page("abstain, a form", "agent_of_municipality", f"{FORM}avsta/", FORM_PAGE),
    Page("one reminder, with its receivers", "officer", f"{OFFICE}/paminnelser/rekvirera-3-fore/", LIST),
)
_PAID = (
    Page("another giro, a form", "agent_of_municipality", f"{RECIPIENT}/{YEAR}/gironummer/", FORM_PAGE),
    *(
        Page(f"{name}, a form", "presenter", f"{OFFICE}/arenden/{REGION}/bered/?slag={kind}", FORM_PAGE)
        for name, kind in (("withhold", "innehall"), ("change", "andra"), ("correct", "ratta"), ("close", "avskriv"))
    ),
)


def _of_what_there_is() -> Iterator[Page]:
    """Pages about one thing of many; the last of each."""
    if application := AgentApplication.objects.filter(person=as_character("newcomer").id).last():
        yield Page("my application", "newcomer", f"/ombud/ansokan/{application.pk}/")
        yield Page("judge an application", "officer", f"/myndighet/ombud/{application.pk}/")
    mail = Mail.objects.order_by("-id").first()
    if mail:
        yield Page("one e-mail", "officer", f"/myndighet/e-post/{mail.pk}/")
    entry = DiaryEntry.objects.latest("id")
    yield Page("number a case, a form", "registrar", f"/myndighet/diarium/arenden/{entry.case_id}/", FORM_PAGE)
    yield Page("erase, a form", "registrar", f"/myndighet/diarium/handlingar/{entry.pk}/gallra/", FORM_PAGE)
    if batch := PaymentBatch.objects.filter(year=YEAR).last():
        yield Page("one batch, a list", "finance", f"{OFFICE}/utbetalningar/{batch.number}/", LIST)
    if more := Decision.objects.filter(year=YEAR, reallocated__gt=0).first():
        yield Page("why a reallocated amount", "officer", f"{OFFICE}/omfordelning/{more.recipient}/")
    if answer := BankAnswer.objects.filter(file__year=YEAR, payment=None).last():
        yield Page("one answer", "finance", f"{OFFICE}/utbetalningar/svar/{answer.pk}/")
