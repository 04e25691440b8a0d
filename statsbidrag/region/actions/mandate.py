"""Delegation decisions: whoever has the board's mandate moves money between efforts, or assigns what is left."""

from datetime import datetime

from statsbidrag.cycle.regional_book import RegionalCause, RegionalPosting
from statsbidrag.cycle.step_6_distribution import LEFT, DelegationDecision
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.papers import Paper, text_paper
from statsbidrag.region.actions import book, diary
from statsbidrag.region.models import MandateMove, RegionYear
from statsbidrag.region.queries.plan import RegionPlan, plan_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words


def decide(
    visitor: Visitor | None,
    begun: RegionYear,
    *,
    moved_from: str,
    moved_to: str,
    kronor: int,
    reason: str,
    now: datetime,
) -> MandateMove:
    """Decides by the board's mandate: a numbered decision with its reason, booked, and a document in the diary.

    Raises Fault where the scheme gives no such mandate, the board has not decided the plan, or the money is not there.
    """
    holder = access.require(visitor, "decide in region", begun.region)
    with writing():
        plan = plan_of(RegionYear.objects.get(pk=begun.pk))
        if not plan.adopted:
            raise Fault("delegationsbeslutet", "Nämnden har inte beslutat planen än.", "Vänta på nämndens beslut.")
        number = len(plan.distribution.decisions) + 1
        decision = DelegationDecision(number, now.date(), moved_from, moved_to, kronor, reason.strip())
        plan.distribution.decide(decision)
        _refuse_paid(plan, decision)
        book.post(begun.region, begun.year, _postings(decision), now, by=holder.name)
        case = diary.year_case(begun.region, begun.year, now)
        document = diary.enter(case, _paper(plan, decision, holder.name), now, by=holder.name)
        return MandateMove.objects.create(
            region=begun.region,
            year=begun.year,
            number=number,
            day=decision.day,
            moved_from=moved_from,
            moved_to=moved_to,
            kronor=kronor,
            reason=decision.reason,
            at=now,
            by=holder.name,
            document=document,
        )


def _refuse_paid(plan: RegionPlan, decision: DelegationDecision) -> None:
    """Money that has been paid out cannot be moved; it must come back first."""
    there = plan.book.of("left") if decision.moved_from == LEFT else plan.unpaid(decision.moved_from)
    if decision.kronor > there:
        why = f"Av satsningens pengar är {in_words(there)} inte utbetalt."
        raise Fault(f"delegationsbeslut {decision.number}", why, f"Flytta högst {in_words(there)}.")


def _postings(decision: DelegationDecision) -> list[RegionalPosting]:
    moves: list[tuple[RegionalCause, str]] = [("unplanned", decision.moved_from), ("planned", decision.moved_to)]
    return [
        RegionalPosting(
            cause,
            line,
            decision.kronor,
            f"delegationsbeslut {decision.number} {'från' if cause == 'unplanned' else 'till'}",
            decision.day,
            f"Delegationsbeslut {decision.number}: {decision.reason}",
        )
        for cause, line in moves
        if line != LEFT
    ]


def _paper(plan: RegionPlan, decision: DelegationDecision, by: str) -> Paper:
    scheme = plan.scheme
    assert scheme.mandate is not None, "decided by the scheme's mandate"
    source = "det som inte är fördelat" if decision.moved_from == LEFT else plan.name_of(decision.moved_from)
    text = "\n".join(
        (
            f"Delegationsbeslut {decision.number} om statsbidraget {scheme.year}",
            "",
            f"{in_words(decision.kronor)} flyttas från {source} till {plan.name_of(decision.moved_to)}.",
            "",
            f"Skäl: {decision.reason}",
            "",
            f"Beslutat den {day_in_words(decision.day)} av {by} enligt nämndens uppdrag till "
            f"{scheme.mandate.holder.value}.",
            "Beslutet anmäls till nämnden.",
        )
    )
    name, party = f"delegationsbeslut-{decision.number}.txt", rules.recipients()[scheme.region].name
    return text_paper("own", "delegation", f"Delegationsbeslut {decision.number}", text, name=name, party=party)
