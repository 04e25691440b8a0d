"""Making decisions: the decision-maker approves one or a whole list, and the money moves in the same moment.

A decision is never altered afterwards; a correction or a change is a decision of its own (36-38 §§ FL).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from statsbidrag import cycle
from statsbidrag.cycle.grounds import Reach
from statsbidrag.cycle.ledger import Cause, Posting
from statsbidrag.exchange.decision_list import decision_list
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, ledger
from statsbidrag.portal.actions.invoices import make_invoices
from statsbidrag.portal.jobs import order
from statsbidrag.portal.lists import list_papers
from statsbidrag.portal.models import Approval, Case, Decision, Person, Round
from statsbidrag.portal.queries import decisions
from statsbidrag.portal.queries.money import money_of
from statsbidrag.portal.queries.repayments import owed_in
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_OWES: dict[Reach, Cause] = {"unused": "owed of unused", "used": "owed of used"}


@dataclass(frozen=True, slots=True)
class Taking:
    """Who takes part beside the presenter and the one who decides.

    acting_for   the holder of the mandate, where a deputy decides
    others       who else takes part in the final handling
    """

    acting_for: Person | None = None
    others: tuple[Person, ...] = ()


def decide(
    visitor: Visitor | None, year: int, references: Iterable[str], now: datetime, *, taking: Taking | None = None
) -> tuple[cycle.Decision, ...]:
    """Makes prepared decisions by one approval for each presenter: all of them, or none.

    Raises Fault where someone may not decide, someone is biased, a decision is already made or does not fit what was
    decided before, or the grants together would pass the pot.
    """
    maker = access.require(visitor, "decide")
    with writing():
        case = _own_case(year)
        rows = _waiting(year, tuple(references))
        made: list[cycle.Decision] = []
        for presenter in dict.fromkeys(row.prepared_by for row in rows):
            own = [row for row in rows if row.prepared_by == presenter]
            made += _approve(year, own, _approval(maker, presenter, now, taking or Taking()))
        ledger.post(year, [*_postings(year, made), *_of_repayments(year, rows, made)])
        if any(row.kind == "claim" for row in rows):
            order(make_invoices, year)
        _enter_list(case, made, maker, now)
        return tuple(made)


def reduced(made: cycle.Decision, free: int) -> int:
    """Gives what a lowered grant takes back from what is not paid; the rest is a matter for step 8."""
    return min(max(0, -made.difference), free)


def _waiting(year: int, references: Sequence[str]) -> list[Decision]:
    """The prepared decisions, in the order they were prepared; a decision and what builds on it come in that order."""
    found = Decision.objects.filter(year=year, reference__in=references).order_by("id")
    rows = list(found.select_for_update(of=("self",)).select_related("case", "earlier", "prepared_by", "repayment"))
    where = f"besluten {year}"
    if not rows:
        raise Fault(where, "Inget beslut är valt.", "Välj ett eller flera beslut i listan.")
    if len(rows) < len(set(references)):
        why = f"{len(set(references)) - len(rows)} av besluten har tagits tillbaka av föredraganden."
        raise Fault(where, why, "Läs in listan på nytt och välj igen.")
    done = [row.reference for row in rows if row.approval_id]
    if done:
        raise Fault(where, f"Redan fattade: {', '.join(done[:5])}.", "Läs in listan på nytt och välj igen.")
    return rows


def _approval(maker: Visitor, presenter: Person, now: datetime, taking: Taking) -> Approval:
    return Approval(
        day=day_of_arrival(now),
        at=now,
        decision_maker=Person.objects.get(pk=maker.id),
        presenter=presenter,
        took_part=[person.name for person in taking.others if person.pk not in (maker.id, presenter.pk)],
        acting_for=taking.acting_for,
    )


def _approve(year: int, rows: Sequence[Decision], approval: Approval) -> tuple[cycle.Decision, ...]:
    """Lets step 4 make the decisions, and stores that they are made and by which rules."""
    basis = decisions.basis(year)
    made = cycle.decide(
        basis,
        [decisions.proposal_of(row) for row in rows],
        cycle.Approval(
            approval.day,
            approval.decision_maker.name,
            approval.presenter.name,
            tuple(approval.took_part),
            approval.acting_for.name if approval.acting_for else "",
        ),
        decisions.register(),
        earlier=decisions.decided(year, reasons=False),
    )
    approval.save()
    ids = [row.pk for row in rows]
    Decision.objects.filter(pk__in=ids).update(approval=approval, fingerprint=basis.fingerprint)
    return made


def _postings(year: int, made: Iterable[cycle.Decision]) -> Iterator[Posting]:
    """Every move of money that the decisions mean."""
    for one in made:
        for cause, kronor in _moves(year, one):
            yield Posting(cause, one.recipient, kronor, one.reference, one.approval.day, year, one.basis.fingerprint)


def _moves(year: int, one: cycle.Decision) -> Iterator[tuple[Cause, int]]:
    difference = one.difference
    if one.proposal.kind == "grant":
        yield "granted", one.proposal.kronor
        yield "reallocated", one.proposal.reallocated
    elif one.subject == "withholding":
        yield ("withheld", difference) if difference > 0 else ("released", -difference)
    elif one.subject == "grant" and difference > 0:
        yield "raised", difference
    elif one.subject == "grant" and difference < 0:
        yield "reduced", reduced(one, money_of(year, one.recipient).free)


def _of_repayments(year: int, rows: Sequence[Decision], made: Sequence[cycle.Decision]) -> Iterator[Posting]:
    """What is owed by the matters that are decided, ground by ground, and what of it is waived (§§ 13-14)."""
    known = {row.reference: row for row in rows}
    owing: set[int] = set()
    for one in made:
        row = known[one.reference]
        if row.repayment is None or one.proposal.kind not in ("claim", "waiver"):
            continue
        moves: list[tuple[Cause, int]] = []
        earlier = row.repayment.decisions.filter(approval__isnull=False).exclude(reference__in=known)
        if row.repayment.pk not in owing and not earlier.exists():
            owing.add(row.repayment.pk)
            moves = [(_OWES[part], owed_in(row.repayment).taken_from(part)) for part in _OWES]
        if one.proposal.kind == "waiver":
            moves.append(("waived", one.total))
        for cause, kronor in moves:
            yield Posting(cause, one.recipient, kronor, one.reference, one.approval.day, year, one.basis.fingerprint)


def _own_case(year: int) -> Case:
    """The round's own case. The round is held meanwhile, so that two lists are decided one after the other."""
    round_ = Round.objects.select_for_update(of=("self",)).select_related("case").filter(pk=year).first()
    if round_ is None or round_.case is None:
        why = "Fördelningslistan är inte publicerad."
        raise Fault(f"besluten {year}", why, "Fördela och publicera listan först.")
    return round_.case


def _enter_list(case: Case, made: Sequence[cycle.Decision], maker: Visitor, now: datetime) -> None:
    """Enters what was decided in the round's own case, so that the record says so from the first moment."""
    today = day_of_arrival(now)
    total = sum(one.total for one in made if one.proposal.kind == "grant")
    about = (("Beslutade på en gång", f"{len(made)} beslut"), ("Bidrag tillsammans", in_words(total)))
    table = decision_list(f"Beslut {day_in_words(today)}", made, rules.recipients(), about)
    for paper in list_papers(table, f"beslut-{case.year}-{made[0].reference}", "decision list", today):
        diary.enter(case, paper, now, by=maker.id)
