"""Step 6 in the play: the regions whose schemes we have pass on what they were paid, by their own rules."""

from dataclasses import dataclass

from statsbidrag.cycle import Distribution, Judge, Plan, SettledMonth, Verdict, distribute, settle
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import Visit
from statsbidrag.play.giving import Giving
from statsbidrag.play.stage import Stage
from statsbidrag.play.visits import made_up_visits
from statsbidrag.terms.kronor import round_to

_PLANNED_PER_CENT = 90


@dataclass(frozen=True, slots=True)
class Distributed:
    """One region's own distribution: its book, and the visits that its clinics were paid for.

    name   of the scheme's file
    """

    name: str
    distribution: Distribution
    judge: Judge
    visits: tuple[Visit, ...]
    verdicts: tuple[Verdict, ...]
    months: tuple[SettledMonth, ...]


def distribute_all(stage: Stage, giving: Giving) -> tuple[Distributed, ...]:
    """Plays step 6 for every region that was paid in the round and whose scheme is for its year."""
    schemes = {name: stage.book.scheme(name) for name in stage.book.names("schemes")}
    paid = giving.paid
    return tuple(
        _distributed(stage, name, scheme, paid[scheme.region])
        for name, scheme in schemes.items()
        if scheme.year == stage.year and scheme.region in paid
    )


def _distributed(stage: Stage, name: str, scheme: Scheme, received: int) -> Distributed:
    clinics = stage.book.clinics(name, scheme)
    judge = Judge(scheme, stage.book.visit_columns, clinics)
    visits = tuple(made_up_visits(scheme, list(clinics.values()), stage.seed)) if scheme.visit_pay else ()
    verdicts = judge.reimburse(visits)
    months = settle(verdicts)
    charged = sum(month.charged for month in months)
    plan = Plan(_planned(scheme, received), visit_pay=charged)
    book = distribute(scheme, received, clinics.values(), plan)
    return Distributed(name, book, judge, visits, tuple(verdicts), tuple(months))


def _planned(scheme: Scheme, received: int) -> dict[str, int]:
    """What the board has given each effort whose sum no source tells: equal parts of most of the money, made up."""
    unknown = [effort.id for effort in scheme.efforts if effort.kronor.value is None]
    if not unknown:
        return {}
    each = round_to(received * _PLANNED_PER_CENT // 100 // len(unknown), 1000)
    return dict.fromkeys(unknown, each)
