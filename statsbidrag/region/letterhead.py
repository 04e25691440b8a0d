"""What the region's letters have in common: the region as sender, a clinic as receiver, and its own numbers."""

from datetime import date

from django.conf import settings

from statsbidrag.exchange.letters.letterhead import Addressee, Letterhead, Sender
from statsbidrag.portal import rules
from statsbidrag.portal.models import Registry
from statsbidrag.region.models import Clinic, RegionCase, RegionDocument


def head(case: RegionCase, dated: date, *, clinic: Clinic | None = None, number: int | None = None) -> Letterhead:
    """Gives the head of a letter from the region; ``clinic`` receives it, and without one it is for everyone.

    ``number`` is the document's number in its case where it is already entered; else the next one, so ask within the
    deed that enters it.
    """
    return Letterhead(
        sender=sender_of_region(case.region),
        recipient=_addressee(clinic) if clinic else None,
        law=rules.law(case.year),
        year=case.year,
        dated=dated,
        our_number=case.number,
        document_number=number if number is not None else next_number(case),
        made_up=settings.DEMONSTRATION,
    )


def sender_of_region(region: str) -> Sender:
    """Gives the region as the one who writes, at its registry."""
    registry = Registry.objects.filter(pk=region).first()
    lines = tuple(registry.lines) if registry else ()
    name = rules.recipients()[region].name
    return Sender(name, lines or ("Registratorn",), (registry.email if registry else "") or "regionens registrator")


def next_number(case: RegionCase) -> int:
    """Gives the running number that the next document of a case will get."""
    return RegionDocument.objects.filter(case=case).count() + 1


def _addressee(clinic: Clinic) -> Addressee:
    """A clinic of the region's own has the region's organisation number, and any other its owner's, where known."""
    own = rules.recipients()[clinic.region].organisation_number if clinic.form == "own" else ""
    return Addressee(clinic.name, clinic.owner or own or "okänt", (clinic.municipality,))
