"""The registrar's deeds in the diary: secret marks, and the numbers that cases have elsewhere."""

from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Case, CaseNote, Document
from statsbidrag.portal.queries.prepared import ID, TEXT, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

_NUMBERED = Prepared(lambda: Case.objects.filter(number=TEXT).values_list("id"))
_NUMBER = Prepared(lambda: Case.objects.filter(pk=ID).values_list("number"))


def mark_secret(visitor: Visitor | None, document: Document, now: datetime, *, secret: bool) -> None:
    """Hides a document's party and matter in the public diary (OSL 5 kap. 2 §), or shows them again."""
    case = document.entry.case
    registrar = access.require(visitor, "register", case.recipient)
    with writing():
        if not Document.objects.filter(pk=document.pk, secret=not secret).update(secret=secret):
            return
        mark = "sekretessmarkerad" if secret else "inte längre sekretessmarkerad"
        text = f"Handling {document.entry.number} är {mark} i det offentliga diariet."
        CaseNote.objects.create(case=case, by_id=registrar.id, at=now, text=text)


def number_case(visitor: Visitor | None, case: Case, *, ours: str, theirs: str, now: datetime) -> None:
    """Gives a case its number from the agency's own case system, and notes the recipient's own number (adm-09).

    Raises Fault where the number is empty or another case has it.
    """
    registrar = access.require(visitor, "register", case.recipient)
    ours, theirs = ours.strip(), theirs.strip()
    if not ours:
        raise Fault("ärendet", "Diarienumret saknas.", "Ange ett nummer.")
    with writing():
        if any(taken != case.pk for (taken,) in _NUMBERED.rows({TEXT: ours})):
            raise Fault("ärendet", f"Diarienumret {ours} är redan använt.", "Ange ett annat nummer.")
        [(before,)] = _NUMBER.rows({ID: case.pk})
        Case.objects.filter(pk=case.pk).update(number=ours, their_number=theirs)
        if before != ours:
            text = f"Diarienumret är ändrat från {before} till {ours}."
            store(CaseNote(case=case, by_id=registrar.id, at=now, text=text))
