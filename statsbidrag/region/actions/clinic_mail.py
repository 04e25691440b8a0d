"""E-mail to a clinic: to its own address, and to its heads."""

from collections.abc import Sequence
from datetime import datetime

from statsbidrag.portal.access import clinic_key
from statsbidrag.portal.queries.people import holding
from statsbidrag.region.actions.notices import tell
from statsbidrag.region.letters import region_mail
from statsbidrag.region.models import Clinic


def tell_clinic(clinic: Clinic, subject: str, says: Sequence[str], now: datetime) -> int:
    """Puts an e-mail to a clinic beside the deed, one to each address; gives to how many."""
    found = addresses(clinic)
    body = region_mail(clinic.region, *says)
    for each in found:
        tell(each, f"{subject}: {clinic.name}", body, now, recipient=clinic_key(clinic.region, clinic.number))
    return len(found)


def addresses(clinic: Clinic) -> list[str]:
    """Gives where a clinic is reached, each address once."""
    heads = [one.email for one in holding(clinic_key(clinic.region, clinic.number), ("clinic_head",))]
    return list(dict.fromkeys(each for each in (clinic.email, *heads) if each))
