"""Step 2, requisition (rekvisition, §§ 2-5): what a recipient asks for, whether it counts, and what it lacks.

Only what the round lists as essential (§ 5) keeps a requisition from counting; whatever else is lacking is asked for.
How several versions and late papers are sorted stands in step_2_intake.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import read_giro
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import Kind
from statsbidrag.terms.sources import Stated

Channel = Literal["e-service", "e-mail", "paper"]
Fact = Literal["recipient", "amount", "wants_more"]
State = Literal["accepted", "to complete", "rejected", "replaced", "abstained"]
Weight = Literal["rejects", "replaces", "essential", "lacking", "note"]

CHANNELS: dict[Channel, str] = {"e-service": "i e-tjänsten", "e-mail": "med e-post", "paper": "på papper"}
STATES: dict[State, str] = {
    "accepted": "Rekvisitionen är mottagen",
    "to complete": "Rekvisitionen behöver kompletteras",
    "rejected": "Rekvisitionen avvisas",
    "replaced": "Rekvisitionen är ersatt av en senare",
    "abstained": "Mottagaren avstår",
}
WHO: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}


@dataclass(frozen=True, slots=True)
class RequiredFact:
    """A fact without which a requisition does not count, in the words of the rule."""

    fact: Fact
    text: Stated[str]


@dataclass(frozen=True, slots=True)
class RequisitionRules:
    """Who may requisition, when and how: section [requisition] of the round's file.

    facts              the essential facts; what else is lacking is asked for, but the requisition has come in
    most               what binds the amount: the recipient's ceiling in the list
    no_other_support   whether other public support for the same activity bars the grant (§ 3)
    agent              whether the requisition is made by an approved agent
    completion_days    how long after the last day a completion may come in
    """

    who_may: Stated[tuple[Kind, ...]]
    opens: Stated[date]
    last_day: Stated[date]
    facts: tuple[RequiredFact, ...]
    most: Stated[Literal["ceiling"]]
    no_other_support: Stated[bool]
    channel: Stated[Channel]
    agent: Stated[bool]
    agent_time: Stated[str]
    completion_days: Stated[int]

    @property
    def completed_by(self) -> date:
        """The last day for what completes a requisition that came in on time."""
        return self.last_day.value + timedelta(days=self.completion_days.value)

    def window(self, today: date) -> str:
        """Says in Swedish whether the round is open for requisition and how long it stays so."""
        left = (self.last_day.value - today).days
        if today < self.opens.value:
            return f"Öppnar för rekvisition {day_in_words(self.opens.value)}"
        if left < 0:
            return "Stängd för rekvisition"
        return f"Öppen för rekvisition, {left} {'dag' if left == 1 else 'dagar'} kvar" if left else "Sista dagen i dag"


@dataclass(frozen=True, slots=True)
class Requisition:
    """What a recipient sent in; unknown is None or empty, never 0 or no.

    reference       the document's number, unique in the round
    recipient       the key of the recipient: ``region-01``
    arrived         when it came in, with its time zone
    amount          kronor
    wants_more      whether the recipient wants a share of what nobody requisitioned
    at_most         the most it wants of that, in kronor; our addition
    abstains        the recipient says that it will not requisition, or takes back what it asked for
    other_support   whether it has been granted other public support for the same activity (§ 3)
    agent           the approved agent who sent it; empty where there is none
    completes       the number of the requisition that this one completes
    """

    reference: str
    recipient: str
    arrived: datetime
    amount: int | None = None
    wants_more: bool | None = None
    at_most: int | None = None
    abstains: bool = False
    other_support: bool | None = None
    giro: str = ""
    agent: str = ""
    channel: Channel = "e-service"
    completes: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in a requisition: what it is, what to do, and what it rests on."""

    weight: Weight
    says: str
    remedy: str = ""
    cites: str = ""
    assumption: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """A requisition with everything that was found in it."""

    requisition: Requisition
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """Where the requisition stands."""
        weights = {finding.weight for finding in self.findings}
        if "rejects" in weights:
            return "rejected"
        if "replaces" in weights:
            return "replaced"
        if self.requisition.abstains:
            return "abstained"
        return "to complete" if weights & {"essential", "lacking"} else "accepted"

    @property
    def counts(self) -> bool:
        """Whether it has come in as a requisition: nothing essential is lacking (§ 5)."""
        open_ = self.state in ("accepted", "to complete")
        return open_ and all(finding.weight != "essential" for finding in self.findings)

    def because(self) -> Because:
        """Why the requisition stands where it does."""
        return Because(
            f"{STATES[self.state]} ({self.requisition.reference})",
            self.requisition.amount,
            "kr" if self.requisition.amount is not None else "",
            steps=tuple(
                Because(" ".join(filter(None, (found.says, found.remedy))), None, "", found.cites, found.assumption)
                for found in self.findings
            ),
        )


def check(
    requisition: Requisition, rules: RequisitionRules, ceilings: Mapping[str, int], *, last_day: date | None = None
) -> Review:
    """Says what a requisition lacks and whether it counts (§§ 2-5).

    ``ceilings`` is the list, in kronor by recipient; ``last_day`` is another last day than the round's, for a
    completion. Who abstains needs no more than to say so, and may do it as long as there is no decision.
    """
    found = [*_who(requisition, rules, ceilings)]
    if not requisition.abstains:
        found += [
            *_time(requisition, rules, last_day or rules.last_day.value),
            *_facts(requisition, rules),
            *_amount(requisition, rules, ceilings),
            *_support(requisition, rules),
            *_wish(requisition, ceilings),
            *_form(requisition, rules),
        ]
    return Review(requisition, tuple(found))


def _resting(weight: Weight, stated: Stated[object], says: str, remedy: str = "") -> Finding:
    return Finding(weight, says, remedy, stated.cites, stated.assumption)


def _who(requisition: Requisition, rules: RequisitionRules, ceilings: Mapping[str, int]) -> Iterator[Finding]:
    key = requisition.recipient
    if key and key.partition("-")[0] not in rules.who_may.value:
        who = " och ".join(WHO[kind] for kind in rules.who_may.value)
        yield _resting("rejects", rules.who_may, f"Bara {who} kan rekvirera bidraget.")
    elif key and key not in ceilings:
        yield _resting(
            "essential", rules.most, f"Mottagaren {key} finns inte i fördelningslistan.", "Rätta vem som rekvirerar."
        )


def _time(requisition: Requisition, rules: RequisitionRules, last_day: date) -> Iterator[Finding]:
    day = day_of_arrival(requisition.arrived)
    if day > last_day:
        says = f"Den kom in {day_in_words(day)}, efter sista dagen som var {day_in_words(last_day)}."
        yield _resting("rejects", rules.last_day, says)
    elif day < rules.opens.value:
        yield _resting("note", rules.opens, f"Den kom in innan omgången öppnade {day_in_words(rules.opens.value)}.")


def _facts(requisition: Requisition, rules: RequisitionRules) -> Iterator[Finding]:
    given: dict[Fact, bool] = {
        "recipient": bool(requisition.recipient),
        "amount": requisition.amount is not None,
        "wants_more": requisition.wants_more is not None,
    }
    for required in rules.facts:
        if not given[required.fact]:
            yield _resting("essential", required.text, f"Uppgift saknas: {required.text.value}.", "Lägg till den.")


def _amount(requisition: Requisition, rules: RequisitionRules, ceilings: Mapping[str, int]) -> Iterator[Finding]:
    amount, ceiling = requisition.amount, ceilings.get(requisition.recipient)
    if amount is not None and amount <= 0:
        yield _resting("essential", rules.most, "Beloppet är inte större än 0 kr.", "Rätta beloppet, eller avstå.")
    elif amount is not None and ceiling is not None and amount > ceiling:
        says = f"{in_words(amount)} är mer än ert högsta belopp, {in_words(ceiling)}."
        yield _resting("essential", rules.most, says, "Sänk beloppet. Vill ni ha mer kan ni ange det.")


def _support(requisition: Requisition, rules: RequisitionRules) -> Iterator[Finding]:
    if not rules.no_other_support.value:
        return
    if requisition.other_support is None:
        says = "Det framgår inte om ni har beviljats annat offentligt stöd för verksamheten."
        yield _resting("lacking", rules.no_other_support, says, "Svara ja eller nej.")
    elif requisition.other_support:
        says = "Bidrag får inte ges till den som har beviljats annat offentligt stöd för verksamheten."
        yield _resting("rejects", rules.no_other_support, says)


def _wish(requisition: Requisition, ceilings: Mapping[str, int]) -> Iterator[Finding]:
    ceiling = ceilings.get(requisition.recipient, 0)
    if requisition.wants_more and requisition.amount is not None and 0 < requisition.amount < ceiling:
        yield Finding(
            "note",
            "Ni rekvirerar mindre än ert högsta belopp och vill ändå ha del av det som blir över.",
            f"Det får ni. Ni kan rekvirera upp till {in_words(ceiling)}.",
        )
    if requisition.at_most is not None and requisition.at_most <= 0:
        yield Finding("lacking", "”Högst … kr” är inte större än 0.", "Rätta beloppet, eller lämna det tomt.")


def _form(requisition: Requisition, rules: RequisitionRules) -> Iterator[Finding]:
    if requisition.channel != rules.channel.value:
        says = f"Den kom {CHANNELS[requisition.channel]}, inte {CHANNELS[rules.channel.value]}."
        yield _resting("lacking", rules.channel, says, f"Bekräfta den {CHANNELS[rules.channel.value]}.")
    if rules.agent.value and not requisition.agent:
        yield _resting("lacking", rules.agent, "Inget godkänt ombud har lämnat den.", "Låt ert ombud bekräfta den.")
    if not requisition.giro:
        yield Finding("lacking", "Bankgiro eller plusgiro saknas.", "Ange vart vi ska betala ut bidraget.")
        return
    try:
        read_giro(requisition.giro, "bankgiro eller plusgiro")
    except Fault as fault:
        yield Finding("lacking", fault.why, fault.remedy)
