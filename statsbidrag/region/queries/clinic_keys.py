"""Which clinic a key is of: ``region-18-clinic-7`` is what roles at a clinic are held for."""

from statsbidrag.portal.access import clinic_key, region_of
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, PreparedObjects
from statsbidrag.region.models import Clinic

_CLINIC = PreparedObjects[Clinic](lambda: Clinic.objects.filter(region=RECIPIENT, number=ID).order_by())
_LONGEST_NUMBER = 10


def clinic_of(key: str) -> Clinic | None:
    """Gives the clinic that a key is of, or None where it is none's."""
    region, number = region_of(key), key.rpartition("-")[2]
    if not (number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER):
        return None
    if clinic_key(region, int(number)) != key:
        return None
    return _CLINIC.one({RECIPIENT: region, ID: int(number)})
