"""Folder 1-allocation: the list, as it is published, and a notice to every recipient of its ceiling and why."""

from collections.abc import Iterator

from statsbidrag.exchange.allocation_list import AllocationList
from statsbidrag.exchange.letters.notices import CeilingNotice
from statsbidrag.exchange.spreadsheet import as_xlsx
from statsbidrag.exchange.tables import as_csv, as_json
from statsbidrag.play.papers.desk import Desk, Paper

_E_SERVICE = "https://example.org/statsbidrag (påhittad adress)"


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the list as CSV, XLSX and JSON, and the notices."""
    stage = desk.stage
    opens, allocation = stage.round.requisition.opens.value, stage.allocation
    published = AllocationList(allocation, stage.year, stage.book.library, stage.fingerprint)
    table = published.table()
    yield "list.csv", as_csv(published.open_data(table))
    yield "list.xlsx", as_xlsx(table, created=opens)
    yield "list.json", as_json(table, name="shares", facts=published.facts())
    for share in allocation.shares:
        key = share.recipient.key
        yield (
            f"notices/{key}.pdf",
            CeilingNotice(
                head=desk.head(key, "ceiling notice", opens, copy_to_agent=False),
                ceiling=share.kronor,
                last_day=stage.round.requisition.last_day.value,
                e_service=_E_SERVICE,
                purpose=stage.round.decision.purpose.value,
                facts=tuple(fact.text.value for fact in stage.round.requisition.facts),
                because=allocation.because(share),
                basis=allocation.table.note if allocation.table.estimate else "",
            ),
        )
