"""The rounds as everyone may see them: whether the list is published, and whether one can requisition."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from statsbidrag.cycle.round import Round as RoundRules
from statsbidrag.portal import rules
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.prepared import Prepared

Stage = Literal["coming", "open", "closed"]
_IN_SWEDISH: dict[Stage, str] = {"coming": "Kommande", "open": "Öppen", "closed": "Stängd"}
_TONES: dict[Stage, str] = {"coming": "wait", "open": "good", "closed": "neutral"}


@dataclass(frozen=True, slots=True)
class PublicRound:
    """A round, and where it stands on a day.

    listed   whether its list is public: published here, or from a round that was over before the service had it
    """

    year: int
    rules: RoundRules
    stage: Stage
    listed: bool
    today: date

    @property
    def state(self) -> str:
        """The stage in a word."""
        return _IN_SWEDISH[self.stage]

    @property
    def tone(self) -> str:
        """How the word looks; the word itself says as much."""
        return _TONES[self.stage]

    @property
    def left(self) -> str:
        """What the word of the stage leaves unsaid: how long it stays open, or when it opens."""
        if self.stage == "closed":
            return ""
        return self.says.partition(", ")[2] if self.stage == "open" else self.says

    @property
    def says(self) -> str:
        """Whether one can requisition, and for how long yet."""
        requisition = self.rules.requisition
        if self.stage == "coming" and self.today >= requisition.opens.value:
            return "Inte öppnad än"
        return requisition.window(self.today)


_ROUNDS = Prepared(lambda: Round.objects.values_list("year", "published", "opened"))


def public_round(year: int, today: date) -> PublicRound | None:
    """Gives one round, or None where there is none of that year."""
    return next((round_ for round_ in public_rounds(today, (year,)) if round_.year in rules.years()), None)


def public_rounds(today: date, years: tuple[int, ...] | None = None) -> list[PublicRound]:
    """Gives every round there are rules for, or those asked for, the newest first."""
    wanted = [year for year in rules.years() if years is None or year in years]
    rows = {year: (published, opened) for year, published, opened in _ROUNDS.rows({})}
    return [_seen(year, rows.get(year), today) for year in wanted]


def _seen(year: int, row: tuple[object, object] | None, today: date) -> PublicRound:
    of_round = rules.round_rules(year)
    opens, last_day = of_round.requisition.opens.value, of_round.requisition.last_day.value
    published, opened = row or (None, None)
    stage: Stage = "coming"
    if today > last_day:
        stage = "closed"
    elif opened and today >= opens:
        stage = "open"
    listed = bool(published) or (row is None and stage == "closed")
    return PublicRound(year, of_round, stage, listed, today)
