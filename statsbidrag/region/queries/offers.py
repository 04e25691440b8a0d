"""What families were offered, counted: each family once, by what became of it last."""

from collections import Counter
from collections.abc import Mapping

from statsbidrag.region.models import Clinic, Offer
from statsbidrag.region.models.visits import OUTCOMES


def latest_offers(region: str, year: int, clinic: Clinic | None = None) -> list[Offer]:
    """Gives the last word on each family's offer, the newest first; a family whose pseudonym is dropped by itself."""
    found = Offer.objects.filter(region=region, year=year)
    rows = (found.filter(clinic=clinic) if clinic else found).order_by("-id")
    seen: set[tuple[int, str]] = set()
    latest: list[Offer] = []
    for row in rows:
        key = (row.clinic_id, row.family or f"dropped {row.pk}")
        if key not in seen:
            seen.add(key)
            latest.append(row)
    return latest


def offer_counts(region: str, year: int, clinic: Clinic | None = None) -> Mapping[str, int]:
    """Gives how many families the last word is on, by outcome; all of them were offered."""
    counted = Counter(row.outcome for row in latest_offers(region, year, clinic))
    return {outcome: counted[outcome] for outcome in OUTCOMES}
