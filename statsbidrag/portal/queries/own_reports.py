"""How far a recipient's own reports have come, for its first page: what waits, on whom, and what is sent in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, OuterRef, Subquery

from statsbidrag.portal.models import Communication, CompletionRequest, ReceivedReport, ReportDraft
from statsbidrag.portal.queries.prepared import RECIPIENT


@dataclass(frozen=True, slots=True)
class OwnReport:
    """A recipient's report in a round.

    form_sent   when the agency sent the form out; None before it
    draft       how far the draft has come; None where there is none
    number      the answer that stands; None where none has come in
    to_answer   the matter of repayment that waits for the recipient's answer; None where there is none
    matter      the latest matter of repayment that the recipient has been written to about
    complete_by the day by which the officer wants it completed; None where nothing is asked
    """

    form_sent: datetime | None
    draft: str | None
    number: int | None
    came_in: datetime | None
    complete_by: date | None
    to_answer: int | None
    matter: int | None


_OWN = ReceivedReport.objects.filter(recipient=RECIPIENT, year=OuterRef("year")).order_by().values("year")
_ASKED = CompletionRequest.objects.filter(
    report__recipient=RECIPIENT, report__year=OuterRef("year"), withdrawn=None, answers=None
)
_HEARD = Communication.objects.filter(repayment__recipient=RECIPIENT, repayment__year=OuterRef("year")).order_by("-id")
# Asked along with the rounds, in this order.
REPORT = (
    "form_sent",
    Subquery(ReportDraft.objects.filter(recipient=RECIPIENT, year=OuterRef("year")).values("state")[:1]),
    Subquery(_OWN.annotate(last=Max("number")).values("last")),
    Subquery(_OWN.annotate(last=Max("came_in")).values("last")),
    Subquery(_ASKED.order_by("-id").values("answer_by")[:1]),
    Subquery(_HEARD.filter(repayment__closed=None, repayment__decisions=None, answered=None).values("repayment")[:1]),
    Subquery(_HEARD.values("repayment")[:1]),
)
