"""What is kept of visits and for how long: what is past its time now, and what was dropped before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet

from statsbidrag.cycle.programme import months_later
from statsbidrag.cycle.retention import RetentionRules
from statsbidrag.portal import rules
from statsbidrag.region.models import Forgetting, Offer, Visit, VisitFile


@dataclass(frozen=True, slots=True)
class PastTime:
    """What may be dropped by now.

    through    the last day of the visits and offers whose pseudonyms are past their time
    visits     those that still have pseudonyms
    offers     the same
    refusals   files whose refused rows have been kept for their time
    waiting    files that nobody has kept or thrown away
    """

    through: date
    visits: QuerySet[Visit]
    offers: QuerySet[Offer]
    refusals: QuerySet[VisitFile]
    waiting: QuerySet[VisitFile]


def retention() -> RetentionRules:
    """Gives the rules."""
    return rules.book().retention


def past_time(region: str, now: datetime) -> PastTime:
    """Gives what of a region's is past its time."""
    through, kept = last_day_past(now.date()), retention()
    rows, waits = now - timedelta(days=kept.refused_rows.value), now - timedelta(days=kept.waiting_files.value)
    files = VisitFile.objects.filter(region=region)
    return PastTime(
        through,
        Visit.objects.filter(~Q(child="") | ~Q(family=""), region=region, date__lte=through),
        Offer.objects.exclude(family="").filter(region=region, day__lte=through),
        files.exclude(refusals=b"").filter(at__lt=rows).exclude(state__in=("checking", "keeping")),
        files.filter(state__in=("mapping", "waiting"), at__lt=waits),
    )


def last_day_past(today: date) -> date:
    """Gives the last day whose pseudonyms are past their time: they are kept for whole years of visits."""
    years = (year for year in range(today.year, today.year - 100, -1) if dropped_from(year) <= today)
    return date(next(years), 12, 31)


def dropped_from(year: int) -> date:
    """Gives the first day on which the pseudonyms of a year's visits may be dropped."""
    return months_later(date(year + 1, 1, 1), retention().pseudonyms.value)


def forgotten_through(region: str) -> date | None:
    """Gives the last day of the visits whose pseudonyms have been dropped, or None."""
    last: date | None = Forgetting.objects.filter(region=region).aggregate(last=Max("through"))["last"]
    return last


def forgettings(region: str) -> list[Forgetting]:
    """Gives when pseudonyms were dropped, the last one first."""
    return list(Forgetting.objects.filter(region=region).order_by("-id"))


def regions_with_visits() -> list[str]:
    """Gives the regions whose house this is."""
    found = {*Visit.objects.values_list("region", flat=True).distinct()}
    return sorted(found | {*VisitFile.objects.values_list("region", flat=True).distinct()})
