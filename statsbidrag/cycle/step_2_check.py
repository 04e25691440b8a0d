"""Step 2, the check (prövning av en rekvisition, §§ 2-5): who, when, how much, and what is lacking."""

from collections.abc import Iterator, Mapping
from datetime import date

from statsbidrag.cycle.step_2_requisition import Channel, Fact, Finding, Requisition, RequisitionRules, Review, Weight
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import read_giro
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import Kind
from statsbidrag.terms.sources import Stated

CHANNELS: dict[Channel, str] = {"e-service": "i e-tjänsten", "e-mail": "med e-post", "paper": "på papper"}
WHO: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}


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
        what = "Kompletteringen" if requisition.completes else "Rekvisitionen"
        says = f"{what} kom in den {day_in_words(day)}, efter sista dagen, som var den {day_in_words(last_day)}."
        yield _resting("rejects", rules.last_day, says)
    elif day < rules.opens.value:
        opened = day_in_words(rules.opens.value)
        yield _resting("note", rules.opens, f"Rekvisitionen kom in innan omgången öppnade den {opened}.")


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
        more = "" if requisition.wants_more else " Ni kan ange att ni vill ta del av medel som inte har rekvirerats."
        yield _resting("essential", rules.most, says, f"Sänk beloppet.{more}")


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
        says = f"Rekvisitionen kom {CHANNELS[requisition.channel]}, inte {CHANNELS[rules.channel.value]}."
        yield _resting("lacking", rules.channel, says, f"Bekräfta den {CHANNELS[rules.channel.value]}.")
    if rules.agent.value and not requisition.agent:
        says = "Rekvisitionen är inte lämnad av ett godkänt ombud."
        yield _resting("lacking", rules.agent, says, "Låt ert ombud bekräfta den.")
    if not requisition.giro:
        yield Finding("lacking", "Bankgiro eller plusgiro saknas.", "Ange vart vi ska betala ut bidraget.")
        return
    try:
        read_giro(requisition.giro, "bankgiro eller plusgiro")
    except Fault as fault:
        yield Finding("lacking", fault.why, fault.remedy)
