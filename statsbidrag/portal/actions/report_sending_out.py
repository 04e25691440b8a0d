"""The form of the report sent out: once a round, to the registry and the agent of everyone that has been paid."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urljoin

from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary
from statsbidrag.portal.actions.cases import round_case
from statsbidrag.portal.actions.mailing import Addressed, send_to_all
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.letters.reading import reading_copy
from statsbidrag.portal.models import Document, Round
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.receivers import receivers_of
from statsbidrag.portal.queries.report_list import paid_in
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault


def send_form(visitor: Visitor | None, year: int, now: datetime, *, site: str) -> int:
    """Opens the form and writes to everyone that has been paid; gives how many mails. ``site`` is our own address.

    The reading copy is entered in the round's own case. Raises Fault where the form has gone out already, where the
    round has none, or where nobody has been paid.
    """
    officer = access.require(visitor, "run round")
    with writing():
        row = Round.objects.select_for_update(of=("self",)).filter(pk=year).first()
        refuse_to_send(year, row)
        assert row is not None, "a round without a row is refused"
        document = _enter(year, now, officer)
        mails = list(_mails(year, site))
        send_to_all(mails, "report form", now, document=document)
        row.form_sent = now
        row.save(update_fields=["form_sent"])
        return len(mails)


def refuse_to_send(year: int, row: Round | None) -> None:
    """Raises Fault with the reason where the form may not be sent out now."""
    where = f"återrapporteringen {year}"
    if row and row.form_sent:
        raise Fault(
            where, f"Formuläret skickades den {day_in_words(row.form_sent.date())}.", "Det skickas bara en gång."
        )
    if form_of(year) is None:
        raise Fault(where, "Omgången har inget formulär i reglerna.", "Lägg till det i omgångens regelfil.")
    if row is None or not paid_in(year):
        raise Fault(where, "Ingen har fått bidraget utbetalt.", "Skicka formuläret när bidraget är utbetalt.")


def _enter(year: int, now: datetime, officer: Visitor) -> Document:
    paper = Paper(
        direction="out",
        about="report form",
        party="alla som har fått bidrag",
        matter=f"Återrapporteringsformuläret {year}, läsversion",
        name=f"lasversion-{year}.pdf",
        content=reading_copy(year),
    )
    return diary.enter(round_case(year, now), paper, now, by=officer.id)


def _mails(year: int, site: str) -> Iterator[Addressed]:
    last_day = day_in_words(rules.round_rules(year).report.last_day.value)
    known = receivers_of(list(paid_in(year)))
    for key, addresses in known.items():
        name = rules.recipients()[key].name
        link = urljoin(site, reverse("report", args=(key, year)))
        body = mail_text(
            f"{name} har fått statsbidrag {year} för utökade hembesök och ska senast den {last_day} redovisa hur det"
            " har använts.",
            f"Fyll i formuläret i e-tjänsten: {link}",
            "Flera kan fylla i var sin del. Behörig företrädare godkänner svaren innan ni skickar in dem."
            " Läsversionen av formuläret ligger som bilaga.",
        )
        for address in addresses:
            yield Addressed(address, f"Redovisa statsbidraget {year} senast {last_day}", body, key)
