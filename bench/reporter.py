"""Those who report for one recipient, by the pages: a deputy fills in and sends, the signatory certifies."""

import random
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.asking import Answer, Asker
from bench.portal_pages import YEAR
from bench.portal_saves import new_person
from statsbidrag.cycle.form import Field, Form
from statsbidrag.play.answers import answered
from statsbidrag.portal.queries.report_draft import background_of
from statsbidrag.portal.queries.report_list import paid_in
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.views.questions.asking import ids_of

DELEGATION = {"delegation": "Punkt 3.2 (påhittad)"}
_FIGURES = {"visits_planned": 40, "visits_done": 40, "families": 20, "clinics": 3, "model_visits": 6}
_VERSION = re.compile(rb'name="version" value="(\d+)"')
_SHOWN = re.compile(rb'name="shown" value="([^"]*)"')
_NOTE = re.compile(rb'name="(note\.[^"]+)"')
_FINGERPRINT = re.compile(rb'name="fingerprint" value="(\w+)"')
_PAGE = re.compile(r"/fyll-i/(\w+)/")
Sent = dict[str, str | list[str]]


class Step(NamedTuple):
    """Something that was asked for: what, whether it saves, and what it cost."""

    name: str
    saves: bool
    milliseconds: float


@dataclass
class Reporter:
    """A recipient with its two people, what they will answer, and every step that they have taken."""

    recipient: str
    agent: Asker
    signatory: Asker
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Makes up the answers to the whole form."""
        self.form = the_form()
        self.home = f"/organisation/{self.recipient}/{YEAR}/aterrapportering/"
        background = {**background_of(YEAR, self.recipient), "nothing_used": "no"}
        known = {"used": paid_in(YEAR)[self.recipient] - 1, **_FIGURES}
        answers, _ = answered(self.form, background, known, random.Random(self.recipient))  # a play
        self.answers: Sent = {id: _as_sent(answer) for id, answer in answers.items()}

    def report(self) -> None:
        """Opens the report, fills in every page, has it certified, sends it in and reads that it has come in."""
        self.begin()
        self.fill_in()
        self.lock()
        self.certify()
        received = self.send_in()
        self.read("what has come in", received.location)

    def begin(self) -> None:
        """Reads what is to be done, and opens the report."""
        self.read("the report before it is begun", self.home)
        self.save("open the report", self.home, {"action": "begin"})

    def fill_in(self) -> None:
        """Goes from page to page as the service leads, until the answers are to be checked."""
        self.read("the parts of the report", self.home)
        place = f"{self.home}fyll-i/{self.form.pages[0].id}/"
        while found := _PAGE.search(place):
            page = self.read(f"the page ”{found[1]}”", place)
            place = self.save(f"the page ”{found[1]}”", place, {**self.written_on(page), "action": "next"}).location

    def lock(self) -> Answer:
        """Reads all answers, says why what is unusual stands, and locks the report for the signatory."""
        path = f"{self.home}kontrollera/"
        page = self.read("check the answers", path)
        notes = dict.fromkeys((name.decode() for name in _NOTE.findall(page.content)), "Det stämmer (påhittat).")
        return self.save("lock the answers", path, {**notes, "version": _found(_VERSION, page), "action": "lock"})

    def certify(self) -> None:
        """The signatory reads what is locked, and certifies it."""
        path = f"{self.home}godkann/"
        page = self.read("certify", path, self.signatory)
        self.save("certify", path, self.signed(page), self.signatory)

    def send_in(self) -> Answer:
        """The agent reads what is certified, and sends it in."""
        self.read("send in", f"{self.home}godkann/")
        return self.save("send in", f"{self.home}skicka/", {})

    def read(self, name: str, path: str, who: Asker | None = None) -> Answer:
        """Reads a page."""
        answer = (who or self.agent).get(path.partition("#")[0])
        self.steps.append(Step(name, saves=False, milliseconds=answer.milliseconds))
        return answer

    def save(self, name: str, path: str, form: Sent, who: Asker | None = None) -> Answer:
        """Sends a form."""
        answer = (who or self.agent).send(path.partition("?")[0], form)
        self.steps.append(Step(name, saves=True, milliseconds=answer.milliseconds))
        return answer

    def written_on(self, page: Answer) -> Sent:
        """What stands on a page of the form when it is sent."""
        shown = _found(_SHOWN, page)
        answers = {id: self.answers[id] for id in shown.split() if id in self.answers}
        return {**answers, "version": _found(_VERSION, page), "shown": shown}

    def signed(self, page: Answer) -> Sent:
        """What the signatory says on the page that it has read."""
        asked = [one for page in self.form.pages if page.by == "signatory" for one in ids_of(page)]
        said = {one.id: one.options[0].id if one.kind == "tick" else _signature(one) for one in asked}
        return {**said, **DELEGATION, "fingerprint": _found(_FINGERPRINT, page)}


def reporter_for(recipient: str) -> Reporter:
    """Gives a recipient that two new people report for."""
    return Reporter(recipient, *(Asker(new_person(kind, recipient)) for kind in ("deputy", "signatory")))


def the_form() -> Form:
    """The form of the round."""
    form = form_of(YEAR)
    assert form is not None, "the round has a form"
    return form


def _found(pattern: re.Pattern[bytes], page: Answer) -> str:
    found = pattern.search(page.content)
    return found[1].decode() if found else ""


def _signature(one: Field) -> str:
    return {"email": "chef@exempel.se", "phone": "010-000 00 00"}.get(one.format or "", "Chef (påhittad)")


def _as_sent(answer: object) -> str | list[str]:
    return [str(each) for each in answer] if isinstance(answer, list | frozenset) else str(answer)
