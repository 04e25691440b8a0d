"""What does not fit together in a round: days out of order, parts that do not add up, sums and lists that cannot be."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from statsbidrag.cycle.round import Round
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words

_HALF_YEARS_BEGIN = ((1, 1), (7, 1))
_RECIPIENT = re.compile(r"region-\d{2}|municipality-\d{4}", re.ASCII)
# Limits against a slip of the pen, not against policy.
_DAYS_IN_YEAR = 366
_MOST_KRONOR = 1_000_000_000_000
_OLDEST_POPULATION = 20


class Misfit(NamedTuple):
    """What does not fit: its place in the file, why, and what to do."""

    place: str
    why: str
    remedy: str


class _Day(NamedTuple):
    place: str
    says: str
    day: date


def misfits(round_: Round, name: str) -> Iterator[Misfit]:
    """Gives everything in a round that does not fit together; ``name`` is what its file is called."""
    yield from _wrong_year(round_, name)
    yield from _out_of_order(round_)
    yield from _uneven_parts(round_)
    yield from _odd_published(round_)
    yield from _odd_recipients(round_)
    yield from _facts_left_out(round_)
    yield from _ground_left_out(round_)
    yield from _twice(round_)
    yield from _odd_numbers(round_)
    yield from _odd_half_years(round_)
    yield from _empty(round_)


def _wrong_year(round_: Round, name: str) -> Iterator[Misfit]:
    if name != str(round_.year):
        yield Misfit("year", f"Filen heter {name} men gäller {round_.year}.", "Låt filens namn vara året.")
    year = round_.decision.calendar_year.value
    if year != round_.year:
        why = f"Besluten avser {year}, men omgången är {round_.year}."
        yield Misfit("[decision.calendar_year]", why, "Ett beslut avser omgångens kalenderår.")
    for place, day in (("use_from", round_.decision.use_from.value), ("use_to", round_.decision.use_to.value)):
        if day.year != year:
            why = f"{day_in_words(day)} ligger utanför kalenderåret {year}."
            yield Misfit(f"[decision.{place}]", why, "Bidraget används under kalenderåret; rätta dagen.")


def _out_of_order(round_: Round) -> Iterator[Misfit]:
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
            yield Misfit(f"[{later.place}]", why, "Rätta en av dagarna.")
    if pays.day == closes.day:
        why = "Bidraget betalas ut efter att rekvisitionsperioden har löpt ut, inte samma dag."
        yield Misfit("[payment.last_day]", why, "Rätta en av dagarna.")


def _uneven_parts(round_: Round) -> Iterator[Misfit]:
    allocation = round_.allocation
    weights = (allocation.by_children.value, allocation.by_exposed.value)
    for place, says, parts in (
        ("allocation.split", "Delarna av potten", list(allocation.split.value.values())),
        ("allocation.by_children", "De två vikterna", list(weights)),
    ):
        if sum(parts) != 1:
            why = f"{says} blir {sum(parts)}, inte 1."
            yield Misfit(f"[{place}]", why, "Rätta dem så att de tillsammans blir 1.")
        if min(parts, default=0) < 0:
            yield Misfit(f"[{place}]", f"{says} får inte vara mindre än 0.", "Rätta den som är det.")


def _odd_published(round_: Round) -> Iterator[Misfit]:
    """Published sums stand beside our own; together they never pass the pot."""
    published, pot = round_.allocation.published, round_.allocation.pot.value
    for one in published:
        if not _RECIPIENT.fullmatch(one.recipient):
            why = f"”{one.recipient}” är ingen mottagare."
            yield Misfit("[[allocation.published]]", why, "Skriv till exempel region-01 eller municipality-0180.")
    total = sum(one.kronor.value for one in published)
    if total > pot or any(one.kronor.value <= 0 for one in published):
        why = f"De publicerade beloppen blir {in_words(total)} av potten på {in_words(pot)}, eller är inte större än 0."
        yield Misfit("[[allocation.published]]", why, "Rätta beloppen eller potten.")


def _odd_recipients(round_: Round) -> Iterator[Misfit]:
    with_part = {kind for kind, part in round_.allocation.split.value.items() if part}
    if set(round_.requisition.who_may.value) != with_part:
        why = "De som får rekvirera är inte de som har en del av potten."
        yield Misfit("[requisition.who_may]", why, "Rätta den, eller [allocation.split].")


def _facts_left_out(round_: Round) -> Iterator[Misfit]:
    """Without these two no requisition can be tried, whatever the source lists."""
    given = {required.fact for required in round_.requisition.facts}
    for fact in ("recipient", "amount"):
        if fact not in given:
            yield Misfit("[[requisition.facts]]", f"”{fact}” saknas.", "Lägg till uppgiften.")


def _ground_left_out(round_: Round) -> Iterator[Misfit]:
    """A ground that another part of the round falls back on is one of the round's own."""
    repayment = round_.repayment
    given = {rule.ground for rule in repayment.grounds}
    if repayment.unreported.value not in given:
        why = f"Omgången har inte grunden ”{repayment.unreported.value}”."
        yield Misfit("[repayment.unreported]", why, "Välj en av dess grunder.")
    if repayment.unused_in_batch.value and "not used" not in given:
        why = "Omgången har inte grunden ”not used”, som det oanvända krävs tillbaka på."
        yield Misfit("[repayment.unused_in_batch]", why, "Lägg till grunden, eller skriv false.")


def _twice(round_: Round) -> Iterator[Misfit]:
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
                yield Misfit(f"[[{place}]]", f"”{name}” står två gånger.", "Behåll en av dem.")
            seen.add(name)


def _odd_numbers(round_: Round) -> Iterator[Misfit]:
    interest = round_.repayment.interest
    population_year = round_.allocation.population_year.value
    numbers: list[tuple[str, int | Fraction, int, int]] = [
        ("allocation.pot", round_.allocation.pot.value, 1, _MOST_KRONOR),
        ("allocation.population_year", population_year, round_.year - _OLDEST_POPULATION, round_.year),
        ("requisition.completion_days", round_.requisition.completion_days.value, 1, _DAYS_IN_YEAR),
        ("report.submissions", round_.report.submissions.value, 1, 1000),
        ("repayment.answer_days", round_.repayment.answer_days.value, 1, _DAYS_IN_YEAR),
        ("repayment.due_days", round_.repayment.due_days.value, 1, _DAYS_IN_YEAR),
        ("repayment.reminder_fee", round_.repayment.reminder_fee.value, 0, 1000),
        ("repayment.interest.days_in_year", interest.days_in_year.value, 360, _DAYS_IN_YEAR),
        ("repayment.interest.margin", interest.margin.value, 0, 1),
        *(("repayment.interest.rates", rate.rate.value, 0, 1) for rate in interest.rates),
    ]
    for place, number, least, most in numbers:
        if not least <= number <= most:
            yield Misfit(f"[{place}]", f"Värdet är {number}.", f"Ange ett tal från {least} till {most}.")


def _empty(round_: Round) -> Iterator[Misfit]:
    """A list that is empty would leave a hole in a letter, or let everything through."""
    lists: dict[str, Sequence[object]] = {
        "requisition.facts": round_.requisition.facts,
        "decision.conditions": round_.decision.conditions,
        "report.contents": round_.report.contents,
        "repayment.grounds": round_.repayment.grounds,
        "account.contents": round_.account.contents,
    }
    for place, items in lists.items():
        if not items:
            yield Misfit(f"[[{place}]]", "Listan är tom.", "Lägg till det som ska stå där.")


def _odd_half_years(round_: Round) -> Iterator[Misfit]:
    for rate in round_.repayment.interest.rates:
        day = rate.half_year_from
        if (day.month, day.day) not in _HALF_YEARS_BEGIN:
            why = f"{day_in_words(day)} är inte början på ett halvår."
            yield Misfit("[[repayment.interest.rates]]", why, "Ange 1 januari eller 1 juli.")
