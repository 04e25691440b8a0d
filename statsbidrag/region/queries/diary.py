"""The region's own diary as it is read, and whether anyone has altered it."""

import hashlib

from statsbidrag.portal.chain import BEGINNING, salted_hash
from statsbidrag.region.models import RegionCase, RegionDocument, RegionDocumentContent


def link(document: RegionDocument, salted: str) -> str:
    """Gives the hash that chains a document to the one before it."""
    moment = int(document.at.timestamp() * 1_000_000)
    said = f"{document.previous}|{document.case_id}|{document.number}|{moment}|{salted}"
    return hashlib.sha256(said.encode()).hexdigest()


def cases(region: str, year: int) -> list[RegionCase]:
    """Gives the cases of a region's year, with their documents, the newest first."""
    found = RegionCase.objects.filter(region=region, year=year).order_by("-id")
    return list(found.prefetch_related("documents"))


def document_of(region: str, document: int) -> RegionDocument | None:
    """Gives a document of a region's diary, or None where it has none with that number."""
    return RegionDocument.objects.select_related("case", "content").filter(pk=document, case__region=region).first()


def first_break(region: str) -> RegionDocument | None:
    """Gives the first document that was altered, or the first after one taken away; None where all hold."""
    before = BEGINNING
    documents = RegionDocument.objects.filter(case__region=region).order_by("id")
    contents = dict(
        RegionDocumentContent.objects.filter(document__case__region=region).values_list("document_id", "content")
    )
    for each in documents:
        sha256 = hashlib.sha256(bytes(contents.get(each.pk, b""))).hexdigest()
        salted = salted_hash(each.salt, (each.direction, each.party, each.matter, sha256))
        if each.previous != before or each.sha256 != sha256 or each.hash != link(each, salted):
            return each
        before = each.hash
    return None
