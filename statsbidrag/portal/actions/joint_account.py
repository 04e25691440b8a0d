"""Step 9, the joint account (§ 11): written together, reviewed, decided, and entered with its tables."""

from collections.abc import Mapping
from datetime import datetime

from statsbidrag.exchange.joint_account import recipients_table
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary
from statsbidrag.portal.actions.cases import round_case
from statsbidrag.portal.letters.joint_account import account_letter
from statsbidrag.portal.lists import list_papers
from statsbidrag.portal.models import JointAccount, JointAccountEvent
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.joint_account import account_of
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault

_TEXTS = ("assessment", "use", "results")


class AccountChanged(Fault):
    """That a colleague has changed the text meanwhile; carries it, so that both can be shown."""

    def __init__(self, row: JointAccount) -> None:
        super().__init__(
            "den samlade redovisningen",
            f"{row.changed_by.name} har ändrat texten medan du hade den framme.",
            "Jämför, ta med det du vill behålla och spara igen.",
        )
        self.row = row


def save(
    visitor: Visitor | None,
    year: int,
    texts: Mapping[str, str],
    conditions: Mapping[str, str],
    *,
    version: int,
    now: datetime,
) -> JointAccount:
    """Keeps what is written. Raises AccountChanged where a colleague has saved something else since ``version``."""
    writer = access.require(visitor, "write account")
    with writing():
        row = JointAccount.objects.select_for_update(of=("self",)).select_related("changed_by").filter(pk=year).first()
        said = {name: texts.get(name, "").strip() for name in _TEXTS}
        kept = {point: text.strip() for point, text in conditions.items() if text.strip()}
        if row is None:
            begun = JointAccount(year=year, conditions=kept, changed=now, changed_by_id=writer.id, **said)
            return store(begun)
        if row.state not in ("draft", "returned"):
            raise Fault(f"samlad redovisning {year}", "Den är framlagd för beslut.", "Ta tillbaka den först.")
        same = row.conditions == kept and all(getattr(row, name) == text for name, text in said.items())
        if same:
            return row
        if row.version != version:
            raise AccountChanged(row)
        for name, text in said.items():
            setattr(row, name, text)
        row.conditions, row.version, row.changed, row.changed_by_id = kept, row.version + 1, now, writer.id
        row.save()
        return row


def put_forward(visitor: Visitor | None, year: int, now: datetime) -> None:
    """Puts the account before the decision-maker. Raises Fault where something in it is missing (§ 11)."""
    presenter = access.require(visitor, "write account")
    with writing():
        row = _written(year, "draft", "returned")
        account_of(year, row.assessment)
        row.state, row.presenter_id = "review", presenter.id
        row.save(update_fields=["state", "presenter"])
        store(JointAccountEvent(account=row, kind="put forward", at=now, by_id=presenter.id))


def send_back(visitor: Visitor | None, year: int, says: str, now: datetime) -> None:
    """Sends the account back to those who write it, with what to mend; the presenter may take it back too."""
    reader = access.require(visitor, "decide" if access.may(visitor, "decide") else "write account")
    with writing():
        row = _written(year, "review")
        if not says.strip():
            raise Fault(f"samlad redovisning {year}", "Det saknas vad som ska ändras.", "Skriv vad som ska ändras.")
        row.state = "returned"
        row.save(update_fields=["state"])
        store(JointAccountEvent(account=row, kind="returned", at=now, by_id=reader.id, says=says.strip()))


def decide(visitor: Visitor | None, year: int, now: datetime) -> JointAccount:
    """Decides the account, and enters it with its tables in the round's own case; who presents it does not decide."""
    maker = access.require(visitor, "decide")
    with writing():
        row = _written(year, "review")
        if row.presenter_id == maker.id:
            why = "Den som lägger fram redovisningen kan inte också besluta den."
            raise Fault(f"samlad redovisning {year}", why, "Låt någon annan besluta.")
        given, case = account_of(year, row.assessment), round_case(year, now)
        row.state, row.decided, row.decided_by_id = "decided", now, maker.id
        row.save(update_fields=["state", "decided", "decided_by"])
        row = JointAccount.objects.select_related("decided_by", "presenter").get(pk=year)
        content = account_letter(row, given, case, now)
        matter = f"Samlad redovisning till regeringen, statsbidrag {year}"
        paper = Paper("out", "account", "Regeringen", matter, f"samlad-redovisning-{year}.pdf", content)
        row.document = diary.enter(case, paper, now, by=maker.id)
        row.save(update_fields=["document"])
        day = day_of_arrival(now)
        for listed in list_papers(recipients_table(given), f"samlad-redovisning-{year}", "account", day):
            diary.enter(case, listed, now, by=maker.id)
        store(JointAccountEvent(account=row, kind="decided", at=now, by_id=maker.id))
        return row


def _written(year: int, *states: str) -> JointAccount:
    row = JointAccount.objects.select_for_update(of=("self",)).filter(pk=year).first()
    where = f"samlad redovisning {year}"
    if row is None or not row.assessment:
        raise Fault(where, "Den sammanfattande bedömningen saknas.", "Skriv den; den krävs enligt 11 §.")
    if row.state not in states:
        raise Fault(where, "Den har kommit längre, eller är redan beslutad.", "Läs in sidan på nytt.")
    return row
