"""The draft of a requisition, shared by colleagues: nobody overwrites unseen what another wrote meanwhile.

It belongs to the recipient, and the agency never sees it (adm-02).
"""

from collections.abc import Mapping
from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import RequisitionDraft
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, Prepared
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


_VERSION = Prepared(
    lambda: RequisitionDraft.objects.select_for_update().filter(year=YEAR, recipient=RECIPIENT).values_list("version")
)


class Changed(Fault):
    """That a colleague has changed the draft meanwhile; carries the draft, so that both can be shown."""

    def __init__(self, draft: RequisitionDraft) -> None:
        super().__init__(
            "utkastet",
            f"{draft.changed_by.name} har ändrat uppgifterna medan ni hade dem framme.",
            "Jämför, och välj vad som ska gälla.",
        )
        self.draft = draft


def save(
    visitor: Visitor | None, year: int, recipient: str, values: Mapping[str, str], *, version: int, now: datetime
) -> int:
    """Keeps what has been filled in, just as it was written, and gives the draft's new version.

    ``version`` is the one that the visitor began with. Raises Changed where a colleague has saved something else
    since then.
    """
    writer = access.require(visitor, "fill in", recipient)
    with writing():
        draft, new = RequisitionDraft.objects.select_for_update().get_or_create(
            year=year,
            recipient=recipient,
            defaults={"values": dict(values), "version": 1, "changed": now, "changed_by_id": writer.id},
        )
        if new or draft.values == values:
            return draft.version
        if draft.version != version:
            raise Changed(draft)
        draft.values, draft.version = dict(values), version + 1
        draft.changed, draft.changed_by_id = now, writer.id
        draft.save(update_fields=["values", "version", "changed", "changed_by"])
        return draft.version


def settle(year: int, recipient: str, version: int) -> None:
    """Makes sure that what is sent in is the draft that the sender has checked; within the deed that sends it.

    Raises Changed where a colleague has saved something else since then.
    """
    known = _VERSION.first({YEAR: year, RECIPIENT: recipient})
    if known and known[0] != version:
        raise Changed(RequisitionDraft.objects.get(year=year, recipient=recipient))
