"""Step 8, claim and waiver (återkrav och avstående, § 14): what is taken back, and what is refrained from.

Repayable is claimed plus waived, to the krona. Nothing is decided before the recipient has been heard, or a reason
is given why that is obviously unnecessary.
"""

from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle.step_8_repayment import Owed, RepaymentRules
from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words


@dataclass(frozen=True, slots=True)
class Communication:
    """The letter that lets a recipient answer before a decision, with all the material (kommunicering).

    answered    the day the answer came, None where none has come
    arguments   what the recipient says; the decision must answer it
    """

    sent: date
    answer_by: date
    answered: date | None = None
    arguments: str = ""


@dataclass(frozen=True, slots=True)
class ObviouslyUnnecessary:
    """Why the recipient need not be heard first; the reason stands in the decision."""

    reason: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What the agency takes back and what it refrains from; together they are what is owed (§ 14)."""

    owed: Owed
    waived: int
    special_reasons: str
    reply: str
    heard: Communication | ObviouslyUnnecessary
    rules: RepaymentRules

    @property
    def claimed(self) -> int:
        """The kronor to invoice."""
        return self.owed.total - self.waived

    def because(self) -> Because:
        """Why this much is claimed."""
        steps = [self.owed.because(), resting_on(self.rules.claim, "Det som ska återbetalas ska vi kräva tillbaka")]
        if self.waived:
            says = f"Vi avstår från {in_words(self.waived)} av särskilda skäl: {self.special_reasons}"
            steps.append(resting_on(self.rules.waiver, says, self.waived, "kr"))
        steps.append(resting_on(self.rules.communicate, self._heard()))
        return Because(f"Återkrav: {in_words(self.claimed)}", self.claimed, "kr", steps=tuple(steps))

    def _heard(self) -> str:
        if isinstance(self.heard, ObviouslyUnnecessary):
            return f"Ni har inte fått yttra er först, eftersom det är uppenbart obehövligt: {self.heard.reason}"
        if self.heard.answered is None:
            return f"Ni har fått yttra er senast den {day_in_words(self.heard.answer_by)} men har inte svarat"
        answer = f"Ni svarade den {day_in_words(self.heard.answered)}"
        return f"{answer}: {self.heard.arguments} Vår bedömning: {self.reply}" if self.heard.arguments else answer


def claim(
    rules: RepaymentRules,
    repayable: Owed,
    heard: Communication | ObviouslyUnnecessary,
    *,
    day: date,
    waived: int = 0,
    special_reasons: str = "",
    reply: str = "",
) -> Claim:
    """Claims back what is owed, less what is waived for special reasons, once the recipient has been heard (§ 14).

    ``reply`` is the agency's answer to the recipient's arguments. Raises Fault where something of this is missing.
    """
    where = f"återkrav {repayable.recipient}"
    if repayable.total == 0:
        raise Fault(where, "Det finns inget att återbetala.", "Avsluta ärendet utan krav.")
    _refuse_unheard(where, heard, reply, day)
    if not 0 <= waived <= repayable.total:
        why = f"{in_words(waived)} skulle avstås av {in_words(repayable.total)}."
        raise Fault(where, why, "Ange ett belopp mellan 0 och det som ska återbetalas.")
    if waived and rules.waiver.value == "none":
        raise Fault(where, "Omgången har ingen regel om att avstå från återkrav.", "Kräv tillbaka hela beloppet.")
    if waived and not special_reasons.strip():
        raise Fault(where, "Särskilda skäl saknas.", "Ange skälen för att avstå, eller kräv tillbaka hela beloppet.")
    return Claim(repayable, waived, special_reasons, reply, heard, rules)


def _refuse_unheard(where: str, heard: Communication | ObviouslyUnnecessary, reply: str, day: date) -> None:
    if isinstance(heard, ObviouslyUnnecessary):
        if not heard.reason.strip():
            raise Fault(where, "Det saknas skäl för att inte kommunicera.", "Ange skälet, eller kommunicera först.")
        return
    if heard.answered is None and day <= heard.answer_by:
        why = f"Mottagaren får yttra sig till och med den {day_in_words(heard.answer_by)}."
        raise Fault(where, why, "Besluta när svaret har kommit eller dagen har passerat.")
    if heard.arguments.strip() and not reply.strip():
        raise Fault(where, "Mottagarens synpunkter är inte bemötta.", "Skriv hur ni bedömer dem.")
