"""Reads a region's scheme, and refuses it where its parts do not fit together."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from statsbidrag.cycle.clinics import FACTS, Eligibility
from statsbidrag.cycle.scheme import Programme, Rate, Scheme, VisitPay, WrittenScheme
from statsbidrag.cycle.visits import Condition, VisitColumns
from statsbidrag.rulebook.board_papers import misfits_of_paper
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.rulebook.visits import read_conditions, visit_names
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.language import Rule, read_rule

Found = tuple[str, str, str]


def read_scheme(path: Path, columns: VisitColumns) -> Scheme:
    """Gives a region's scheme, with its rules read against the columns of a visit and the facts of a clinic.

    Raises Fault, or Faults where several things are wrong, each with its place, reason and remedy.
    """
    written = read_table(WrittenScheme, read_toml(path), str(path))
    faults = [Fault(f"{path}, {where}", why, remedy) for where, why, remedy in _misfits(written)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    rules = read_conditions(_conditions(written.visit_pay), visit_names(columns), str(path))
    rules |= _criteria(written.participation, f"{path}, [participation]")
    if written.fixed_support:
        rules |= _criteria(written.fixed_support.eligible, f"{path}, [fixed_support]")
    return Scheme(**{field.name: getattr(written, field.name) for field in fields(written)}, rules=rules)


def _conditions(pay: VisitPay | None) -> Iterator[Condition]:
    if pay and pay.coding:
        yield from (pay.coding.when, pay.coding.coded)
    for rate in pay.rates if pay else ():
        if rate.when:
            yield rate.when


def _criteria(eligibility: Eligibility, where: str) -> dict[str, Rule]:
    return {
        criterion.rule.value: read_rule(criterion.rule.value, FACTS, expects="condition", where=where)
        for criterion in eligibility.criteria
    }


def _misfits(scheme: WrittenScheme) -> Iterator[Found]:
    """Gives the place, what is wrong and the remedy for everything in the file that does not fit together."""
    yield from _programme(scheme.programme)
    yield from _open_to(scheme.participation, "participation")
    if scheme.fixed_support:
        yield from _open_to(scheme.fixed_support.eligible, "fixed_support.eligible")
        if (scheme.fixed_support.kronor.value or 0) < 0:
            yield "fixed_support.kronor", "Beloppet är mindre än 0.", "Skriv hela kronor, eller ”unknown”."
    if scheme.visit_pay:
        yield from _visit_pay(scheme.visit_pay)
    yield from _sums(scheme)
    yield from _last_days(scheme)
    if scheme.board_paper:
        yield from misfits_of_paper(scheme.board_paper)


def _programme(programme: Programme) -> Iterator[Found]:
    ordinary, extra = programme.ordinary.value, programme.extra.value
    if programme.more_than and ordinary + extra <= programme.more_than.value:
        yield "programme", f"Programmet har inte fler än {programme.more_than.value} besök.", "Räkna om besöken."
    listed = [visit.place for visit in programme.visits]
    if listed and (listed.count("ordinary"), listed.count("extra")) != (ordinary, extra):
        yield "programme.visits", "Besöken är inte så många som programmet säger.", "Räkna om besöken."
    months = [visit.months for visit in programme.visits]
    if months != sorted(set(months)):
        yield "programme.visits", "Besöken står inte i tidsordning.", "Ordna dem efter barnets ålder."
    if months and programme.through_months and months[-1] > programme.through_months.value:
        yield "programme.visits", "Det sista besöket ligger efter programmets slut.", "Rätta den ena uppgiften."


def _open_to(eligibility: Eligibility, place: str) -> Iterator[Found]:
    for criterion in eligibility.criteria:
        if "index" in criterion.rule.value and not eligibility.index:
            yield place, f"”{criterion.says}” säger inte vilket index som menas.", 'Ange index = "…".'


def _visit_pay(pay: VisitPay) -> Iterator[Found]:
    ids = [rate.id for rate in pay.rates]
    if not ids or len(set(ids)) < len(ids):
        yield "visit_pay.rates", "Ersättningarna saknas eller har samma id.", "Ge var och en ett eget id."
    for rate in pay.rates:
        yield from _rate(rate, pay)


def _rate(rate: Rate, pay: VisitPay) -> Iterator[Found]:
    place = f"visit_pay.rates, {rate.id}"
    if not 0 <= rate.ordinary.value <= rate.kronor.value:
        yield place, f"Ordinarie ersättning är inte mellan 0 och {in_words(rate.kronor.value)}.", "Rätta beloppen."
    if rate.first_day and rate.last_day and rate.last_day < rate.first_day:
        yield place, "Den sista dagen kommer före den första.", "Byt plats på dem."
    if rate.coded and pay.coding is None:
        yield place, "Ersättningen kräver en kod, men ordningen säger inte vilken.", "Lägg till [visit_pay.coding]."


def _sums(scheme: WrittenScheme) -> Iterator[Found]:
    for transfer in scheme.transfers:
        if not 0 <= transfer.share.value <= 1 or transfer.round_to.value < 1:
            yield f"transfers, {transfer.id}", "Andelen eller avrundningen är orimlig.", "Ange 0–100 % och minst 1 kr."
    if sum(transfer.share.value for transfer in scheme.transfers) > 1:
        yield "transfers", "Mer än hela bidraget överförs.", "Minska någon andel."
    ids = [*(transfer.id for transfer in scheme.transfers), *(effort.id for effort in scheme.efforts)]
    if len(set(ids)) < len(ids):
        yield "efforts", "Två överföringar eller satsningar har samma id.", "Ge var och en ett eget id."
    for effort in scheme.efforts:
        if (effort.kronor.value or 0) < 0:
            yield f"efforts, {effort.id}", "Beloppet är mindre än 0.", "Skriv hela kronor, eller ”unknown”."
        if scheme.time_limited and scheme.time_limited.value and effort.ends is None:
            yield f"efforts, {effort.id}", "Satsningen har inget slut.", "Bara tidsbegränsade satsningar får pengar."
        if effort.since.value > scheme.year or (effort.ends and effort.ends.value.year < scheme.year):
            yield f"efforts, {effort.id}", f"Satsningen pågår inte {scheme.year}.", "Rätta start och slut."


def _last_days(scheme: WrittenScheme) -> Iterator[Found]:
    for reporting in scheme.reports:
        if reporting.last_day.value.year not in (scheme.year, scheme.year + 1):
            yield "reports", f"Sista dagen hör inte till {scheme.year}.", "Ange en dag under året eller året efter."
