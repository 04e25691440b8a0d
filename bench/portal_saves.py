"""Every kind of save: each sends a form that is right and has not been sent before, so that each does its deed."""

import io
from collections.abc import Callable, Iterator
from itertools import count, cycle
from secrets import token_hex
from typing import NamedTuple

from pypdf import PdfWriter

from bench.asking import Answer, Asker
from bench.portal_pages import OFFICE, OWN, REGION, YEAR
from statsbidrag.portal import clock, rules
from statsbidrag.portal.access import RoleKind
from statsbidrag.portal.models import AgentApplication, Case, Decision, PaymentBatch, Person, RequisitionDraft, Role
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.kronor import grouped

_PAYMENTS = f"{OFFICE}/utbetalningar/"
_REQUISITION = {
    "wants_more": "yes",
    "at_most": "",
    "other_support": "no",
    "giro": "991-2346",
    "contact_name": "Kontakt (påhittad)",
    "contact_email": "kontakt@exempel.se",
    "contact_telephone": "",
    "their_reference": "",
}


class Save(NamedTuple):
    """A save: what it is called, and what does it once and gives what the request cost."""

    name: str
    once: Callable[[], Answer]


class Saves:
    """The people who save, and what makes each form unlike the one before; each is about a recipient of its own."""

    def __init__(self) -> None:
        """Lets everyone step in."""
        self.agent, self.newcomer = Asker("agent_of_municipality"), Asker("newcomer")
        self.officer, self.registrar, self.presenter = Asker("officer"), Asker("registrar"), Asker("presenter")
        self.finance, self.administrator, self.public = Asker("finance"), Asker("administrator"), Asker("public")
        self._count, self._others = count(1), cycle([key for key in rules.recipients() if key not in (OWN, REGION)])

    def on_the_last_day(self) -> Iterator[Save]:
        """The saves of the days when recipients requisition and apply."""
        yield Save("save a draft", self.draft)
        yield Save("send in a requisition", self._submit)
        yield Save("register a paper", self._register)
        yield Save("apply to be agent, with a file", lambda: self._apply(Asker(new_person())))
        yield Save("ask an applicant for more", self._ask_for_more)
        yield Save("approve an application", self._approve)
        yield Save("invite a colleague", self._invite)
        yield from self._always()

    def when_decided(self) -> Iterator[Save]:
        """The saves of the days when everything is decided and nothing is paid."""
        yield Save("check the owner of a giro", self._check_owner)
        yield Save("attest a batch of 300", self._attest)
        yield Save("prepare a decision", self._prepare)

    def when_paid(self) -> Iterator[Save]:
        """The saves of the days when all is paid."""
        yield Save("give another giro", self._another_giro)
        yield from self._always()

    def draft(self) -> Answer:
        """Saves a draft with another amount than before."""
        return _save_draft(self.agent, OWN, self._requisition(OWN))

    def apply(self) -> Answer:
        """Applies for one more organisation."""
        return self._apply(self.newcomer)

    def _always(self) -> Iterator[Save]:
        yield Save("note something on a case", self._note)
        yield Save("number a case", self._number)
        yield Save("invite to the agency", self._invite_to_the_agency)
        yield Save("report a flaw", self._report)

    def _requisition(self, recipient: str) -> dict[str, str]:
        drafts = RequisitionDraft.objects.filter(year=YEAR, recipient=recipient)
        version = str(drafts.values_list("version", flat=True).first() or 0)
        return {**_REQUISITION, "amount": grouped(1_000 + next(self._count)), "version": version}

    def _submit(self) -> Answer:
        recipient = next(self._others)
        agent = Asker(new_person("agent", recipient))
        _save_draft(agent, recipient, self._requisition(recipient))
        sent = {"version": self._requisition(recipient)["version"]}
        return agent.send(f"{_form(recipient)}kontrollera/", sent)

    def _apply(self, applicant: Asker) -> Answer:
        form = {"capacity": "delegation", "position": "chef", "email": "ny@exempel.se", "telephone": "010-1"}
        return applicant.send(f"/ombud/ny-ansokan/?mottagare={next(self._others)}", form, ("proof", pdf()))

    def _register(self) -> Answer:
        form = {"recipient": next(self._others), "channel": "paper", "day": f"{YEAR}-04-28", "time": "10.00"}
        return self.registrar.send(f"{OFFICE}/registrera/", {**form, "amount": "1000", "wants_more": "unknown"})

    def _application(self) -> str:
        self._apply(Asker(new_person()))
        return f"/myndighet/ombud/{AgentApplication.objects.latest('id').pk}/"

    def _ask_for_more(self) -> Answer:
        return self.officer.send(self._application(), {"deed": "ask", "asked": "Vem har skrivit under?"})

    def _approve(self) -> Answer:
        return self.officer.send(self._application(), {"deed": "approve"})

    def _invite(self) -> Answer:
        recipient = next(self._others)
        form = {"kind": "reader", "email": f"kollega{next(self._count)}@exempel.se"}
        return Asker(new_person("agent", recipient)).send(f"/kolleger/{recipient}/", form)

    def _invite_to_the_agency(self) -> Answer:
        form = {"deed": "invite", "kind": "officer", "email": f"ny{next(self._count)}@exempel.se"}
        return self.administrator.send("/myndighet/medarbetare/", form)

    def _note(self) -> Answer:
        return self.officer.send(f"{OFFICE}/arenden/{self._with_a_case()}/", {"text": f"Nr {next(self._count)}"})

    def _with_a_case(self) -> str:
        known = set(Case.objects.filter(kind="grant", year=YEAR).values_list("recipient", flat=True))
        return next(key for key in self._others if key in known)

    def _number(self) -> Answer:
        case = Case.objects.get(kind="grant", year=YEAR, recipient=self._with_a_case()).pk
        form = {"ours": f"Nytt {next(self._count)}", "theirs": ""}
        return self.registrar.send(f"/myndighet/diarium/arenden/{case}/", form)

    def _report(self) -> Answer:
        form = {"what": f"Bristen {next(self._count)}", "page": "", "email": ""}
        return self.public.send("/om/tillganglighet/", form)

    def _check_owner(self) -> Answer:
        return self.finance.send(
            f"{_PAYMENTS}giro/{self._with_a_decision()}/", {"deed": "check", "how": f"Utdrag {next(self._count)}"}
        )

    def _with_a_decision(self) -> str:
        known = set(Decision.objects.filter(year=YEAR, kind="grant").values_list("recipient", flat=True))
        return next(key for key in self._others if key in known)

    def _prepare(self) -> Answer:
        form = {"kronor": "1", "reasons": f"Skäl {next(self._count)}.", "ground": "given wrongly"}
        answer = self.presenter.send(f"{OFFICE}/arenden/{self._with_a_decision()}/bered/?slag=innehall", form)
        prepared = Decision.objects.filter(approval=None).latest("id").reference
        self.presenter.send(f"{OFFICE}/bered-beslut/", {"deed": "take back", "take_back": prepared})
        return answer

    def _attest(self) -> Answer:
        day = bank_day_from(clock.now().date())
        self.finance.send(_PAYMENTS, {"day": str(day)})
        batch = PaymentBatch.objects.filter(year=YEAR).latest("number")
        page = f"{_PAYMENTS}{batch.number}/"
        answer = self.finance.send(page, {"deed": "attest"})
        self.finance.send(page, {"deed": "withdraw"})
        return answer

    def _another_giro(self) -> Answer:
        recipient = self._with_a_decision()
        agent = Asker(new_person("deputy", recipient))
        return agent.send(f"/organisation/{recipient}/{YEAR}/gironummer/", {"giro": "90 20 03-3"})


def _form(recipient: str) -> str:
    return f"/organisation/{recipient}/{YEAR}/rekvisition/"


def _save_draft(agent: Asker, recipient: str, values: dict[str, str]) -> Answer:
    return agent.send(_form(recipient), {**values, "action": "save"})


def new_person(kind: RoleKind | None = None, recipient: str = "") -> int:
    """Someone who has not done anything yet, with a role where one is named."""
    now = clock.now()
    person = Person.objects.create(subject=token_hex(16), name="Ny (påhittad)", email="ny@exempel.se", created=now)
    if kind:
        Role.objects.create(person=person, kind=kind, recipient=recipient, since=now)
    return person.pk


def pdf() -> bytes:
    """An empty page."""
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(file)
    return file.getvalue()
