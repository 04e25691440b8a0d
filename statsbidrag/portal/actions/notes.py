"""Notes on a case (tjänsteanteckningar): by whom, when and what; never altered."""

from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Case, CaseNote
from statsbidrag.portal.storing import store
from statsbidrag.terms.faults import Fault


def add_note(visitor: Visitor | None, case: Case, text: str, now: datetime) -> CaseNote:
    """Adds a note to a case. Raises Fault for an empty one."""
    officer = access.require(visitor, "note", case.recipient)
    if not text.strip():
        raise Fault("anteckningen", "Den är tom.", "Skriv vad som har hänt eller vad du har fått veta.")
    return store(CaseNote(case=case, by_id=officer.id, at=now, text=text.strip()))
