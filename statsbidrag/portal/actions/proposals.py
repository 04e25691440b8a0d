"""Preparing decisions (beredning): the presenter puts them before the decision-maker, and may take them back."""

from dataclasses import dataclass
from datetime import date, datetime

from statsbidrag.cycle import DECISION_KINDS, Approval, Decision, Mandate, Register, decide
from statsbidrag.portal import access, models, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.cases import grant_case
from statsbidrag.portal.models import Case
from statsbidrag.portal.queries import decisions
from statsbidrag.portal.queries.money import money_of
from statsbidrag.portal.queries.to_decide import Proposed, grants, rejections
from statsbidrag.portal.reasons import as_stored
from statsbidrag.portal.writing import writing
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

_ANYONE = "beslutsfattaren"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was prepared as a list, and whose cases were left to someone else because of bias."""

    grants: int
    rejections: int
    left_out: tuple[str, ...]


def prepare_list(visitor: Visitor | None, year: int, now: datetime) -> Prepared:
    """Prepares every grant and every rejection that is not prepared yet; what the presenter is biased in is left out.

    Raises Fault before the reallocation is made, since the list builds on it (§ 6).
    """
    presenter = access.require(visitor, "prepare decision")
    with writing():
        if decisions.basis(year).reallocated_on is None:
            raise Fault(f"besluten {year}", "Omfördelningen är inte gjord.", "Bered besluten när den är gjord.")
        today = day_of_arrival(now)
        wanted = [*grants(year, today), *rejections(year, today)]
        own = [(key, proposed, why) for key, proposed, why in wanted if key not in presenter.biased]
        cases = dict(Case.objects.filter(year=year, kind="grant").values_list("recipient", "pk"))
        serial = _next_serial(year)
        models.Decision.objects.bulk_create(
            _row(year, key, proposed, why, serial=serial + place, case=cases[key], by=presenter.id, now=now)
            for place, (key, proposed, why) in enumerate(own)
        )
        kinds = [proposed.kind for _, proposed, _ in own]
        left_out = tuple(dict.fromkeys(key for key, _, _ in wanted if key in presenter.biased))
        return Prepared(kinds.count("grant"), kinds.count("rejection"), left_out)


def prepare(
    visitor: Visitor | None, year: int, recipient: str, proposed: Proposed, *, now: datetime
) -> models.Decision:
    """Prepares one decision. Raises Fault where it does not fit what is decided, or the money is already gone."""
    presenter = access.require(visitor, "prepare decision", recipient)
    with writing():
        case = grant_case(year, recipient, now)
        row = _row(
            year,
            recipient,
            proposed,
            proposed.because or _because(year, proposed),
            serial=_next_serial(year),
            case=case.pk,
            by=presenter.id,
            now=now,
        )
        _refuse_twice(row, proposed)
        tried(row, presenter.name, day_of_arrival(now))
        _refuse_gone_money(row)
        row.save(force_insert=True)
        return row


def take_back(visitor: Visitor | None, decision: models.Decision) -> None:
    """Takes back a decision that is prepared but not made. Raises Fault where it is made: then it stands."""
    access.require(visitor, "prepare decision", decision.recipient)
    with writing():
        gone, _ = models.Decision.objects.filter(pk=decision.pk, approval=None).delete()
        if not gone:
            why = "Beslutet är redan fattat."
            raise Fault(f"beslut {decision.reference}", why, "Bered en rättelse eller ändring av det i stället.")


def take_back_list(visitor: Visitor | None, year: int) -> int:
    """Takes back everything that is prepared in a round but not made, except where bias stands in the way."""
    presenter = access.require(visitor, "prepare decision")
    with writing():
        waiting = models.Decision.objects.filter(year=year, approval=None).exclude(recipient__in=presenter.biased)
        return waiting.delete()[0]


def tried(row: models.Decision, presenter: str, day: date) -> Decision:
    """Gives the decision as it would be if it were made that day; raises Fault where it could not be.

    Who will decide is not known yet, so any decision-maker will do; the real one is checked when it decides.
    """
    anyone = Mandate(_ANYONE, frozenset(DECISION_KINDS), day, day)
    known = Register((anyone,), decisions.register().biases)
    earlier = decisions.decided(row.year, reasons=False)
    [made] = decide(
        decisions.basis(row.year),
        [decisions.proposal_of(row)],
        Approval(day, _ANYONE, presenter),
        known,
        earlier=[one for one in earlier if one.reference != row.reference],
    )
    return made


def _row(
    year: int, recipient: str, proposed: Proposed, because: Because, *, serial: int, case: int, by: int, now: datetime
) -> models.Decision:
    earlier = models.Decision.objects.filter(reference=proposed.earlier).first() if proposed.earlier else None
    return models.Decision(
        reference=f"B-{year}-{serial:04d}",
        year=year,
        kind=proposed.kind,
        recipient=recipient,
        case_id=case,
        kronor=proposed.kronor,
        reallocated=proposed.reallocated,
        because=as_stored(because),
        reasons=list(proposed.reasons),
        ground=proposed.ground or (earlier.ground if earlier else ""),
        texts=[list(text) for text in proposed.texts],
        earlier=earlier,
        concerns_id=proposed.concerns,
        repayment_id=proposed.repayment,
        prepared_by_id=by,
        prepared=now,
    )


def _next_serial(year: int) -> int:
    last = models.Decision.objects.filter(year=year).order_by("-reference").values_list("reference", flat=True).first()
    return int(last.rpartition("-")[2]) + 1 if last else 1


def _because(year: int, proposed: Proposed) -> Because:
    """Why a single decision is what it is: the presenter's own reasons, and the ground where there is one."""
    steps = tuple(Because(reason) for reason in proposed.reasons[1:])
    total = proposed.kronor + proposed.reallocated
    if proposed.ground:
        ground = rules.round_rules(year).repayment.grounds
        text = next(each.text for each in ground if each.ground == proposed.ground)
        steps = (*steps, resting_on(text, text.value))
    if proposed.kind in ("rejection", "closing"):
        return Because(proposed.reasons[0], steps=steps)
    return Because(proposed.reasons[0], total, "kr", steps=steps)


def _refuse_twice(row: models.Decision, proposed: Proposed) -> None:
    """Refuses a second proposal on the same thing while the first waits."""
    same = models.Decision.objects.filter(
        year=row.year, recipient=row.recipient, earlier=row.earlier, concerns=row.concerns_id
    )
    waiting = same.filter(approval=None, kind=proposed.kind).first()
    if waiting:
        why = f"Ett beslut om {DECISION_KINDS[proposed.kind]} är redan berett, {waiting.reference}."
        raise Fault(f"beslut, {row.recipient}", why, "Ta tillbaka det först om det ska göras om.")


def _refuse_gone_money(row: models.Decision) -> None:
    """Refuses to withhold what is already paid or on its way, and to lower a grant below what is withheld of it."""
    where, money = f"beslut, {row.recipient}", money_of(row.year, row.recipient)
    subject = _subject(row)
    if subject == "withholding":
        more = row.kronor - (row.earlier.kronor if row.kind != "withholding" and row.earlier else 0)
        if more > money.free:
            why = f"Bara {in_words(money.free)} är varken utbetalt, på väg eller redan innehållet."
            raise Fault(where, why, "Sänk beloppet. Det som är utbetalt prövas som återkrav.")
    withheld = money.balance("withheld")
    if subject == "grant" and row.kind != "grant" and row.kronor + row.reallocated < withheld:
        why = f"{in_words(withheld)} av bidraget hålls inne."
        raise Fault(where, why, "Ändra först beslutet om innehållen utbetalning.")


def _subject(row: models.Decision) -> str:
    """What a decision is about: a correction of a grant is about a grant."""
    while row.kind in ("correction", "change") and row.earlier:
        row = row.earlier
    return row.kind
