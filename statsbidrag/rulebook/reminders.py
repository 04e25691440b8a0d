"""Reminders (påminnelser): on which working days the agency reminds, whom, and in what words."""

import string
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.bank_days import bank_days_away
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.sources import Stated

About = Literal["requisition", "completion", "report"]
Receivers = Literal["not heard", "to complete", "not reported"]
WORDS = ("recipient", "year", "last_day", "completed_by", "ceiling", "lacking", "link")


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion to remind on.

    key            its name in addresses and in what is recorded
    about          the last day it is counted from
    to             who gets it, of those who have not done what it is about
    working_days   how many working days after that day; before it where negative
    lines          the paragraphs of the e-mail; words within braces are filled in
    """

    key: str
    name: str
    about: About
    to: Receivers
    working_days: Stated[int]
    subject: str
    lines: tuple[str, ...]

    def last_day(self, of_round: Round) -> date:
        """Gives the last day that the occasion is about."""
        days = {
            "requisition": of_round.requisition.last_day.value,
            "completion": of_round.requisition.completed_by,
            "report": of_round.report.last_day.value,
        }
        return days[self.about]

    def day(self, of_round: Round) -> date:
        """Gives the day on which the reminder is due."""
        return bank_days_away(self.last_day(of_round), self.working_days.value)

    def last_day_of_use(self, of_round: Round) -> date:
        """Gives the last day on which whoever gets it can still do what it asks for."""
        return of_round.requisition.completed_by if self.to == "to complete" else self.last_day(of_round)


@dataclass(frozen=True, slots=True)
class _Written:
    occasions: tuple[Occasion, ...]


def read_reminders(path: Path) -> tuple[Occasion, ...]:
    """Gives the occasions in the order of the file; raises Fault where one cannot be understood."""
    occasions = read_table(_Written, read_toml(path), str(path)).occasions
    seen: set[str] = set()
    for occasion in occasions:
        where = f"{path}, {occasion.key}"
        if occasion.key in seen:
            raise Fault(where, "Två tillfällen har samma namn.", "Ge dem egna namn.")
        seen.add(occasion.key)
        if not occasion.working_days.value:
            raise Fault(where, "En påminnelse på själva sista dagen hinner ingen använda.", "Ange minst en arbetsdag.")
        for text in (occasion.subject, *occasion.lines):
            _refuse_unknown_words(text, where)
    return occasions


def _refuse_unknown_words(text: str, where: str) -> None:
    try:
        words = [name for _, name, *_ in string.Formatter().parse(text) if name is not None]
    except ValueError:
        raise Fault(where, f"Klamrarna i ”{text}” går inte ihop.", "Skriv ett ord inom varje par.") from None
    for word in words:
        if word not in WORDS:
            known = f"{suggestion(word, WORDS)}Välj bland: {', '.join(WORDS)}."
            raise Fault(where, f"Ordet {{{word}}} går inte att fylla i.", known)
