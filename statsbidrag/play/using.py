"""The middle of the play: each recipient uses its grant, reports on it, has it certified and submits it."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from statsbidrag.cycle import (
    Certificate,
    Decision,
    Outcome,
    Report,
    Reported,
    Visits,
    begin,
    certify,
    lock,
    reopen,
    submit,
    work_through,
    write,
)
from statsbidrag.cycle.form import Form
from statsbidrag.cycle.ledger import Ledger, Posting
from statsbidrag.exchange.joint_account import reported_in
from statsbidrag.play.answers import answered
from statsbidrag.play.behaviour import Behaviour, percent_of
from statsbidrag.play.giving import Giving
from statsbidrag.play.stage import Stage

SIGNATORY = "Behörig företrädare (påhittad)"
_KRONOR_PER_VISIT = (3_000, 9_000)
_VISITS_PER_FAMILY = 3
_DELEGATION = "Delegationsordningen punkt 3.2 (påhittad)"
_CONFIRMED = "Uppgiften är kontrollerad och stämmer (påhittat)."


@dataclass(frozen=True, slots=True)
class Using:
    """What was reported: every version by recipient where the round has a form, and what counts of each."""

    form: Form | None
    reports: Mapping[str, Report]
    reported: tuple[Reported, ...]
    ledger: Ledger

    def standing(self, recipient: str) -> Outcome:
        """What counts of a recipient's report: the last version that came in."""
        return _standing(self.reports[recipient])


def use(stage: Stage, giving: Giving) -> Using:
    """Plays step 7: who was paid reports how the money was used; only a report that has come in posts it as used."""
    name, paid = stage.round.report.form, giving.paid
    form = stage.book.form(name) if name else None
    reporting = [grant for grant in giving.grants if grant.recipient in paid and _reports(stage, grant.recipient)]
    reports: dict[str, Report] = {}
    if form:
        reports = {one.recipient: _report(stage, form, one, paid[one.recipient]) for one in reporting}
        reported = tuple(reported_in(key, _standing(report)) for key, report in reports.items())
    else:
        reported = tuple(_counted(stage, grant.recipient, paid[grant.recipient]) for grant in reporting)
    ledger = giving.ledger.add(_postings(stage, reports, reported))
    return Using(form, reports, reported, ledger)


def _reports(stage: Stage, recipient: str) -> bool:
    return stage.behaviours[recipient].reports != "never"


def came_in(stage: Stage, recipient: str) -> date:
    """The day a recipient's first report comes in: before the last day, or some days after it."""
    chance = random.Random(f"{stage.seed} {recipient} report day")
    last_day = stage.round.report.last_day.value
    if stage.behaviours[recipient].reports == "late":
        return last_day + timedelta(days=chance.randint(1, 14))
    return last_day - timedelta(days=chance.randint(8, 40))


def known_figures(behaviour: Behaviour, paid: int, chance: random.Random) -> dict[str, object]:
    """Gives the figures that hang together: what was used, and the visits that it would plausibly have paid."""
    used = _used(behaviour, paid)
    visits = _visits(used, chance)
    return {
        "used": used,
        "visits_planned": visits.planned,
        "visits_done": visits.done,
        "families": visits.families,
        "clinics": visits.clinics,
        "model_visits": 6,
        "municipality_collaboration.yes": 1,
        "purpose_reached": chance.choice(["rather_high", "rather_high", "high", "neither"]),
    }


def _report(stage: Stage, form: Form, grant: Decision, paid: int) -> Report:
    """A recipient's report with all its versions; a later one has counted the visits again."""
    rules, recipient = stage.round.report, grant.recipient
    behaviour, background = stage.behaviours[recipient], _background(stage, grant, paid)
    chance = random.Random(f"{stage.seed} {recipient} report")
    answers, outcome = answered(form, background, known_figures(behaviour, paid, chance), chance)
    report = begin({})
    for number in range(behaviour.versions):
        if number:
            report = reopen(report, rules)
            answers |= _counted_again(answers)
            outcome = work_through(form, background, answers)
        notes = {check.id: _CONFIRMED for check in outcome.fired("warning")}
        report = lock(write(report, answers, notes=notes), rules, form, background)
        day = came_in(stage, recipient) + timedelta(days=number)
        certificate = Certificate("signatory", SIGNATORY, _DELEGATION, stage.moment(day, 9))
        report = submit(certify(report, answers, certificate), rules, at=stage.moment(day, 10))
    return report


def _counted_again(answers: Mapping[str, object]) -> dict[str, object]:
    """One visit more than the version before had, where there were any."""
    done = answers.get("visits_done")
    return {"visits_done": done + 1} if isinstance(done, int) and done else {}


def _background(stage: Stage, grant: Decision, paid: int) -> dict[str, object]:
    """What is known before the form is opened; what was withheld was never received."""
    recipient = stage.recipients[grant.recipient]
    return {
        "recipient_name": recipient.name,
        "diary_number": stage.diary_number(recipient.key),
        "recipient_number": recipient.organisation_number,
        "recipient_kind": recipient.kind,
        "granted_by_decision": paid - grant.proposal.reallocated,
        "reallocated_by_decision": grant.proposal.reallocated,
        "municipalities_in_county": stage.municipalities_in[recipient.county_code],
        "nothing_used": "no" if stage.behaviours[recipient.key].used_part else "yes",
    }


def _used(behaviour: Behaviour, paid: int) -> int:
    return paid if behaviour.used_part == 100 else percent_of(paid, behaviour.used_part) if behaviour.used_part else 0


def _visits(used: int, chance: random.Random) -> Visits:
    done = used // chance.randint(*_KRONOR_PER_VISIT)
    return Visits(
        planned=done + chance.randint(0, done // 5 + 1),
        done=done,
        families=-(-done // _VISITS_PER_FAMILY),
        clinics=min(done, 1 + done // 100),
    )


def _standing(report: Report) -> Outcome:
    assert report.standing is not None, "in the play every report has come in"
    return report.standing.outcome


def _counted(stage: Stage, recipient: str, paid: int) -> Reported:
    """What a recipient reports in a round whose form no source has: the sum used, and the visits."""
    used = _used(stage.behaviours[recipient], paid)
    return Reported(recipient, used, _visits(used, random.Random(f"{stage.seed} {recipient} report")))


def _postings(stage: Stage, reports: Mapping[str, Report], reported: tuple[Reported, ...]) -> Iterator[Posting]:
    for told in reported:
        number = len(reports[told.recipient].versions) if told.recipient in reports else 1
        reference = f"Å-{stage.numbers[told.recipient]:03d}-{number}"
        day = came_in(stage, told.recipient) + timedelta(days=number - 1)
        yield from stage.posting("used", told.recipient, told.used, reference, day=day)
