"""Reminders: sent by an officer who has seen who gets them, once on each occasion."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.mailing import Addressed, send_to_all
from statsbidrag.portal.models import ReminderRun, Round
from statsbidrag.portal.queries.reminders import Due, Receiver, occasions, receivers, written
from statsbidrag.portal.writing import writing
from statsbidrag.rulebook.reminders import Occasion
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault


def remind(visitor: Visitor | None, year: int, key: str, now: datetime, *, site: str) -> ReminderRun:
    """Puts a reminder in the outbox for everyone it concerns today, at its registry and to its agent; all or none.

    Whoever has sent in, or has said that it abstains, gets none (adm-21). ``site`` is the service's address. Raises
    Fault where the reminder has gone already, where it is too early or too late, or where nobody would get it.
    """
    officer = access.require(visitor, "remind")
    today = day_of_arrival(now)
    with writing():
        Round.objects.select_for_update().filter(pk=year).first()  # one at a time
        due = _occasion(year, key)
        refuse_to_remind(due, now)
        reached = [receiver for receiver in receivers(year, due.occasion, today) if receiver.addresses]
        if not reached:
            raise Fault(due.occasion.name, "Det finns ingen att påminna.", "Gör ingenting; alla har hört av sig.")
        send_to_all(_mails(year, due.occasion, reached, site), "reminder", now)
        return ReminderRun.objects.create(year=year, occasion=key, at=now, by_id=officer.id, receivers=len(reached))


def refuse_to_remind(due: Due, now: datetime) -> None:
    """Raises Fault with the reason where a reminder may not be sent now."""
    where, today = due.occasion.name, day_of_arrival(now)
    if not due.opened and due.occasion.about == "report":
        raise Fault(where, "Återrapporteringsformuläret är inte utskickat.", "Skicka ut det först.")
    if not due.opened:
        raise Fault(where, "Omgången är inte öppnad.", "Öppna omgången först.")
    if due.run:
        on = day_in_words(day_of_arrival(due.run.at))
        raise Fault(where, f"Påminnelsen skickades den {on}.", "Den skickas bara en gång.")
    if today < due.day:
        raise Fault(where, f"Påminnelsen ska skickas den {day_in_words(due.day)}.", "Vänta till dess.")
    if due.over(today):
        raise Fault(where, "Den dag som påminnelsen gäller har passerat.", "Skicka ingen påminnelse.")


def _mails(year: int, occasion: Occasion, reached: Iterable[Receiver], site: str) -> Iterator[Addressed]:
    for receiver in reached:
        subject, body = written(year, occasion, receiver, site)
        for address in receiver.addresses:
            yield Addressed(address, subject, body, receiver.key)


def _occasion(year: int, key: str) -> Due:
    for due in occasions(year):
        if due.occasion.key == key:
            return due
    raise Fault(f"påminnelsen {key}", "Tillfället finns inte i reglerna.", "Välj ett i listan över påminnelser.")
