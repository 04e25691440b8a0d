"""Bias (jäv, 16-18 §§ FL): who notes it is locked out of the recipient's cases at once, and the note stays."""

from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Bias, Case, CaseNote
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def note_bias(visitor: Visitor | None, recipient: str, note: str, now: datetime) -> Bias:
    """Notes that the visitor is biased in a recipient's cases; from the next click all of them are closed to it.

    Raises Fault where no reason is given: whoever takes over must know that there was one.
    """
    officer = access.require(visitor, "note bias", recipient)
    if not note.strip():
        raise Fault("jävsanmälan", "Det står inte varför.", "Skriv kort varför du inte bör handlägga ärendet.")
    with writing():
        bias = Bias.objects.create(officer_id=officer.id, recipient=recipient, note=note.strip(), at=now)
        for case in Case.objects.filter(recipient=recipient):
            text = f"Jäv: {officer.name} har anmält jäv och deltar inte i ärendet. Skäl: {note.strip()}"
            CaseNote.objects.create(case=case, by_id=officer.id, at=now, text=text)
        return bias
