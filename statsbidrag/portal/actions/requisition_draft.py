"""The draft of a requisition, shared by colleagues: nobody overwrites unseen what another wrote meanwhile.

It belongs to the recipient, and the agency never sees it (adm-02).
"""

from collections.abc import Mapping
from datetime import datetime

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import RequisitionDraft
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, Prepared
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

_KEPT = Prepared(
    lambda: (
        RequisitionDraft.objects.select_for_update()
        .filter(year=YEAR, recipient=RECIPIENT)
        .values_list("version", "values")
    )
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
        known = _KEPT.first({YEAR: year, RECIPIENT: recipient})
        if known is None:
            begun = {"values": dict(values), "version": 1, "changed": now, "changed_by_id": writer.id}
            store(RequisitionDraft(year=year, recipient=recipient, **begun))
            return 1
        latest, kept = known
        if kept == values:
            return int(latest)
        if latest != version:
            raise Changed(_draft(year, recipient))
        RequisitionDraft.objects.filter(year=year, recipient=recipient).update(
            values=dict(values), version=version + 1, changed=now, changed_by=writer.id
        )
        return version + 1


def settle(year: int, recipient: str, version: int) -> None:
    """Makes sure that what is sent in is the draft that the sender has checked; within the deed that sends it.

    Raises Changed where a colleague has saved something else since then.
    """
    known = _KEPT.first({YEAR: year, RECIPIENT: recipient})
    if known and known[0] != version:
        raise Changed(_draft(year, recipient))


def _draft(year: int, recipient: str) -> RequisitionDraft:
    return RequisitionDraft.objects.select_related("changed_by").get(year=year, recipient=recipient)
