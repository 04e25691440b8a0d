"""The region handles applications for fixed support: a decision with its reason, and the follow-up meetings."""

from dataclasses import dataclass
from datetime import date, datetime

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import access
from statsbidrag.portal.access import Right, Visitor, may
from statsbidrag.region import clinic_papers
from statsbidrag.region.actions import diary
from statsbidrag.region.actions.clinic_mail import tell_clinic
from statsbidrag.region.models import Clinic, GrantedSupport, Meeting, SupportDecision
from statsbidrag.region.plain_text import without_numbers
from statsbidrag.region.queries.clinics import registered
from statsbidrag.region.queries.support import support_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.faults import Fault

_WHERE = "beslutet om fast ersättning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What is decided on an application.

    kronor   None where the sum is not decided yet, or follows from another decision; that is not 0
    """

    granted: bool
    reason: str
    kronor: int | None = None
    first_day: date | None = None
    last_day: date | None = None


def decide_support(
    visitor: Visitor | None, scheme: Scheme, clinic: Clinic, decided: Decided, *, now: datetime
) -> SupportDecision:
    """Decides an application: the clinic gets the decision as a letter, and what it was assumed to have is replaced.

    Raises Fault where there is nothing to decide, the reason or the days are missing, or the clinic does not meet what
    the scheme asks and is granted it anyway.
    """
    right: Right = "decide in region" if may(visitor, "decide in region", clinic.region) else "plan region"
    decided_by = access.require(visitor, right, clinic.region)
    with writing():
        standing = support_of(scheme, clinic)
        if standing.row is None or standing.state != "sent":
            raise Fault(_WHERE, "Det finns ingen ansökan som väntar på beslut.", "Läs in sidan igen.")
        told = _checked(decided, scheme, clinic)
        decision = SupportDecision.objects.create(
            application=standing.row,
            granted=told.granted,
            reason=told.reason.strip(),
            kronor=told.kronor if told.granted else None,
            first_day=told.first_day if told.granted else None,
            last_day=told.last_day if told.granted else None,
            at=now,
            by=decided_by.name,
        )
        _grant(decision, scheme.year, now)
        case = diary.clinic_case(clinic, scheme.year, now)
        decision.document = diary.enter(
            case, clinic_papers.support_decision(decision, scheme, case, now), now, by=decided_by.name
        )
        decision.save(update_fields=["document"])
        outcome = "beviljat" if told.granted else "avslagit"
        says = (f"Vi har {outcome} er ansökan om fast ersättning {scheme.year}.", "Beslutet finns i e-tjänsten.")
        tell_clinic(clinic, "Beslut om fast ersättning", says, now)
        return decision


def note_meeting(visitor: Visitor | None, clinic: Clinic, day: date, says: str, *, now: datetime) -> Meeting:
    """Notes a follow-up meeting with a clinic, held or planned."""
    planner = access.require(visitor, "plan region", clinic.region)
    text = without_numbers(says, "anteckningen")
    return Meeting.objects.create(clinic=clinic, day=day, says=text, at=now, by=planner.name)


def _grant(decision: SupportDecision, year: int, now: datetime) -> None:
    clinic = decision.application.clinic
    GrantedSupport.objects.filter(clinic=clinic, year=year, replaced=False).update(replaced=True)
    if decision.granted and decision.first_day:
        GrantedSupport.objects.create(
            clinic=clinic,
            year=year,
            first_day=decision.first_day,
            last_day=decision.last_day,
            decision=decision,
            at=now,
            by=decision.by,
        )


def _checked(decided: Decided, scheme: Scheme, clinic: Clinic) -> Decided:
    if not without_numbers(decided.reason, "skälen"):
        raise Fault("skälen", "Skälen saknas.", "Skriv varför, så att enheten förstår beslutet.")
    if not decided.granted:
        return decided
    first, last = decided.first_day, decided.last_day
    if first is None or last is None or last < first or {first.year, last.year} != {scheme.year}:
        why = f"Det saknas från och till vilken dag, eller så hör dagarna inte till {scheme.year}."
        raise Fault("dagarna", why, "Ange båda dagarna, den första först.")
    if decided.kronor is not None and decided.kronor < 0:
        raise Fault("beloppet", "Beloppet är mindre än 0.", "Lämna det tomt om det inte är beslutat än.")
    if registered(scheme, clinic).may_apply is False:
        wanted = "; ".join(each.says for each in scheme.fixed_support.eligible.criteria) if scheme.fixed_support else ""
        why = f"{clinic.name} uppfyller inte villkoret: {wanted}."
        raise Fault("beslutet", why, "Avslå ansökan, eller rätta indexvärdet i registret.")
    return decided
