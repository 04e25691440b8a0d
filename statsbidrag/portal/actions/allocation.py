"""Step 1 at the agency's desk: the list is computed, booked and published, and the round is opened."""

from collections.abc import Iterator
from datetime import date, datetime

from statsbidrag.cycle.ledger import Posting
from statsbidrag.exchange.allocation_list import AllocationList
from statsbidrag.exchange.tables import Table
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import ledger
from statsbidrag.portal.actions.cases import round_case
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.lists import list_papers
from statsbidrag.portal.models import Case, Round
from statsbidrag.portal.papers import Paper, text_paper
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault

LIST_REFERENCE = "fördelningslistan"


def allocate_and_publish(visitor: Visitor | None, year: int, now: datetime) -> Case:
    """Computes the list, books every ceiling, opens the round's own case, enters the list there and publishes it.

    Raises Fault where that has been done already, or where the last day to requisition has passed.
    """
    officer = access.require(visitor, "run round")
    with writing():
        round_ = _locked(year)
        _refuse_to_publish(round_, now.date())
        case = round_case(year, now)
        ledger.post(year, _ceilings(year, now.date()))
        for paper in list_papers(_published_list(year), f"fordelningslista-{year}", "allocation list", now.date()):
            enter(case, paper, now, by=officer.id)
        round_.fingerprint, round_.published, round_.case = rules.fingerprint(year), now, case
        round_.save()
        return case


def open_round(visitor: Visitor | None, year: int, now: datetime) -> None:
    """Opens a published round for requisitions, from the rules' own day; the opening is entered in its case.

    Raises Fault where it is too early or too late, where it is open already or where no list is published.
    """
    officer = access.require(visitor, "run round")
    with writing():
        round_ = _locked(year)
        case = _refuse_to_open(round_, now.date())
        enter(case, _opening(year), now, by=officer.id)
        round_.opened = now
        round_.save()


def _locked(year: int) -> Round:
    """The round's row, held until the deed is done, so that nobody else does the same meanwhile."""
    return Round.objects.select_for_update().get_or_create(year=year)[0]


def _refuse_to_publish(round_: Round, today: date) -> None:
    where, last_day = f"omgång {round_.year}", rules.round_rules(round_.year).requisition.last_day.value
    if round_.published:
        why = f"Fördelningslistan publicerades den {_swedish_day(round_.published)}."
        raise Fault(where, why, "Den publiceras bara en gång. Gå vidare till nästa steg.")
    if today > last_day:
        why = f"Sista dagen att rekvirera var den {day_in_words(last_day)}."
        raise Fault(where, why, "En omgång som är slut kan inte börja här. Kontrollera att året är rätt.")


def _refuse_to_open(round_: Round, today: date) -> Case:
    where, dates = f"omgång {round_.year}", rules.round_rules(round_.year).requisition
    if round_.case is None:
        raise Fault(where, "Fördelningslistan är inte publicerad.", "Fördela och publicera listan först.")
    if round_.opened:
        raise Fault(where, f"Omgången öppnades den {_swedish_day(round_.opened)}.", "Den öppnas bara en gång.")
    if today < dates.opens.value:
        why = f"Enligt reglerna öppnar omgången den {day_in_words(dates.opens.value)}."
        raise Fault(where, why, "Vänta till dess.")
    if today > dates.last_day.value:
        why = f"Sista dagen att rekvirera var den {day_in_words(dates.last_day.value)}."
        raise Fault(where, why, "Sätt en ny sista dag i reglerna innan ni öppnar omgången.")
    return round_.case


def _published_list(year: int) -> Table:
    shown = AllocationList(rules.allocation(year), year, rules.book().library, rules.fingerprint(year))
    return shown.table()


def _ceilings(year: int, day: date) -> Iterator[Posting]:
    for recipient, kronor in rules.ceilings(year).items():
        yield Posting("allocated", recipient, kronor, LIST_REFERENCE, day, year, rules.fingerprint(year))


def _opening(year: int) -> Paper:
    """What is entered when the round opens: a sentence, so that the record says who opened it and for how long."""
    dates = rules.round_rules(year).requisition
    says = (
        f"Omgång {year} är öppen för rekvisition. "
        f"Sista dagen att rekvirera är den {day_in_words(dates.last_day.value)}. "
        f"En rekvisition kan kompletteras till och med den {day_in_words(dates.completed_by)}.\n"
    )
    return text_paper("own", "opening", f"Omgång {year} öppnas", says, name="oppning.txt")


def _swedish_day(moment: datetime) -> str:
    return day_in_words(day_of_arrival(moment))
