"""Step 2, the intake (vad som kommit in): every requisition of the round in order of arrival, none ever left out.

Of several versions the last that came in on time counts; the others are kept as replaced, and late ones as rejected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from statsbidrag.cycle.step_2_check import check
from statsbidrag.cycle.step_2_requisition import Finding, Requisition, RequisitionRules, Review
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True)
class Intake:
    """Everything that came in during the round, in order of arrival; nothing is ever left out."""

    reviews: tuple[Review, ...]

    @cached_property
    def requested(self) -> Mapping[str, int]:
        """The kronor requisitioned by each recipient whose requisition counts."""
        return {
            review.requisition.recipient: review.requisition.amount or 0 for review in self.reviews if review.counts
        }

    @cached_property
    def willing(self) -> Mapping[str, int | None]:
        """Who wants a share of what is left, with the most that each wants; None where it set no limit (§ 5 p 3)."""
        wishes = [review.requisition for review in self.reviews if review.counts and review.requisition.wants_more]
        return {wish.recipient: wish.at_most for wish in wishes if wish.at_most is None or wish.at_most > 0}

    def to_remind(self, recipients: Iterable[str]) -> tuple[str, ...]:
        """Gives the recipients who have neither requisitioned nor said that they abstain."""
        heard = {review.requisition.recipient for review in self.reviews if review.state != "rejected"}
        return tuple(key for key in recipients if key not in heard)


def gather(
    requisitions: Iterable[Requisition], rules: RequisitionRules, ceilings: Mapping[str, int], today: date
) -> Intake:
    """Checks everything that came in; of several versions the last that came in on time counts.

    A completion of the version that stands may come in until the rules' ``completed_by``. After that day, what still
    lacks something essential is rejected. Raises Fault where two have the same number.
    """
    received = sorted(requisitions, key=lambda requisition: requisition.arrived)
    _refuse_same_number(received)
    standing: dict[str, Requisition] = {}
    replaced: dict[str, str] = {}
    reviews: list[Review] = []
    for requisition in received:
        completed = _completed(requisition, standing)
        last_day = rules.completed_by if completed else rules.last_day.value
        reviews.append(check(requisition, rules, ceilings, last_day=last_day))
        if requisition.abstains or day_of_arrival(requisition.arrived) <= last_day:
            for earlier in [one for one in standing.values() if one == completed or _same_recipient(one, requisition)]:
                replaced[earlier.reference] = requisition.reference
                del standing[earlier.reference]
            standing[requisition.reference] = requisition
    return Intake(
        tuple(_closed(review, replaced.get(review.requisition.reference), rules, today) for review in reviews)
    )


def _completed(requisition: Requisition, standing: Mapping[str, Requisition]) -> Requisition | None:
    """The standing requisition that this one completes; nobody completes another recipient's."""
    completed = standing.get(requisition.completes)
    return completed if completed and completed.recipient in ("", requisition.recipient) else None


def _same_recipient(one: Requisition, other: Requisition) -> bool:
    return one.recipient != "" and one.recipient == other.recipient


def _closed(review: Review, replaced_by: str | None, rules: RequisitionRules, today: date) -> Review:
    """Adds what the other versions and the day of the check mean for a requisition."""
    if replaced_by is not None:
        return replace(
            review, findings=(*review.findings, Finding("replaces", f"Rekvisitionen är ersatt av {replaced_by}."))
        )
    if review.state == "to complete" and not review.counts and today > rules.completed_by:
        days = rules.completion_days
        says = f"Ingen komplettering kom in senast den {day_in_words(rules.completed_by)}."
        late = Finding("rejects", says, "", days.cites, days.assumption)
        return replace(review, findings=(*review.findings, late))
    return review


def _refuse_same_number(requisitions: Iterable[Requisition]) -> None:
    seen: set[str] = set()
    for requisition in requisitions:
        if requisition.reference in seen:
            raise Fault(
                f"rekvisition {requisition.reference}", "Två rekvisitioner har samma nummer.", "Ge dem egna nummer."
            )
        seen.add(requisition.reference)
