"""The saves of a report that lie beside the straight way through it; each is right and does its deed."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count

from bench.asking import Answer, Asker
from bench.portal_pages import OFFICE, YEAR
from bench.portal_saves import Save, pdf
from bench.reporter import Reporter
from statsbidrag.portal import clock
from statsbidrag.portal.models import ReceivedReport

Deed = Callable[[], Answer]


class ReportSaves:
    """A recipient whose report is filled in, another whose report has come in, and the officer."""

    def __init__(self, filled: Reporter, sent: Reporter) -> None:
        """Begins counting, so that nothing is saved twice alike."""
        self.filled, self.sent, self.officer = filled, sent, Asker("officer")
        self._count = count(1)

    def of_the_recipient(self) -> Iterator[Save]:
        """What those who report may do besides going straight on."""
        yield Save("keep a page while it is written", self._keep)
        yield Save("take the short path, or the whole form", self._choose_path)
        yield Save("keep the comments on what is unusual", self._comment)
        yield Save("lock the answers", lambda: self._with_lock(after=self._unlock))
        yield Save("unlock the answers", lambda: self._with_lock(then=self._unlock))
        yield Save("decline to certify", lambda: self._with_lock(then=self._decline))
        yield Save(
            "certify for the signatory, with a file", lambda: self._with_lock(then=self._certify, after=self._unlock)
        )
        yield Save("open a new version", self._new_version)
        yield Save("throw a version away", self._throw_away)
        yield Save("send the answers to oneself", lambda: self.sent.agent.send(f"{self.sent.home}svar/1/till-mig/", {}))

    def of_the_officer(self) -> Iterator[Save]:
        """What the officer does with a report; each is about a recipient of its own."""
        reported = ReceivedReport.objects.filter(year=YEAR).order_by("-id").values_list("recipient", flat=True)
        recipients = iter(dict.fromkeys(reported))
        yield Save("accept a report", lambda: self._review(next(recipients), "", {"note": "Läst."}))
        yield Save("ask for completion", lambda: self._ask(next(recipients)))
        yield Save("withdraw what was asked", lambda: self._withdraw(next(recipients)))

    def _keep(self) -> Answer:
        path = f"{self.filled.home}fyll-i/contact/"
        written = self.filled.written_on(self.filled.agent.get(path))
        return self.filled.agent.send(path, {**written, "contact_name": self._new(), "action": "auto"}, expected=200)

    def _choose_path(self) -> Answer:
        return self.filled.agent.send(self.filled.home, {"action": "short" if next(self._count) % 2 else "whole"})

    def _comment(self) -> Answer:
        path = f"{self.filled.home}kontrollera/"
        version = self.filled.written_on(self.filled.agent.get(path))["version"]
        notes = {f"note.{self.filled.form.checks[0].id}": self._new()}
        return self.filled.agent.send(path, {**notes, "version": version, "action": "save"})

    def _with_lock(self, then: Deed | None = None, after: Deed | None = None) -> Answer:
        locked = self.filled.lock()
        answer = then() if then else locked
        if after:
            after()
        return answer

    def _unlock(self) -> Answer:
        return self.filled.agent.send(f"{self.filled.home}las-upp/", {})

    def _decline(self) -> Answer:
        return self.filled.signatory.send(f"{self.filled.home}godkann/nej/", {"reason": self._new()})

    def _certify(self) -> Answer:
        path = f"{self.filled.home}godkann/"
        return self.filled.agent.send(path, self.filled.signed(self.filled.agent.get(path)), ("approval", pdf()))

    def _new_version(self) -> Answer:
        answer = self.sent.agent.send(f"{self.sent.home}ny-version/", {})
        self.sent.agent.send(self.sent.home, {"action": "throw away"})
        return answer

    def _throw_away(self) -> Answer:
        self.sent.agent.send(f"{self.sent.home}ny-version/", {})
        return self.sent.agent.send(self.sent.home, {"action": "throw away"})

    def _review(self, recipient: str, path: str, form: dict[str, str | list[str]]) -> Answer:
        return self.officer.send(f"{OFFICE}/aterrapporter/{recipient}/{path}", form)

    def _ask(self, recipient: str) -> Answer:
        by = str(clock.now().date() + timedelta(days=14))
        return self._review(recipient, "komplettering/", {"says": self._new(), "answer_by": by, "questions": ["costs"]})

    def _withdraw(self, recipient: str) -> Answer:
        self._ask(recipient)
        return self._review(recipient, "komplettering/ta-tillbaka/", {})

    def _new(self) -> str:
        return f"Nr {next(self._count)} (påhittat)"
