"""Erasure (gallring): by a recorded decision a document's content and names go, and a stub stays (adm-11).

The chain of the diary holds only salted hashes, so it still verifies when what they were made of is gone.
"""

from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.models import Document, DocumentContent, Mail, ReceivedRequisition
from statsbidrag.portal.papers import ERASURE, Paper, text_paper
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def erase(document: Document, decision: str, now: datetime, by: Visitor | None, *, reason: str = "") -> Document:
    """Erases a document under the erasure decision with that number; gives what was entered about it.

    Raises Fault where no decision is named, where it is erased already, or where an e-mail with it is on its way.
    """
    case = document.entry.case
    registrar = access.require(by, "erase", case.recipient)
    where = f"handling {document.entry.number} i ärende {case.number}"
    if not decision.strip():
        raise Fault(where, "Gallringsbeslutets nummer saknas.", "Ange beslutet som gallringen vilar på.")
    with writing():
        _refuse(where, document)
        Document.objects.filter(pk=document.pk).update(
            party="", matter="", name="", sha256="", salt="", by=None, erased_by=decision.strip(), erased_at=now
        )
        DocumentContent.objects.filter(pk=document.pk).delete()
        _forget_names(document)
        return enter(case, _record(document.entry.number, decision.strip(), reason.strip()), now, by=registrar.id)


def _refuse(where: str, document: Document) -> None:
    erased = Document.objects.filter(pk=document.pk).exclude(erased_by="").values_list("erased_by", flat=True).first()
    if erased:
        raise Fault(where, f"Den är redan gallrad enligt beslut {erased}.", "Inget mer behöver göras.")
    if document.about == ERASURE:
        raise Fault(where, "Den visar att en annan handling är gallrad.", "Den ska finnas kvar.")
    if Mail.objects.filter(document=document, sent=None).exists():
        raise Fault(where, "Den ligger i ett e-brev som inte har gått.", "Skicka eller ta bort e-brevet först.")


def _forget_names(document: Document) -> None:
    """Takes away what was kept of people beside the document: contacts, and the e-mails that it went with."""
    ReceivedRequisition.objects.filter(document=document).update(
        contact_name="", contact_email="", contact_telephone="", their_reference=""
    )
    Mail.objects.filter(document=document).update(to="", body="", subject="Gallrad")


def _record(number: int, decision: str, reason: str) -> Paper:
    says = f"Handling {number} är gallrad enligt gallringsbeslut {decision}.\n{reason}"
    matter = f"Gallring av handling {number}, gallringsbeslut {decision}"
    return text_paper("own", ERASURE, matter, says, name=f"gallring-{number}.txt")
