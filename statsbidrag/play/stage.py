"""The stage of a play: the rules, the real recipients, how each behaves, and the days on which things happen."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from statsbidrag.cycle import DECISION_KINDS, Allocation, Approval, Basis, Mandate, Register, allocate
from statsbidrag.cycle.ledger import Cause, Posting
from statsbidrag.cycle.round import Round
from statsbidrag.play.behaviour import Behaviour, behaviour_of
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.law import Law
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.parties import Recipient

DECISION_MAKER = "Beslutsfattare (påhittad)"
PRESENTER = "Föredragande (påhittad)"
TOOK_PART = "Jurist (påhittad)"
AGENT = "Ombud (påhittat)"


@dataclass(frozen=True)
class Stage:
    """Everything that a play starts from; the same book, year and seed always give the same stage."""

    book: Rulebook
    year: int
    seed: int

    @cached_property
    def round(self) -> Round:
        """The rules of the round."""
        return self.book.round(self.year)

    @cached_property
    def law(self) -> Law:
        """The words of the law that the round rests on."""
        return self.book.law(self.round.law)

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of those rules, which every decision keeps."""
        return self.book.fingerprint(self.year)

    @cached_property
    def allocation(self) -> Allocation:
        """Step 1: the list of ceilings."""
        rules = self.round.allocation
        return allocate(rules, self.book.recipients, self.book.children_of(rules))

    @cached_property
    def recipients(self) -> Mapping[str, Recipient]:
        """Everyone on the list, by key and in its order."""
        return {share.recipient.key: share.recipient for share in self.allocation.shares}

    @cached_property
    def ceilings(self) -> Mapping[str, int]:
        """The list as kronor by recipient."""
        return {share.recipient.key: share.kronor for share in self.allocation.shares}

    @cached_property
    def published(self) -> Mapping[str, int]:
        """What sources say that a recipient was given, in kronor; those recipients ask for exactly that."""
        return {sum_.recipient: sum_.kronor.value for sum_ in self.round.allocation.published}

    @cached_property
    def behaviours(self) -> Mapping[str, Behaviour]:
        """How each recipient behaves."""
        return {key: behaviour_of(recipient, self.seed) for key, recipient in self.recipients.items()}

    @cached_property
    def municipalities_in(self) -> Mapping[str, int]:
        """How many municipalities each county has, by its code."""
        return Counter(one.county_code for one in self.book.recipients if one.kind == "municipality")

    @property
    def reallocated_on(self) -> date:
        """When all completions have come in."""
        return self.round.requisition.completed_by + timedelta(days=1)

    @property
    def decided_on(self) -> date:
        """When the whole list is decided by one approval."""
        return bank_day_from(self.reallocated_on + timedelta(days=3))

    @property
    def paid_on(self) -> date:
        """When the first batch is sent; the second follows two weeks later."""
        return bank_day_from(self.decided_on + timedelta(days=2))

    @property
    def paid_again_on(self) -> date:
        """When what was held or came back is sent."""
        return bank_day_from(self.paid_on + timedelta(days=14))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """A running number for each recipient, in the order of the list."""
        return {key: number for number, key in enumerate(self.recipients, 1)}

    def diary_number(self, recipient: str) -> str:
        """The number of a recipient's case in this round; made up, in the pattern that the agency uses."""
        return f"9.1-{10_000 + self.numbers[recipient]}/{self.year}"

    def approval(self, day: date) -> Approval:
        """An approval by the play's decision-maker, on what its presenter has prepared."""
        return Approval(day, DECISION_MAKER, PRESENTER, (TOOK_PART,))

    @cached_property
    def register(self) -> Register:
        """The delegation register of the play: one decision-maker for every kind of decision."""
        whole = Mandate(DECISION_MAKER, frozenset(DECISION_KINDS), date(self.year, 1, 1), date(self.year + 3, 12, 31))
        return Register((whole,))

    @property
    def basis(self) -> Basis:
        """What every decision of the round is made on."""
        return Basis(
            self.round.decision,
            self.round.allocation.pot.value,
            self.round.report.last_day.value,
            self.reallocated_on,
            self.fingerprint,
        )

    def posting(self, cause: Cause, recipient: str, kronor: int, reference: str, *, day: date) -> Iterator[Posting]:
        """A posting of the play, or none where no money moves."""
        if kronor:
            yield Posting(cause, recipient, kronor, reference, day, self.year, self.fingerprint)

    @staticmethod
    def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
        """A moment of a day, by Swedish time."""
        return datetime.combine(day, time(hour, minute), SWEDISH_TIME)
