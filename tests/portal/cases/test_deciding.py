"""Preparing and making decisions: two people, a mandate, no bias, the pot, and the money in the same moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from portal.cases.staging import DECIDED, LATE, MUNICIPALITY, REGION, YEAR, Agency, references

from statsbidrag.portal import rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.bias import note_bias
from statsbidrag.portal.actions.decisions import Taking, decide
from statsbidrag.portal.actions.proposals import prepare, prepare_list, take_back, take_back_list
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import Approval, Decision, DiaryEntry, LedgerEntry, Mandate, Person
from statsbidrag.portal.queries.decisions import decided, payables, withholdings
from statsbidrag.portal.queries.ledger import ledger
from statsbidrag.portal.queries.to_decide import Proposed
from statsbidrag.terms.faults import Fault


def seen(visitor: Visitor) -> Visitor:
    """The same person with the rights that it has now."""
    found = visitor_of(visitor.id)
    assert found is not None
    return found


def booked(reference: str) -> dict[str, int]:
    """What is booked on a decision, by cause."""
    return dict(LedgerEntry.objects.filter(reference=reference).values_list("cause", "kronor"))


def grant_of(recipient: str) -> Decision:
    """The first grant of a recipient."""
    return Decision.objects.get(recipient=recipient, kind="grant")


def test_one_click_prepares_a_grant_for_all_who_came_in_time_and_a_rejection_of_the_late(reallocated: Agency) -> None:
    told = prepare_list(reallocated.presenter, YEAR, DECIDED)
    assert (told.grants, told.rejections, told.left_out) == (2, 1, ())
    ceilings = rules.ceilings(YEAR)
    assert (grant_of(REGION).kronor, grant_of(REGION).reallocated) == (ceilings[REGION] - 1_000_000, 0)
    assert (grant_of(MUNICIPALITY).kronor, grant_of(MUNICIPALITY).reallocated) == (ceilings[MUNICIPALITY], 2_000_000)


@pytest.mark.shows("adm-10")
def test_what_came_in_late_is_rejected_by_a_decision_with_its_reason(prepared: Agency) -> None:
    rejection = Decision.objects.get(kind="rejection")
    assert rejection.recipient == LATE
    assert rejection.concerns is not None
    assert rejection.reasons == [
        "Rekvisitionen kom in den 30 april 2025, efter sista dagen, som var den 29 april 2025."
    ]


def test_preparing_the_list_twice_prepares_nothing_twice(prepared: Agency) -> None:
    told = prepare_list(prepared.presenter, YEAR, DECIDED)
    assert (told.grants, told.rejections) == (0, 0)
    assert Decision.objects.count() == 3


def test_nothing_is_prepared_before_the_reallocation(agency: Agency) -> None:
    with pytest.raises(Fault, match="Omfördelningen är inte gjord"):
        prepare_list(agency.presenter, YEAR, DECIDED)


def test_what_is_prepared_can_be_taken_back_but_what_is_decided_cannot(prepared: Agency) -> None:
    take_back(prepared.presenter, grant_of(REGION))
    assert Decision.objects.count() == 2
    decide(prepared.decision_maker, YEAR, references(), DECIDED)
    with pytest.raises(Fault, match="redan fattat"):
        take_back(prepared.presenter, grant_of(MUNICIPALITY))
    assert take_back_list(prepared.presenter, YEAR) == 0


@pytest.mark.shows("adm-06")
def test_one_approval_covers_the_whole_list_and_names_everyone_who_took_part(prepared: Agency) -> None:
    jurist = Person.objects.get(pk=prepared.officer.id)
    made = decide(prepared.decision_maker, YEAR, references(), DECIDED, taking=Taking(others=(jurist,)))
    [approval] = Approval.objects.all()
    assert len(made) == approval.decisions.count() == 3
    assert approval.day == date(2025, 5, 13)
    assert approval.decision_maker_id == prepared.decision_maker.id
    assert approval.presenter_id == prepared.presenter.id
    assert approval.took_part == ["Hanna Handläggare (påhittad)"]


def test_the_money_moves_when_the_list_is_decided_and_the_book_balances(decided: Agency) -> None:
    one, other = grant_of(REGION), grant_of(MUNICIPALITY)
    assert booked(one.reference) == {"granted": one.kronor}
    assert booked(other.reference) == {"granted": other.kronor, "reallocated": 2_000_000}
    totals = ledger(YEAR).totals()
    assert totals["granted"] == one.kronor + other.kronor + 2_000_000
    assert sum(totals.values()) == rules.round_rules(YEAR).allocation.pot.value


def test_the_list_is_in_the_diary_from_the_moment_it_is_decided(prepared: Agency) -> None:
    before = DiaryEntry.objects.count()
    decide(prepared.decision_maker, YEAR, references(), DECIDED)
    about = DiaryEntry.objects.order_by("id").values_list("document__about", flat=True)[before:]
    assert list(about) == ["decision list", "decision list"]


@pytest.mark.shows("adm-06")
def test_who_prepared_a_decision_may_not_make_it(reallocated: Agency, someone: Callable[..., Visitor]) -> None:
    Person.objects.get(pk=reallocated.decision_maker.id).roles.create(kind="presenter", since=DECIDED)
    both = seen(reallocated.decision_maker)
    prepare_list(both, YEAR, DECIDED)
    with pytest.raises(Fault, match="både föredragande och beslutsfattare"):
        decide(both, YEAR, references(), DECIDED)
    assert not Decision.objects.exclude(approval=None).exists()


@pytest.mark.shows("adm-06")
def test_a_mandate_too_small_refuses_the_whole_list_and_stores_nothing(prepared: Agency) -> None:
    Mandate.objects.update(at_most=1_000_000)
    with pytest.raises(Fault, match="enligt delegationsordningen"):
        decide(prepared.decision_maker, YEAR, references(), DECIDED)
    assert not Approval.objects.exists()
    assert not LedgerEntry.objects.filter(cause="granted").exists()


@pytest.mark.shows("adm-06")
def test_a_deputy_decides_for_the_holder_and_the_approval_says_so(
    prepared: Agency, someone: Callable[..., Visitor]
) -> None:
    deputy = someone("decision_maker", name="Disa Deputerad (påhittad)")
    with pytest.raises(Fault, match="enligt delegationsordningen"):
        decide(deputy, YEAR, references(), DECIDED)
    Mandate.objects.update(deputy=deputy.id)
    holder = Person.objects.get(pk=prepared.decision_maker.id)
    decide(deputy, YEAR, references(), DECIDED, taking=Taking(acting_for=holder))
    assert Approval.objects.get().acting_for == holder
    assert all(one.approval.acting_for == holder.name for one in decided(YEAR))


def test_deciding_the_same_list_twice_is_refused_and_books_nothing_twice(prepared: Agency) -> None:
    chosen = references()
    decide(prepared.decision_maker, YEAR, chosen, DECIDED)
    rows = LedgerEntry.objects.count()
    with pytest.raises(Fault, match="Redan fattade"):
        decide(prepared.decision_maker, YEAR, chosen, DECIDED)
    assert LedgerEntry.objects.count() == rows


@pytest.mark.parametrize("role", ["officer", "presenter", "registrar"])
def test_only_a_decision_maker_decides(prepared: Agency, role: str) -> None:
    with pytest.raises(Refused):
        decide(getattr(prepared, role), YEAR, references(), DECIDED)


@pytest.mark.shows("adm-07")
def test_a_biased_decision_maker_cannot_decide_the_list_but_the_rest_of_it(prepared: Agency) -> None:
    note_bias(prepared.decision_maker, REGION, "Min syster är direktör där.", DECIDED)
    biased = seen(prepared.decision_maker)
    with pytest.raises(Fault, match="har anmält jäv: Min syster är direktör där"):
        decide(biased, YEAR, references(), DECIDED)
    rest = [one for one in references() if one != grant_of(REGION).reference]
    assert len(decide(biased, YEAR, rest, DECIDED)) == 2


@pytest.mark.shows("adm-07")
def test_a_biased_presenter_leaves_the_case_to_another(reallocated: Agency, someone: Callable[..., Visitor]) -> None:
    note_bias(reallocated.presenter, REGION, "Jag har arbetat där.", DECIDED)
    assert prepare_list(seen(reallocated.presenter), YEAR, DECIDED).left_out == (REGION,)
    assert prepare_list(someone("presenter"), YEAR, DECIDED).grants == 1


def test_payables_follow_the_decisions(decided: Agency) -> None:
    due = {one.recipient: one for one in payables(YEAR)}
    assert due.keys() == {REGION, MUNICIPALITY}
    assert due[MUNICIPALITY].kronor == rules.ceilings(YEAR)[MUNICIPALITY] + 2_000_000
    assert due[MUNICIPALITY].case == grant_of(MUNICIPALITY).reference
    assert withholdings(YEAR) == ()


WITHHOLD = Proposed(kind="withholding", reasons=("En insats har annat stöd.",), kronor=500_000, ground="given wrongly")


def prepared_and_decided(agency: Agency, recipient: str, proposed: Proposed, days: int = 1) -> Decision:
    """Prepares one decision and makes it, some days later."""
    moment = DECIDED + timedelta(days=days)
    row = prepare(agency.presenter, YEAR, recipient, proposed, now=moment)
    decide(agency.decision_maker, YEAR, [row.reference], moment)
    row.refresh_from_db()
    return row


def test_part_of_a_grant_is_withheld_on_a_ground_and_released_by_a_change(decided: Agency) -> None:
    proposed = replace(WITHHOLD, earlier=grant_of(REGION).reference)
    row = prepared_and_decided(decided, REGION, proposed)
    [held] = withholdings(YEAR)
    assert (held.case, held.kronor, held.ground.ground) == (grant_of(REGION).reference, 500_000, "given wrongly")
    assert booked(row.reference) == {"withheld": 500_000}
    change = Proposed(kind="change", reasons=("Insatsen har inget annat stöd.",), kronor=100_000, earlier=row.reference)
    later = prepared_and_decided(decided, REGION, change, 2)
    assert booked(later.reference) == {"released": 400_000}
    assert [one.kronor for one in withholdings(YEAR)] == [100_000]


def test_more_than_what_is_still_unpaid_cannot_be_withheld(decided: Agency) -> None:
    whole = grant_of(REGION).kronor
    proposed = replace(WITHHOLD, kronor=whole + 1, earlier=grant_of(REGION).reference)
    with pytest.raises(Fault, match="varken utbetalt, på väg eller redan innehållet"):
        prepare(decided.presenter, YEAR, REGION, proposed, now=DECIDED)
    assert Decision.objects.filter(approval=None).count() == 0


@pytest.mark.shows("adm-08")
def test_a_change_links_to_what_it_replaces_and_books_only_the_difference(decided: Agency) -> None:
    first = grant_of(REGION)
    proposed = Proposed(kind="change", reasons=("Ny uppgift.",), kronor=first.kronor - 300_000, earlier=first.reference)
    row = prepared_and_decided(decided, REGION, proposed)
    assert row.earlier == first
    assert booked(row.reference) == {"reduced": 300_000}
    [due] = [one for one in payables(YEAR) if one.recipient == REGION]
    assert (due.case, due.kronor) == (first.reference, first.kronor - 300_000)
    raised = Proposed(kind="correction", reasons=("Skrivfel.",), kronor=first.kronor, earlier=row.reference)
    later = prepared_and_decided(decided, REGION, raised, 2)
    assert booked(later.reference) == {"raised": 300_000}


@pytest.mark.shows("adm-08")
def test_a_decision_that_is_replaced_cannot_be_replaced_again(decided: Agency) -> None:
    first = grant_of(REGION)
    proposed = Proposed(kind="change", reasons=("Ny uppgift.",), kronor=first.kronor - 1, earlier=first.reference)
    prepared_and_decided(decided, REGION, proposed)
    with pytest.raises(Fault, match="är ersatt av"):
        prepare(decided.presenter, YEAR, REGION, replace(proposed, kronor=1), now=DECIDED + timedelta(days=2))


def test_the_pot_is_never_passed_by_a_change(decided: Agency) -> None:
    first, pot = grant_of(REGION), rules.round_rules(YEAR).allocation.pot.value
    proposed = Proposed(kind="change", reasons=("Ny uppgift.",), kronor=pot, earlier=first.reference)
    with pytest.raises(Fault, match="bidrag lämnas i mån av medel"):
        prepare(decided.presenter, YEAR, REGION, proposed, now=DECIDED)


def test_the_same_thing_is_not_prepared_twice_while_the_first_waits(decided: Agency) -> None:
    proposed = replace(WITHHOLD, earlier=grant_of(REGION).reference)
    prepare(decided.presenter, YEAR, REGION, proposed, now=DECIDED)
    with pytest.raises(Fault, match="är redan berett"):
        prepare(decided.presenter, YEAR, REGION, proposed, now=DECIDED)


@pytest.mark.shows("adm-08")
def test_a_case_is_closed_by_a_decision_with_its_reason(decided: Agency) -> None:
    proposed = Proposed(kind="closing", reasons=("Ni har tagit tillbaka rekvisitionen.",))
    row = prepared_and_decided(decided, LATE, proposed)
    assert row.approval is not None
    assert booked(row.reference) == {}
