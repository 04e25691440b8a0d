"""Step 3 at the agency's desk: what nobody requisitioned goes, once, to those who asked for more (§ 6)."""

from collections.abc import Iterator
from datetime import date, datetime

from statsbidrag.cycle.ledger import Posting
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import ledger
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.lists import list_papers
from statsbidrag.portal.models import Case, ReallocatedShare, Round
from statsbidrag.portal.queries.reallocation import SharedOut, booked_ceilings, shared_out
from statsbidrag.portal.reasons import as_stored
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault

UNCLAIMED_REFERENCE = "rekvisitionerna"


def reallocate_round(visitor: Visitor | None, year: int, now: datetime, *, seal: str = "") -> SharedOut:
    """Books what nobody requisitioned, stores who gets how much of it and why, and enters the list in the diary.

    The shares are granted by the decisions that follow; until then the money stands as left. ``seal`` is the mark of
    what the officer saw. Raises Fault where it is too early or done already, or where it would now turn out otherwise.
    """
    officer = access.require(visitor, "run round")
    with writing():
        round_ = Round.objects.select_for_update(of=("self",)).filter(pk=year).select_related("case").first()
        case = refuse_to_reallocate(year, round_, now)
        today = day_of_arrival(now)
        outcome = shared_out(year, today)
        if seal and seal != outcome.seal:
            why = "Något har kommit in eller ändrats sedan du såg uträkningen."
            raise Fault(f"omfördelningen {year}", why, "Se igenom den nya uträkningen och omfördela sedan.")
        ledger.post(year, _unclaimed(outcome, today))
        ReallocatedShare.objects.bulk_create(_shares(outcome))
        for paper in list_papers(
            outcome.turnout().table(), f"omfordelning-{year}", "reallocation", day_of_arrival(now)
        ):
            enter(case, paper, now, by=officer.id)
        Round.objects.filter(pk=year).update(reallocated=now)
        return outcome


def refuse_to_reallocate(year: int, round_: Round | None, now: datetime) -> Case:
    """Gives the round's case where the round may be reallocated now; raises Fault with the reason where it may not."""
    where, completed_by = f"omfördelningen {year}", rules.round_rules(year).requisition.completed_by
    if round_ is None or round_.case is None:
        raise Fault(where, "Fördelningslistan är inte publicerad.", "Fördela och publicera listan först.")
    if round_.reallocated:
        day = day_in_words(day_of_arrival(round_.reallocated))
        raise Fault(where, f"Omgången omfördelades den {day}.", "Det görs bara en gång. Gå vidare till besluten.")
    if day_of_arrival(now) <= completed_by:
        why = f"Rekvisitioner får kompletteras till och med den {day_in_words(completed_by)}."
        raise Fault(where, why, "Omfördela tidigast dagen därpå, när det är klart vad som är kvar.")
    if booked_ceilings(year) != rules.ceilings(year):
        why = "Reglerna ger i dag andra högsta belopp än listan som publicerades."
        raise Fault(where, why, "Återställ reglerna till dem som listan räknades fram med, och försök igen.")
    return round_.case


def _unclaimed(outcome: SharedOut, day: date) -> Iterator[Posting]:
    year = outcome.year
    for recipient, kronor in outcome.unclaimed.items():
        yield Posting("unclaimed", recipient, kronor, UNCLAIMED_REFERENCE, day, year, rules.fingerprint(year))


def _shares(outcome: SharedOut) -> Iterator[ReallocatedShare]:
    for line in outcome.turnout().lines:
        because = as_stored(line.because)
        yield ReallocatedShare(round_id=outcome.year, recipient=line.recipient, kronor=line.kronor, because=because)
