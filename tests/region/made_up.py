"""Made-up rows of the region's house, for the tests that need visits without handing in a file."""

from datetime import date, datetime
from typing import Any

from statsbidrag.region.keys import keyed_child
from statsbidrag.region.models import Clinic, Visit
from statsbidrag.terms.dates import SWEDISH_TIME

JOINT = "nurse|social_services"
HANDED_IN = datetime(2025, 10, 1, 9, tzinfo=SWEDISH_TIME)


def visit(clinic: Clinic, day: date, child: str, **more: Any) -> Visit:
    """Stores a visit: extra, by a nurse and social services, coded, of a child of two months unless told otherwise."""
    told = {
        "child_months": 2,
        "place": "extra",
        "professions": JOINT,
        "kva_codes": "ZV509",
        "at": HANDED_IN,
        "by": "Tove Barnhälsa (påhittad)",
        **more,
    }
    row: Visit = Visit.objects.create(
        region=clinic.region, year=day.year, clinic=clinic, date=day, child=keyed_child(clinic.region, child), **told
    )
    return row
