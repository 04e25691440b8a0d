"""Step 4, authority (delegation och jäv): who may decide what, up to which sum and when, and who may not take part.

The register of delegations and the notes of bias are arguments; so is the day. A decision that nobody may make is
refused before it exists.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words

DecisionKind = Literal[
    "grant", "reallocation", "withholding", "rejection", "claim", "waiver", "correction", "change", "closing"
]
DECISION_KINDS: dict[DecisionKind, str] = {
    "grant": "bidrag",
    "reallocation": "omfördelat bidrag",
    "withholding": "innehållen utbetalning",
    "rejection": "avvisning",
    "claim": "återkrav",
    "waiver": "avstående från återkrav",
    "correction": "rättelse",
    "change": "ändring",
    "closing": "avskrivning",
}


@dataclass(frozen=True, slots=True)
class Mandate:
    """A line of the delegation register: who decides which kinds of decisions, up to what, and in which period.

    at_most   the largest sum in kronor; None where there is no limit
    deputy    who decides instead when the holder is away
    """

    holder: str
    kinds: frozenset[DecisionKind]
    valid_from: date
    valid_to: date
    at_most: int | None = None
    deputy: str = ""

    def covers(self, kind: DecisionKind, kronor: int, day: date) -> bool:
        """Tells whether a decision of this kind and sum on this day is within the mandate."""
        enough = self.at_most is None or kronor <= self.at_most
        return kind in self.kinds and enough and self.valid_from <= day <= self.valid_to


@dataclass(frozen=True, slots=True)
class Bias:
    """An officer's own note that bias (jäv) keeps it out of a recipient's case; the note stays in the case."""

    officer: str
    recipient: str
    note: str


@dataclass(frozen=True, slots=True)
class Register:
    """The delegations and the notes of bias that decisions are held against."""

    mandates: tuple[Mandate, ...]
    biases: tuple[Bias, ...] = ()


@dataclass(frozen=True, slots=True)
class Approval:
    """One approval, for one decision or a whole list: the day, and everyone who took part (förvaltningslagen 31 §).

    acting_for   the holder of the mandate, where the decision-maker is the holder's deputy
    """

    day: date
    decision_maker: str
    presenter: str
    took_part: tuple[str, ...] = ()
    acting_for: str = ""

    def refuse_unauthorised(self, register: Register, kind: DecisionKind, recipient: str, kronor: int) -> None:
        """Raises Fault where this approval cannot carry a decision: same person twice, bias, or no mandate."""
        where = f"beslut om {DECISION_KINDS[kind]}, {recipient}"
        if self.decision_maker == self.presenter:
            why = f"{self.presenter} är både föredragande och beslutsfattare."
            raise Fault(where, why, "Låt två olika personer föredra och besluta.")
        _refuse_bias(where, (self.decision_maker, self.presenter, *self.took_part), recipient, register.biases)
        if not any(self._under(mandate) and mandate.covers(kind, kronor, self.day) for mandate in register.mandates):
            deputy = f" i stället för {self.acting_for}" if self.acting_for else ""
            raise Fault(
                where,
                f"{self.decision_maker} får inte{deputy} besluta om {DECISION_KINDS[kind]} på {in_words(kronor)} "
                f"den {day_in_words(self.day)} enligt delegationsordningen.",
                "Låt någon med rätt delegation besluta.",
            )

    def _under(self, mandate: Mandate) -> bool:
        if self.acting_for:
            return mandate.holder == self.acting_for and mandate.deputy == self.decision_maker
        return mandate.holder == self.decision_maker


def _refuse_bias(where: str, people: Iterable[str], recipient: str, biases: Iterable[Bias]) -> None:
    for bias in biases:
        if bias.recipient == recipient and bias.officer in people:
            raise Fault(where, f"{bias.officer} har anmält jäv: {bias.note}", "Låt någon annan ta över ärendet.")
