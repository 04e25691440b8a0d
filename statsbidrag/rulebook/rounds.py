"""Reads a round's file, and refuses it where its parts do not fit together."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.kronor import in_words

_HALF_YEARS_BEGIN = ((1, 1), (7, 1))
_MOST_DAYS = 366


class _Misfit(NamedTuple):
    """What does not fit: its place in the file, why, and what to do."""

    place: str
    why: str
    remedy: str


class _Day(NamedTuple):
    place: str
    says: str
    day: date


def read_round(path: Path) -> Round:
    """Gives the rules of one year's round, checked so that days follow each other and parts add up.

    Raises Fault, or Faults where several things are wrong, each with its place, reason and remedy.
    """
    round_ = read_table(Round, read_toml(path), str(path))
    faults = [Fault(f"{path}, {found.place}", found.why, found.remedy) for found in _misfits(round_, path.stem)]
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return round_


def _misfits(round_: Round, name: str) -> Iterator[_Misfit]:
    yield from _wrong_year(round_, name)
    yield from _out_of_order(round_)
    yield from _uneven_parts(round_)
    yield from _odd_published(round_)
    yield from _odd_recipients(round_)
    yield from _twice(round_)
    yield from _odd_numbers(round_)
    yield from _odd_half_years(round_)


def _wrong_year(round_: Round, name: str) -> Iterator[_Misfit]:
    if name != str(round_.year):
        yield _Misfit("year", f"Filen heter {name} men gäller {round_.year}.", "Låt filens namn vara året.")
    year = round_.decision.calendar_year.value
    if year != round_.year:
        why = f"Besluten avser {year}, men omgången är {round_.year}."
        yield _Misfit("[decision.calendar_year]", why, "Ett beslut avser omgångens kalenderår.")
    for place, day in (("use_from", round_.decision.use_from.value), ("use_to", round_.decision.use_to.value)):
        if day.year != year:
            why = f"{day_in_words(day)} ligger utanför kalenderåret {year}."
            yield _Misfit(f"[decision.{place}]", why, "Bidraget används under kalenderåret; rätta dagen.")


def _out_of_order(round_: Round) -> Iterator[_Misfit]:
    """Names each day that lies before the one it should follow."""
    use_to = _Day("decision.use_to", "sista dag att använda bidraget", round_.decision.use_to.value)
    opens = _Day("requisition.opens", "dagen då rekvisitionen öppnar", round_.requisition.opens.value)
    closes = _Day("requisition.last_day", "sista dag att rekvirera", round_.requisition.last_day.value)
    pays = _Day("payment.last_day", "sista dag för utbetalning", round_.payment.last_day.value)
    chain = (
        opens,
        closes,
        pays,
        use_to,
        _Day("report.last_day", "sista dag att redovisa", round_.report.last_day.value),
        _Day("account.last_day", "sista dag för den samlade redovisningen", round_.account.last_day.value),
    )
    starts = [(_Day("decision.use_from", "första dag att använda bidraget", round_.decision.use_from.value), use_to)]
    if round_.in_force:
        starts.append((_Day("in_force", "dagen då förordningen träder i kraft", round_.in_force.value), opens))
    for earlier, later in (*pairwise(chain), *starts):
        if later.day < earlier.day:
            why = (
                f"{later.says.capitalize()} är {day_in_words(later.day)}, "
                f"före {earlier.says} {day_in_words(earlier.day)} ([{earlier.place}])."
            )
            yield _Misfit(f"[{later.place}]", why, "Rätta en av dagarna.")
    if pays.day == closes.day:
        why = "Bidraget betalas ut efter att rekvisitionsperioden har löpt ut, inte samma dag."
        yield _Misfit("[payment.last_day]", why, "Rätta en av dagarna.")


def _uneven_parts(round_: Round) -> Iterator[_Misfit]:
    allocation = round_.allocation
    if allocation.pot.value <= 0:
        why = f"Potten är {in_words(allocation.pot.value)}."
        yield _Misfit("[allocation.pot]", why, "Ange ett belopp större än 0.")
    weights = (allocation.by_children.value, allocation.by_exposed.value)
    for place, says, parts in (
        ("allocation.split", "Delarna av potten", list(allocation.split.value.values())),
        ("allocation.by_children", "De två vikterna", list(weights)),
    ):
        if sum(parts) != 1:
            why = f"{says} blir {sum(parts)}, inte 1."
            yield _Misfit(f"[{place}]", why, "Rätta dem så att de tillsammans blir 1.")
        if min(parts, default=0) < 0:
            yield _Misfit(f"[{place}]", f"{says} får inte vara mindre än 0.", "Rätta den som är det.")


def _odd_published(round_: Round) -> Iterator[_Misfit]:
    """Published sums stand beside our own; together they never pass the pot."""
    total, pot = sum(one.kronor.value for one in round_.allocation.published), round_.allocation.pot.value
    if total > pot:
        why = f"De publicerade beloppen blir {in_words(total)}, men potten är {in_words(pot)}."
        yield _Misfit("[[allocation.published]]", why, "Rätta beloppen eller potten.")


def _odd_recipients(round_: Round) -> Iterator[_Misfit]:
    with_part = {kind for kind, part in round_.allocation.split.value.items() if part}
    if set(round_.requisition.who_may.value) != with_part:
        why = "De som får rekvirera är inte de som har en del av potten."
        yield _Misfit("[requisition.who_may]", why, "Rätta den, eller [allocation.split].")


def _twice(round_: Round) -> Iterator[_Misfit]:
    lists: dict[str, Iterable[object]] = {
        "allocation.published": (one.recipient for one in round_.allocation.published),
        "requisition.facts": (one.fact for one in round_.requisition.facts),
        "decision.conditions": (one.point for one in round_.decision.conditions),
        "repayment.grounds": (one.ground for one in round_.repayment.grounds),
        "repayment.interest.rates": (one.half_year_from for one in round_.repayment.interest.rates),
    }
    for place, names in lists.items():
        seen: set[object] = set()
        for name in names:
            if name in seen:
                yield _Misfit(f"[[{place}]]", f"”{name}” står två gånger.", "Behåll en av dem.")
            seen.add(name)


def _odd_numbers(round_: Round) -> Iterator[_Misfit]:
    numbers = {
        "requisition.completion_days": round_.requisition.completion_days.value,
        "repayment.answer_days": round_.repayment.answer_days.value,
        "repayment.due_days": round_.repayment.due_days.value,
        "repayment.interest.days_in_year": round_.repayment.interest.days_in_year.value,
    }
    for place, days in numbers.items():
        if not 0 < days <= _MOST_DAYS:
            yield _Misfit(f"[{place}]", f"Antalet dagar är {days}.", f"Ange ett antal från 1 till {_MOST_DAYS}.")
    if round_.repayment.reminder_fee.value < 0:
        yield _Misfit("[repayment.reminder_fee]", "Avgiften är mindre än 0 kr.", "Ange 0 eller mer.")


def _odd_half_years(round_: Round) -> Iterator[_Misfit]:
    for rate in round_.repayment.interest.rates:
        day = rate.half_year_from
        if (day.month, day.day) not in _HALF_YEARS_BEGIN:
            why = f"{day_in_words(day)} är inte början på ett halvår."
            yield _Misfit("[[repayment.interest.rates]]", why, "Ange 1 januari eller 1 juli.")
