"""The region's own diary: opens cases and enters documents, each chained to the one before (adm-09)."""

import hashlib
import secrets
from datetime import datetime

from statsbidrag.portal.chain import BEGINNING, salted_hash
from statsbidrag.portal.papers import Paper
from statsbidrag.region.models import Clinic, RegionCase, RegionDocument, RegionDocumentContent
from statsbidrag.region.queries.diary import link
from statsbidrag.region.writing import writing

_SERIES = "{short} {year}-{serial:04}"


def year_case(region: str, year: int, now: datetime) -> RegionCase:
    """Gives the case of a region's year with the grant; opens it where there is none."""
    matter = f"Statsbidrag för utökade hembesök {year}"
    return _case(RegionCase(region=region, year=year, kind="year", matter=matter), now)


def clinic_case(clinic: Clinic, year: int, now: datetime) -> RegionCase:
    """Gives the case of a clinic's year, with its application, decision and reports; opens it where there is none."""
    matter = f"Utökade hembesök {year}, {clinic.name}"
    new = RegionCase(region=clinic.region, year=year, kind="clinic", about=clinic.number, matter=matter)
    return _case(new, now)


def enter(case: RegionCase, paper: Paper, now: datetime, *, by: str = "") -> RegionDocument:
    """Enters a document in a case: gives it the next running number, and the chain its next link."""
    with writing():
        last = RegionDocument.objects.filter(case__region=case.region).order_by("-id").values_list("hash").first()
        number = RegionDocument.objects.filter(case=case).count() + 1
        sha256, salt = hashlib.sha256(paper.content).hexdigest(), secrets.token_hex(16)
        document = RegionDocument(
            case=case,
            number=number,
            at=now,
            direction=paper.direction,
            about=paper.about,
            party=paper.party,
            matter=paper.matter,
            name=paper.name,
            mime=paper.mime,
            sha256=sha256,
            salt=salt,
            previous=last[0] if last else BEGINNING,
            by=by,
        )
        document.hash = link(document, salted_hash(salt, (paper.direction, paper.party, paper.matter, sha256)))
        document.save()
        RegionDocumentContent.objects.create(document=document, content=paper.content)
        return document


def _case(new: RegionCase, now: datetime) -> RegionCase:
    with writing():
        of_year = RegionCase.objects.filter(region=new.region, year=new.year)
        known = of_year.filter(kind=new.kind, about=new.about).first()
        if known:
            return known
        new.serial, new.opened = of_year.count() + 1, now
        new.number = _SERIES.format(short=f"R{new.region.rpartition('-')[2]}", year=new.year, serial=new.serial)
        new.save()
        return new
