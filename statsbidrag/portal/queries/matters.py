"""What a single decision can be about in a recipient's case: what stands there, and what has come in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from statsbidrag.cycle import Decision, Review, standing
from statsbidrag.portal.models import ReceivedRequisition
from statsbidrag.portal.queries.decisions import decided
from statsbidrag.portal.queries.prepared import RECIPIENT, YEAR, PreparedObjects
from statsbidrag.portal.queries.requisitions import versions

# What a decision that can be changed is about.
SUBJECTS: Mapping[str, str] = {"grant": "bidrag", "withholding": "innehållen utbetalning"}
_RECEIVED = PreparedObjects[ReceivedRequisition](
    lambda: ReceivedRequisition.objects.filter(year=YEAR, recipient=RECIPIENT).order_by("arrived", "id")
)


@dataclass(frozen=True)
class Matter:
    """What a single decision can be about in a case; each part is read when it is first asked for."""

    year: int
    recipient: str
    today: date

    @cached_property
    def standing(self) -> Sequence[Decision]:
        """The decisions that stand and can be changed or withheld from."""
        return [one for one in standing(decided(self.year, self.recipient, reasons=False)) if one.subject in SUBJECTS]

    @cached_property
    def requisitions(self) -> Sequence[tuple[ReceivedRequisition, Review]]:
        """What has come in, with what the check found."""
        reviews = {one.requisition.reference: one for one in versions(self.year, self.recipient, self.today)}
        rows = _RECEIVED.all({YEAR: self.year, RECIPIENT: self.recipient})
        return [(row, reviews[row.reference]) for row in rows]

    @property
    def grant(self) -> Decision | None:
        """The grant that stands."""
        return next((one for one in self.standing if one.subject == "grant"), None)
