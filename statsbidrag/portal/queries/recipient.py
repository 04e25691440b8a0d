"""What a recipient's own pages ask: the draft, the giro numbers we know, and the documents of its own case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from statsbidrag.portal import rules
from statsbidrag.portal.models import Document, GiroCheck, Mail, RequisitionDraft, Role
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, YEAR, Prepared
from statsbidrag.terms.because import Because


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A document of a recipient's own case: its case's diary number, its own number, and what it is."""

    entry: int
    case: str
    number: int
    at: datetime
    direction: str
    matter: str
    erased_by: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What colleagues have filled in but not sent, just as it was written, and who wrote it last."""

    values: Mapping[str, str]
    version: int
    changed: datetime
    changed_by: str


_DRAFT = Prepared(
    lambda: RequisitionDraft.objects.filter(year=YEAR, recipient=RECIPIENT).values_list(
        "values", "version", "changed", "changed_by__name"
    )
)
_GIRO = Prepared(lambda: GiroCheck.objects.filter(recipient=RECIPIENT).order_by("-year", "-id").values_list("giro")[:1])

_PAPERS = Prepared(
    lambda: (
        Document.objects.filter(
            entry__case__kind="grant",
            entry__case__year=YEAR,
            entry__case__recipient=RECIPIENT,
            direction__in=("in", "out"),
        )
        .order_by("-entry_id")
        .values_list(
            "entry_id", "entry__case__number", "entry__number", "entry__at", "direction", "matter", "erased_by"
        )
    )
)
_MAILED = Prepared(lambda: Mail.objects.filter(document=ID).order_by("id").values_list("to", "sent"))


def draft(year: int, recipient: str) -> Draft | None:
    """Gives the recipient's draft of a requisition; None where nobody has begun."""
    row = _DRAFT.first({YEAR: year, RECIPIENT: recipient})
    return Draft(*row) if row else None


@cache
def ceiling_reason(year: int, recipient: str) -> Because | None:
    """Why a recipient's ceiling is what it is; None where it is not on the round's list."""
    allocation = rules.allocation(year)
    return allocation.because(allocation.share_of(recipient)) if recipient in rules.ceilings(year) else None


def known_giro(recipient: str) -> str:
    """Gives the giro number that we know since an earlier year or have checked, the latest; empty where none is."""
    found = _GIRO.first({RECIPIENT: recipient})
    return str(found[0]) if found else ""


def senders(recipient: str) -> list[str]:
    """Gives the names of those who may send in for a recipient, the agent first."""
    held = Role.objects.filter(recipient=recipient, ended=None, kind__in=("agent", "deputy"))
    return list(held.order_by("kind", "id").values_list("person__name", flat=True))


def papers(year: int, recipient: str) -> list[OwnPaper]:
    """Gives what has come in and gone out in a recipient's case, the latest first: what its party may read."""
    return [OwnPaper(*row) for row in _PAPERS.rows({YEAR: year, RECIPIENT: recipient})]


def emailed_to(document: int) -> list[tuple[str, datetime | None]]:
    """Gives whom a document has been e-mailed to, and when it went."""
    return [(to, sent) for to, sent in _MAILED.rows({ID: document})]


def own_paper(recipient: str, entry: int) -> Document | None:
    """Gives a document of a recipient's own cases with its file; None where it is another's, or erased."""
    own = Document.objects.filter(entry_id=entry, entry__case__recipient=recipient, entry__case__kind="grant")
    return own.filter(direction__in=("in", "out"), erased_by="").select_related("content").first()
