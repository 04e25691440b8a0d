"""Folder 2-requisition: everything that came in, in order of arrival, and a receipt for each."""

from collections.abc import Iterator

from statsbidrag.cycle import REQUISITION_STATES, Review
from statsbidrag.exchange.letters.receipts import RequisitionReceipt
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.terms.dates import SWEDISH_TIME, day_of_arrival

_COLUMNS = (
    Column("reference", "Handling"),
    Column("recipient", "Mottagare"),
    Column("name", "Namn"),
    Column("arrived", "Kom in"),
    Column("amount", "Rekvirerat (kr)", "kronor"),
    Column("wants_more", "Vill ha mer", words={"yes": "Ja", "no": "Nej", "": "Inte svarat"}),
    Column("at_most", "Högst (kr)", "kronor"),
    Column("state", "Läge", words=dict(REQUISITION_STATES.items())),
    Column("why", "Varför"),
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the list of requisitions and the receipts."""
    reviews = desk.giving.intake.reviews
    table = Table(f"Rekvisitioner {desk.stage.year}", _COLUMNS, tuple(_row(desk, review) for review in reviews))
    yield from desk.list_papers("requisitions", table, desk.stage.reallocated_on)
    for review in reviews:
        yield f"receipts/{review.requisition.recipient}-{review.requisition.reference}.pdf", _receipt(desk, review)


def _row(desk: Desk, review: Review) -> tuple[str | int | None, ...]:
    asked = review.requisition
    wants = {True: "yes", False: "no", None: ""}[asked.wants_more]
    return (
        asked.reference,
        asked.recipient,
        desk.stage.recipients[asked.recipient].name,
        asked.arrived.astimezone(SWEDISH_TIME).isoformat(timespec="minutes"),
        asked.amount,
        wants,
        asked.at_most,
        review.state,
        " ".join(finding.says for finding in review.findings),
    )


def _receipt(desk: Desk, review: Review) -> RequisitionReceipt:
    asked, rules = review.requisition, desk.stage.round.requisition
    findings = [found for found in review.findings if found.weight != "replaces"]
    weights = {found.weight for found in findings}
    arrived = day_of_arrival(asked.arrived)
    desk.enter(asked.recipient, f"requisition {asked.reference}", arrived)
    return RequisitionReceipt(
        head=desk.head(asked.recipient, f"receipt {asked.reference}", arrived),
        document=desk.entered(asked.recipient, f"requisition {asked.reference}"),
        arrived=asked.arrived,
        last_day=rules.last_day.value,
        requested=asked.amount,
        ceiling=desk.stage.ceilings[asked.recipient],
        wants_more=asked.wants_more,
        at_most=asked.at_most,
        other_support=asked.other_support,
        giro=asked.giro,
        sent_by=asked.agent,
        remarks=tuple(" ".join(filter(None, (found.says, found.remedy))) for found in findings),
        complete_by=rules.completed_by if weights & {"essential", "lacking"} and "rejects" not in weights else None,
        abstains=asked.abstains,
        completes=desk.entered(asked.recipient, f"requisition {asked.completes}") if asked.completes else None,
    )
