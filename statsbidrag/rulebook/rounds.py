"""Reads a round's file, and refuses it where its parts do not fit together."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.kronor import in_words


class _Day(NamedTuple):
    place: str
    says: str
    day: date


def read_round(path: Path) -> Round:
    """Gives the rules of one year's round, checked so that dates follow each other and parts add up.

    Raises Fault, or Faults where several things are wrong, each with its place, reason and remedy.
    """
    round_ = read_table(Round, read_toml(path), f"{path},")
    if found := list(_misfits(round_, str(path))):
        raise found[0] if len(found) == 1 else Faults(found)
    return round_


def _misfits(round_: Round, path: str) -> Iterator[Fault]:
    yield from _wrong_year(round_, path)
    yield from _out_of_order(round_, path)
    yield from _uneven_parts(round_, path)
    yield from _odd_published(round_, path)
    yield from _odd_lists(round_, path)


def _wrong_year(round_: Round, path: str) -> Iterator[Fault]:
    if path.endswith(".toml") and Path(path).stem != str(round_.year):
        yield Fault(f"{path}, year", f"Filen gäller {round_.year}.", "Låt filens namn och år vara samma.")
    year = round_.decision.calendar_year.value
    if year != round_.year:
        why = f"Besluten avser {year}, men omgången är {round_.year}."
        yield Fault(f"{path}, [decision.calendar_year]", why, "Ett beslut avser omgångens kalenderår.")
    for place, day in (("use_from", round_.decision.use_from.value), ("use_to", round_.decision.use_to.value)):
        if day.year != year:
            why = f"{day_in_words(day).capitalize()} ligger utanför kalenderåret {year}."
            yield Fault(f"{path}, [decision.{place}]", why, "Rätta dagen; bidraget används under kalenderåret.")


def _out_of_order(round_: Round, path: str) -> Iterator[Fault]:
    """Each chain of days goes forward; the first that falls back is named with the one before it."""
    opens = _Day("requisition.opens", "rekvisitionen öppnar", round_.requisition.opens.value)
    closes = _Day("requisition.last_day", "sista dag att rekvirera", round_.requisition.last_day.value)
    pays = _Day("payment.last_day", "sista dag för utbetalning", round_.payment.last_day.value)
    use_from = _Day("decision.use_from", "bidraget får användas från", round_.decision.use_from.value)
    use_to = _Day("decision.use_to", "bidraget får användas till", round_.decision.use_to.value)
    reports = _Day("report.last_day", "sista dag att redovisa", round_.report.last_day.value)
    accounts = _Day("account.last_day", "sista dag för den samlade redovisningen", round_.account.last_day.value)
    for chain in ((opens, closes, pays, use_to, reports, accounts), (use_from, use_to)):
        for earlier, later in zip(chain, chain[1:], strict=False):
            if later.day < earlier.day:
                why = (
                    f"{later.says.capitalize()} är {day_in_words(later.day)}, "
                    f"före {earlier.says}, {day_in_words(earlier.day)} ([{earlier.place}])."
                )
                yield Fault(f"{path}, [{later.place}]", why, "Rätta en av dagarna.")
    if pays.day == closes.day:
        why = "Utbetalningen ska ske efter att rekvisitionsperioden har löpt ut, inte samma dag."
        yield Fault(f"{path}, [payment.last_day]", why, "Rätta en av dagarna.")


def _uneven_parts(round_: Round, path: str) -> Iterator[Fault]:
    allocation = round_.allocation
    split = sum(allocation.split.value.values(), Fraction(0))
    weights = allocation.by_children.value + allocation.by_exposed.value
    for place, says, parts, total in (
        ("allocation.split", "Delarna av potten", allocation.split.value.values(), split),
        ("allocation.by_children", "De två vikterna", (allocation.by_children.value, allocation.by_exposed.value), weights),
    ):
        if total != 1:
            yield Fault(f"{path}, [{place}]", f"{says} blir {total}, inte 1.", "Rätta dem så att de blir 1 tillsammans.")
        if any(part < 0 for part in parts):
            yield Fault(f"{path}, [{place}]", f"{says} får inte vara mindre än 0.", "Rätta den som är det.")
    if allocation.pot.value <= 0:
        why = f"Potten är {in_words(allocation.pot.value)}."
        yield Fault(f"{path}, [allocation.pot]", why, "Ange ett belopp större än 0.")


def _odd_published(round_: Round, path: str) -> Iterator[Fault]:
    """Published sums are kept beside our own: together they never pass the pot, and nobody has two."""
    published = round_.allocation.published
    where = f"{path}, [[allocation.published]]"
    total = sum(one.kronor.value for one in published)
    if total > round_.allocation.pot.value:
        why = f"Beloppen blir {in_words(total)}, men potten är {in_words(round_.allocation.pot.value)}."
        yield Fault(where, why, "Rätta beloppen eller potten.")
    names = [one.recipient for one in published]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(where, f"{name} har två belopp.", "Behåll ett av dem.")


def _odd_lists(round_: Round, path: str) -> Iterator[Fault]:
    who, split = set(round_.requisition.who_may.value), round_.allocation.split.value
    with_part = {kind for kind, part in split.items() if part}
    if who != with_part:
        why = "De som får rekvirera är inte de som har en del av potten."
        yield Fault(f"{path}, [requisition.who_may]", why, "Rätta den, eller [allocation.split].")
    for place, names in (
        ("requisition.facts", [one.fact for one in round_.requisition.facts]),
        ("repayment.grounds", [one.ground for one in round_.repayment.grounds]),
        ("repayment.interest.rates", [str(one.half_year_from) for one in round_.repayment.interest.rates]),
    ):
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Fault(f"{path}, [[{place}]]", f"”{name}” står två gånger.", "Behåll en av dem.")
    for place, days in (
        ("requisition.completion_days", round_.requisition.completion_days.value),
        ("repayment.answer_days", round_.repayment.answer_days.value),
        ("repayment.due_days", round_.repayment.due_days.value),
        ("repayment.interest.days_in_year", round_.repayment.interest.days_in_year.value),
    ):
        if days <= 0:
            yield Fault(f"{path}, [{place}]", f"{days} dagar går inte.", "Ange ett antal dagar större än 0.")
    for rate in round_.repayment.interest.rates:
        if (rate.half_year_from.month, rate.half_year_from.day) not in ((1, 1), (7, 1)):
            why = f"{day_in_words(rate.half_year_from)} är inte början på ett halvår."
            yield Fault(f"{path}, [[repayment.interest.rates]]", why, "Ange 1 januari eller 1 juli.")
