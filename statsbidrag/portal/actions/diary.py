"""The public record (diariet): opens cases and enters documents, each a link of a chain that only grows (OSL 5 kap.).

The chain holds hashes with a salt, so that what is erased by a decision leaves a stub and the chain still holds
(adm-11). Every deed that makes or receives a document enters it here, in its own transaction.
"""

import hashlib
import secrets
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db import connection

from statsbidrag.portal.chain import BEGINNING, link, salted_hash
from statsbidrag.portal.models import Case, DiaryEntry, Document, DocumentContent
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, TEXT, YEAR, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

CaseKind = Literal["round", "grant", "agent"]
_FIRST_SERIAL = 10_001
_CASE = [field.attname for field in Case._meta.concrete_fields]
_KNOWN = Prepared(lambda: Case.objects.filter(kind="grant", year=YEAR, recipient=RECIPIENT).values_list(*_CASE))
_TAKEN = Prepared(lambda: Case.objects.filter(number=TEXT).values_list("id"))
_LAST_SERIAL = Prepared(
    lambda: Case.objects.filter(year=YEAR, serial__isnull=False).order_by("-serial").values_list("serial")[:1]
)
_LAST_LINK = Prepared(lambda: DiaryEntry.objects.order_by("-id").values_list("id", "hash")[:1])
_LAST_NUMBER = Prepared(lambda: DiaryEntry.objects.filter(case=ID).order_by("-number").values_list("number")[:1])


def open_case(kind: CaseKind, year: int, matter: str, now: datetime, *, recipient: str = "", number: str = "") -> Case:
    """Opens a case and gives it its diary number; a grant case that a recipient already has is given back.

    ``number`` is the number from the agency's own case system, where it has one. Raises Fault where it is taken.
    """
    with writing():
        if kind == "grant":
            known = _KNOWN.first({YEAR: year, RECIPIENT: recipient})
            if known:
                return Case.from_db(connection.alias, _CASE, known)
        serial = None
        if not number:
            last = _LAST_SERIAL.first({YEAR: year})
            serial = int(last[0]) + 1 if last else _FIRST_SERIAL
            number = settings.ENVIRONMENT.diary_series.format(serial=serial, year=year)
        if _TAKEN.rows({TEXT: number}):
            raise Fault("diariet", f"Diarienumret {number} är redan använt.", "Ange ett annat nummer.")
        return store(
            Case(number=number, serial=serial, year=year, kind=kind, recipient=recipient, matter=matter, opened=now)
        )


def enter(case: Case, paper: Paper, now: datetime, *, by: int | None = None) -> Document:
    """Enters a document in a case: gives it the next running number, and the chain its next link (adm-09)."""
    with writing():
        last = _LAST_LINK.first({}) or (0, BEGINNING)
        number = _next(case)
        sha256, salt = hashlib.sha256(paper.content).hexdigest(), secrets.token_hex(16)
        salted = salted_hash(salt, (paper.direction, paper.party, paper.matter, sha256))
        entry = DiaryEntry(id=last[0] + 1, case=case, number=number, at=now, salted_hash=salted, previous=last[1])
        entry.hash = link(entry)
        document = Document(
            entry=store(entry),
            direction=paper.direction,
            about=paper.about,
            party=paper.party,
            matter=paper.matter,
            name=paper.name,
            mime=paper.mime,
            sha256=sha256,
            salt=salt,
            secret=paper.secret,
            by_id=by,
        )
        store(DocumentContent(document=store(document), content=paper.content))
        return document


def next_number(case: Case) -> int:
    """Gives the running number that the next document of a case will get, for a letter that states its own.

    Only within the deed that then enters it: within it nobody else can take the number.
    """
    return _next(case)


def _next(case: Case) -> int:
    last = _LAST_NUMBER.first({ID: case.pk})
    return int(last[0]) + 1 if last else 1
