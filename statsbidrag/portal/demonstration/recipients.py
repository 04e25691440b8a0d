"""What the recipients of the demonstration send in, as the play has them behave; nobody speaks for who has spoken."""

from datetime import datetime

from statsbidrag.cycle import Requisition
from statsbidrag.play.giving import requisitions
from statsbidrag.play.stage import AGENT, Stage
from statsbidrag.portal import rules
from statsbidrag.portal.actions.requisition import Arrival, Facts, receive
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.models import GiroCheck, ReceivedRequisition, Round
from statsbidrag.portal.writing import writing

SEED = 1


def send_in(year: int, *, until: datetime) -> None:
    """Sends in what has not come in by a moment, in the order in which it would have come, where the round is open."""
    if not Round.objects.filter(pk=year, opened__isnull=False).exists():
        return
    with writing():
        known = ReceivedRequisition.objects.filter(year=year).values_list("recipient", "arrived", "reference", "agent")
        sent = {(recipient, arrived): reference for recipient, arrived, reference, agent in known if agent == AGENT}
        spoken = {recipient for recipient, _, _, agent in known if agent != AGENT}
        numbers: dict[str, str] = {}
        stage = Stage(rules.book(), year, SEED)
        _know_giros(stage)
        for asked in sorted(requisitions(stage), key=lambda one: one.arrived):
            if asked.arrived <= until and asked.recipient not in spoken:
                at = (asked.recipient, asked.arrived)
                completes = numbers.get(asked.completes, "")
                numbers[asked.reference] = sent.get(at) or _receive(year, asked, completes)


def _receive(year: int, asked: Requisition, completes: str) -> str:
    """Takes in one requisition and gives its number; what comes on paper is registered by the registrar."""
    facts = Facts(
        amount=asked.amount,
        wants_more=asked.wants_more,
        at_most=asked.at_most,
        abstains=asked.abstains,
        other_support=asked.other_support,
        giro=asked.giro,
        contact_name="Kontaktperson (påhittad)",
        contact_email=f"kontakt.{asked.recipient}@exempel.se",
        agent=asked.agent,
        completes=completes,
    )
    registrar = None if asked.channel == "e-service" else as_character("registrar").id
    arrival = Arrival(at=asked.arrived, channel=asked.channel, registered_by=registrar)
    return receive(year, asked.recipient, facts, arrival, now=asked.arrived).reference


def _know_giros(stage: Stage) -> None:
    """Makes the giro numbers of those who were paid last year known, so that only the new ones wait for a check."""
    if GiroCheck.objects.filter(by=None, year=stage.year).exists():
        return
    known = (
        GiroCheck(
            recipient=key,
            giro=f"{behaviour.giro.kind} {behaviour.giro}",
            year=stage.year,
            at=stage.moment(stage.round.requisition.opens.value),
        )
        for key, behaviour in stage.behaviours.items()
        if not behaviour.new_giro
    )
    GiroCheck.objects.bulk_create(known, ignore_conflicts=True)
