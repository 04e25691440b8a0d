"""The letter of a decision, built from its row and from what step 4 made of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from statsbidrag import cycle
from statsbidrag.exchange.letters import deciding
from statsbidrag.exchange.letters.decisions import Amended, AmendingDecision, ClosingDecision, Decision
from statsbidrag.exchange.letters.letterhead import Letterhead, Reference
from statsbidrag.exchange.letters.repayment import ClaimDecision, Ground, Heard
from statsbidrag.portal import models, rules
from statsbidrag.portal.models import LedgerEntry, Person, ReceivedRequisition
from statsbidrag.portal.queries.money import money_of
from statsbidrag.portal.queries.repayments import claim_in, heard_in, owed_in, repayment_rules
from statsbidrag.terms.dates import day_in_words, day_of_arrival

# What is read along with a decision, so that its letter asks the database for nothing more.
ALONG = (
    "case",
    "earlier__letter__entry",
    "earlier__approval",
    "concerns__document__entry",
    "repayment__case",
    "repayment__communication__document__entry",
    "approval__decision_maker",
    "approval__presenter",
    "approval__acting_for",
    "prepared_by",
)
NOT_DECIDED = "Inte beslutat än"


def letter_of(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    """Gives the letter of a decision; of one that is only prepared, it says that nobody has decided yet."""
    letter = _LETTERS[row.kind](row, made, head)
    if row.approval is None:
        return replace(letter, decision_maker=NOT_DECIDED, presenter=_titled(row.prepared_by))
    holder = row.approval.acting_for
    deputy = f", i stället för {_titled(holder)}" if holder else ""
    return replace(
        letter,
        decision_maker=f"{_titled(row.approval.decision_maker)}{deputy}",
        presenter=_titled(row.approval.presenter),
    )


def _grant(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    return deciding.grant_letter(made, head, rules.round_rules(row.year), tuple(row.reasons))


def _withholding(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    ground = next(each for each in rules.round_rules(row.year).repayment.grounds if each.ground == row.ground)
    return deciding.withholding_letter(made, head, tuple(row.reasons), of=_earlier(row), ground=ground.text.value)


def _rejection(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    asked = row.concerns
    assert asked is not None, "a rejection always concerns a requisition"
    return deciding.rejection_letter(
        made,
        head,
        tuple(row.reasons),
        requested=asked.amount or 0,
        arrived=asked.arrived,
        last_day=rules.round_rules(row.year).requisition.last_day.value,
        requisition=_reference(row.case.number, asked.document),
    )


def _amending(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    return AmendingDecision(
        head=head,
        kind="correction" if row.kind == "correction" else "change",
        reasons=tuple(row.reasons),
        **deciding.signed(made),
        replaces=_earlier(row),
        amounts=deciding.amounts_changed(made),
        texts=tuple(Amended(*text) for text in row.texts),
        effect=deciding.effect_of(made, _paid_too_much(row, made)),
    )


def _claim(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    """The decision to claim or to waive; where a matter is decided as both, each has its letter and both say it all."""
    matter = row.repayment
    assert matter is not None, "a claim and a waiver always decide a matter of repayment"
    decided = claim_in(matter, made.approval.day)
    rules_ = repayment_rules(row.year)
    return ClaimDecision(
        head=head,
        reasons=tuple(row.reasons),
        **deciding.signed(made),
        of=_earlier(row),
        grounds=tuple(Ground(f"{one.rule.text.value}.", one.kronor, one.why) for one in owed_in(matter).liabilities),
        waived=decided.waived,
        special_reasons=decided.special_reasons,
        heard=_heard(matter),
        due=made.approval.day + timedelta(days=rules_.due_days.value) if decided.claimed else None,
        because=decided.because(),
    )


def _heard(matter: models.Repayment) -> Heard | str:
    heard = heard_in(matter)
    if heard is None:
        return matter.unnecessary
    assert heard.document is not None, "the letter is entered when it is sent"
    answered = day_of_arrival(heard.answered) if heard.answered else None
    letter = _reference(matter.case.number, heard.document)
    return Heard(letter, heard.answer_by, answered, heard.arguments, matter.reply)


def _closing(row: models.Decision, made: cycle.Decision, head: Letterhead) -> Decision:
    return ClosingDecision(
        head=head, reasons=tuple(row.reasons), **deciding.signed(made), matter=_matter(row, row.concerns)
    )


_LETTERS: Mapping[str, Callable[[models.Decision, cycle.Decision, Letterhead], Decision]] = {
    "grant": _grant,
    "withholding": _withholding,
    "rejection": _rejection,
    "correction": _amending,
    "change": _amending,
    "closing": _closing,
    "claim": _claim,
    "waiver": _claim,
}


def _matter(row: models.Decision, asked: ReceivedRequisition | None) -> str:
    if asked is None:
        return f"er rekvisition av statsbidrag {row.year}"
    return f"er rekvisition av den {day_in_words(day_of_arrival(asked.arrived))}"


def _paid_too_much(row: models.Decision, made: cycle.Decision) -> int:
    """What is paid beyond a lowered sum: what the ledger could not take back."""
    lowered = max(0, -made.difference)
    if row.approval is None:
        return lowered - min(lowered, money_of(row.year, row.recipient).free)
    booked = LedgerEntry.objects.filter(year=row.year, cause="reduced", reference=row.reference)
    return lowered - sum(booked.values_list("kronor", flat=True))


def _earlier(row: models.Decision) -> Reference:
    """The letter of the decision that this one replaces or concerns; 0 stands for one that is not written yet."""
    earlier = row.earlier
    assert earlier is not None, "this kind of decision always builds on an earlier one"
    assert earlier.approval is not None, "only a decision that is made can be built on"
    number = earlier.letter.entry.number if earlier.letter else 0
    return Reference(row.case.number, number, earlier.approval.day)


def _reference(case: str, document: models.Document) -> Reference:
    return Reference(case, document.entry.number, day_of_arrival(document.entry.at))


def _titled(person: Person) -> str:
    return f"{person.name}, {person.title}" if person.title else person.name
