"""Forgetting (gallring): pseudonyms that have been kept for their time are dropped, and sums of settled months stay."""

from datetime import datetime

from statsbidrag.region import handed_in
from statsbidrag.region.models import Forgetting
from statsbidrag.region.queries.retention import forgotten_through, past_time
from statsbidrag.region.writing import writing


def forget(region: str, now: datetime, *, by: str) -> Forgetting | None:
    """Drops what is past its time in a region's house and records it; None where there was no pseudonym to drop.

    A visit or an offer stays as a fact of its clinic and day, and nobody can tell any more whose it was or which of
    them were of one child or family. Refused rows and files that nobody has kept are dropped too.
    """
    with writing():
        past = past_time(region, now)
        waiting = list(past.waiting.values_list("pk", flat=True))
        past.refusals.update(refusals=b"")
        past.waiting.model.objects.filter(pk__in=waiting).update(state="refused", says={"thrown": by}, refusals=b"")
        visits = past.visits.update(child="", family="", also_elsewhere=False)
        offers = past.offers.update(family="")
        last = forgotten_through(region)
        made = None
        if visits or offers or (last is not None and last < past.through):
            made = Forgetting.objects.create(
                region=region, through=past.through, visits=visits, offers=offers, at=now, by=by
            )
    for file in waiting:
        handed_in.drop(file)
    return made
