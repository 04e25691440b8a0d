"""The reminders of a round: which have gone, which are due, who would get one and what it would say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.correspondence import mail_text
from statsbidrag.portal.models import Registry, ReminderRun, Role, Round
from statsbidrag.portal.queries.report_list import report_rows
from statsbidrag.portal.queries.requisitions import intake
from statsbidrag.rulebook.reminders import Occasion
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.kronor import in_words


@dataclass(frozen=True, slots=True)
class Receiver:
    """A recipient that would be reminded: its registry, its agent where it has one, and what it lacks.

    addresses   where the e-mail goes, each once
    """

    key: str
    name: str
    registry: str
    agent: str = ""
    agent_email: str = ""
    lacking: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the e-mail goes: the registry and the agent, each once."""
        return tuple(dict.fromkeys(filter(None, (self.registry, self.agent_email))))


@dataclass(frozen=True, slots=True)
class Due:
    """An occasion of a round, and how it stands on a day.

    run      when it went out and to how many; None where it has not
    opened   whether the round has been opened or, for a report, its form been sent, so that there is what to remind of
    """

    year: int
    occasion: Occasion
    day: date
    run: ReminderRun | None
    opened: bool

    def state(self, today: date) -> str:
        """Where it stands, in words."""
        if self.run:
            return "Skickad"
        if self.over(today):
            return "Passerad, inte skickad"
        return "Ska skickas" if self.is_due(today) else "Kommande"

    def over(self, today: date) -> bool:
        """Whether it is too late for it to be of use."""
        return today > self.occasion.last_day_of_use(rules.round_rules(self.year))

    def is_due(self, today: date) -> bool:
        """Whether it is to be sent now."""
        return self.opened and self.run is None and self.day <= today and not self.over(today)


def occasions(year: int) -> list[Due]:
    """Gives every occasion of a round, by day."""
    runs = {run.occasion: run for run in ReminderRun.objects.filter(year=year).select_related("by")}
    of_round, row = rules.round_rules(year), Round.objects.filter(pk=year).first()
    found = [
        Due(year, occasion, occasion.day(of_round), runs.get(occasion.key), _has_begun(occasion, row))
        for occasion in rules.book().reminders
    ]
    return sorted(found, key=lambda due: due.day)


def receivers(year: int, occasion: Occasion, today: date) -> list[Receiver]:
    """Gives who would get the reminder today; whoever has sent in, or has said that it abstains, does not (adm-21)."""
    lacking = dict(_lacking(year, occasion, today))
    registries = dict(Registry.objects.filter(recipient__in=lacking).values_list("recipient", "email"))
    held = Role.objects.filter(kind="agent", ended=None, recipient__in=lacking)
    agents = {key: (name, email) for key, name, email in held.values_list("recipient", "person__name", "person__email")}
    parties = rules.recipients()
    return [
        Receiver(key, parties[key].name, registries.get(key, ""), *agents.get(key, ("", "")), lacks)
        for key, lacks in lacking.items()
    ]


def written(year: int, occasion: Occasion, receiver: Receiver, site: str) -> tuple[str, str]:
    """Writes the reminder to a recipient: its subject and its text. ``site`` is the address of the service."""
    of_round = rules.round_rules(year)
    words = {
        "recipient": receiver.name,
        "year": str(year),
        "last_day": day_in_words(occasion.last_day(of_round)),
        "completed_by": day_in_words(of_round.requisition.completed_by),
        "ceiling": in_words(rules.ceilings(year)[receiver.key]),
        "lacking": receiver.lacking,
        "link": urljoin(site, reverse("recipient_desk", args=[receiver.key])),
    }
    lines = [line.format(**words) for line in occasion.lines]
    return occasion.subject.format(**words), mail_text(*lines)


def _has_begun(occasion: Occasion, row: Round | None) -> bool:
    if row is None:
        return False
    return bool(row.form_sent if occasion.about == "report" else row.opened)


def _lacking(year: int, occasion: Occasion, today: date) -> Iterator[tuple[str, str]]:
    """The key of each receiver, with what its requisition lacks where that is what it is reminded of."""
    if occasion.to == "not reported":
        yield from ((row.key, "") for row in report_rows(year, today) if not row.number)
        return
    arrived = intake(year, today)
    if occasion.to == "not heard":
        yield from ((key, "") for key in arrived.to_remind(rules.ceilings(year)))
    elif occasion.to == "to complete":
        for review in arrived.reviews:
            if review.state == "to complete" and review.requisition.recipient:
                wanting = [finding for finding in review.findings if finding.weight in ("essential", "lacking")]
                says = " ".join(f"{finding.says} {finding.remedy}".strip() for finding in wanting)
                yield review.requisition.recipient, says
