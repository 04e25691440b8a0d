"""The agency judges an application to be agent: asks for completion, approves, or closes the case by a decision."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime

from statsbidrag.cycle import Approval
from statsbidrag.exchange.letters.decisions import ClosingDecision
from statsbidrag.portal import access, letterhead, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import post, roles
from statsbidrag.portal.actions.agents import note
from statsbidrag.portal.actions.diary import enter
from statsbidrag.portal.correspondence import mail_text, name_of
from statsbidrag.portal.models import AgentApplication, AgentApplicationEvent, Document, Person, Registry, Role
from statsbidrag.portal.papers import Paper, text_paper
from statsbidrag.portal.queries.decisions import register
from statsbidrag.portal.queries.people import state_of
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, Prepared, PreparedObjects
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault

_WHERE = "ansökan"
_OPEN = frozenset({"received", "completed", "completion asked"})

_HELD = PreparedObjects[AgentApplication](
    lambda: AgentApplication.objects.select_for_update(of=("self",)).select_related("case", "person").filter(pk=ID)
)
_AGENTS = PreparedObjects[Role](
    lambda: Role.objects.select_related("person").filter(kind="agent", recipient=RECIPIENT, ended=None)
)
_REGISTRY = Prepared(lambda: Registry.objects.filter(pk=RECIPIENT).values_list("email"))


def ask_for_completion(visitor: Visitor | None, application_id: int, text: str, now: datetime) -> None:
    """Asks the applicant for what is missing, by mail; what was asked is entered in the case."""
    with writing():
        application, officer = _taken_up(visitor, application_id)
        _refuse_unless(application, _OPEN | {"closing proposed"})
        document = _enter_letter(application, "Begäran om komplettering", text, now, by=officer)
        note(application, "completion asked", now, by=officer.id, text=text, document=document)
        what = "Logga in i e-tjänsten och komplettera ansökan under Mina uppdrag."
        _mail(application, "Vi behöver en komplettering", ("Så här skriver handläggaren:", text, what), now)


def approve(visitor: Visitor | None, application_id: int, now: datetime) -> None:
    """Approves: the role of agent begins, and the earlier agent's role ends; each is told, and the registry too."""
    with writing():
        application, officer = _taken_up(visitor, application_id)
        _refuse_unless(application, _OPEN | {"closing proposed"})
        if application.person_id == officer.id:
            raise Fault(_WHERE, "Du har själv gjort ansökan.", "Låt en kollega pröva den.")
        where, applicant = name_of(application.recipient), application.person
        _end_the_earlier(application, officer, now)
        roles.begin(applicant.pk, "agent", application.recipient, now, by=officer.id)
        Person.objects.filter(pk=applicant.pk).update(
            email=application.email, telephone=application.telephone, title=application.position[:100]
        )
        says = f"{applicant.name} är från och med nu ombud för {where}."
        document = _enter_letter(application, "Ansökan godkänd", says, now, by=officer)
        note(application, "approved", now, by=officer.id, document=document)
        what = "Nu kan ni rekvirera bidrag och bjuda in kolleger i e-tjänsten. Börja under Mina uppdrag."
        _mail(application, f"Ni är nu ombud för {where}", (says, what), now)
        _tell_registry(application, says, now)


def propose_closing(visitor: Visitor | None, application_id: int, reason: str, now: datetime) -> None:
    """Proposes that the case is closed (avskrivs), with the reason; a decision-maker decides."""
    with writing():
        application, officer = _taken_up(visitor, application_id)
        _refuse_unless(application, _OPEN | {"withdrawn"})
        note(application, "closing proposed", now, by=officer.id, text=reason)


def close(visitor: Visitor | None, application_id: int, now: datetime) -> None:
    """Decides to close the case; the letter goes to the registry, with a copy to the applicant.

    Raises Fault where nobody has proposed it, where the one who did decides, or where no mandate covers it.
    """
    with writing():
        application, _ = _taken_up(visitor, application_id, "decide")
        decision_maker = access.require(visitor, "decide", application.recipient)
        _refuse_unless(application, {"closing proposed"})
        proposal = application.events.select_related("by").order_by("-id")[0]
        document = enter(
            application.case, _closing_letter(application, proposal, decision_maker, now), now, by=decision_maker.id
        )
        note(application, "closed", now, by=decision_maker.id, text=proposal.text, document=document)
        says = "Vi har avslutat ärendet utan att pröva ansökan. Beslutet är bifogat."
        what = "Ni kan ansöka på nytt när som helst."
        _mail(application, "Vi har avskrivit ansökan om att bli ombud", (says, what), now, attached=document)


def _taken_up(
    visitor: Visitor | None, application_id: int, right: access.Right = "judge agents"
) -> tuple[AgentApplication, Visitor]:
    access.require(visitor, right)
    application = _HELD.one({ID: application_id})
    if application is None:
        raise Fault(_WHERE, "Ansökan finns inte.", "Gå till listan och välj en ansökan där.")
    return application, access.require(visitor, right, application.recipient)


def _refuse_unless(application: AgentApplication, kinds: AbstractSet[str]) -> None:
    state = state_of(application)
    if state.kind not in kinds:
        raise Fault(_WHERE, f"Det går inte nu. Ansökan är {state.says.lower()}.", "Läs in sidan igen.")


def _end_the_earlier(application: AgentApplication, officer: Visitor, now: datetime) -> None:
    earlier = _AGENTS.all({RECIPIENT: application.recipient})
    for role in (one for one in earlier if one.person_id != application.person_id):
        roles.finish([role], now, by=officer.id)
        if role.person.email:
            where = name_of(application.recipient)
            body = mail_text(
                f"Vi har godkänt ett nytt ombud för {where}. Ditt uppdrag som ombud är därför avslutat.",
                "Stämmer det inte? Hör av dig till oss så snart du kan.",
            )
            subject = f"Du är inte längre ombud för {where}"
            post.send(role.person.email, subject, body, now, occasion="agent", recipient=application.recipient)


def _tell_registry(application: AgentApplication, says: str, now: datetime) -> None:
    """Lets the organisation itself know who acts for it, so that a false agent is found out."""
    if registry := _registry(application):
        body = mail_text(says, "Stämmer det inte? Hör av er till oss så snart ni kan.")
        _send(application, f"Nytt ombud för {name_of(application.recipient)}", body, now, to=registry)


def _registry(application: AgentApplication) -> str:
    """The e-mail address of the recipient's registry; empty where none is known."""
    found = _REGISTRY.first({RECIPIENT: application.recipient})
    return found[0] if found else ""


def _enter_letter(application: AgentApplication, matter: str, words: str, now: datetime, *, by: Visitor) -> Document:
    paper = text_paper("out", "agent letter", matter, words, name="brev.txt", party=application.person.name)
    return enter(application.case, paper, now, by=by.id)


def _closing_letter(
    application: AgentApplication, proposal: AgentApplicationEvent, decision_maker: Visitor, now: datetime
) -> Paper:
    _refuse_unauthorised(decision_maker, proposal.by.name, application.recipient, now.date())
    letter = ClosingDecision(
        head=letterhead.head(
            application.case, application.recipient, now.date(), copies=(f"sökanden {application.person.name}",)
        ),
        reasons=tuple(line for line in proposal.text.splitlines() if line.strip()),
        appeal=rules.round_rules(application.case.year).decision.no_appeal.value,
        decision_maker=decision_maker.name,
        presenter=proposal.by.name,
        matter="ansökan om att bli ombud",
    )
    content = letterhead.press().render(letter)
    return Paper(
        "out", "closing decision", application.person.name, "Beslut om avskrivning", "avskrivning.pdf", content
    )


def _refuse_unauthorised(decision_maker: Visitor, presenter: str, recipient: str, day: date) -> None:
    """Holds a closing against the delegation register, as one's own or as somebody's deputy. Raises Fault."""
    known, faults = register(), []
    for holder in ("", *(mandate.holder for mandate in known.mandates if mandate.deputy == decision_maker.name)):
        try:
            Approval(day, decision_maker.name, presenter, acting_for=holder).refuse_unauthorised(
                known, "closing", recipient, 0
            )
            return
        except Fault as fault:
            faults.append(fault)
    raise faults[0]


def _mail(
    application: AgentApplication,
    subject: str,
    paragraphs: tuple[str, ...],
    now: datetime,
    *,
    attached: Document | None = None,
) -> None:
    """Mails the applicant; a decision goes to the registry too (adm-24)."""
    number = application.case.number
    body = mail_text(f"Det gäller ansökan om att bli ombud, ärende {number}.", *paragraphs)
    _send(application, f"{subject} ({number})", body, now, to=application.email, attached=attached)
    if attached and (registry := _registry(application)):
        _send(application, f"{subject} ({number})", body, now, to=registry, attached=attached)


def _send(
    application: AgentApplication,
    subject: str,
    body: str,
    now: datetime,
    *,
    to: str,
    attached: Document | None = None,
) -> None:
    post.send(
        to,
        subject[:200],
        body,
        now,
        occasion="agent",
        recipient=application.recipient,
        case=application.case,
        document=attached,
    )
