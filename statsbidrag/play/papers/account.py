"""Folder 9-account: the joint account to the Government, and the year's open data."""

from collections.abc import Iterator

from statsbidrag.exchange import joint_account as tables
from statsbidrag.exchange.letters import account as letters
from statsbidrag.exchange.tables import as_json
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.play.stage import DECISION_MAKER, PRESENTER
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.made_up import MADE_UP
from statsbidrag.terms.parties import Kind

_KINDS: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}
_EFFORTS_TOLD = "Tabellen visar hur många mottagare som har använt bidraget till varje slags insats."
_EFFORTS_UNKNOWN = (
    "Vad bidraget har använts till framgår inte, eftersom omgångens formulär saknas i underlaget (påhittat)."
)


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the document, and the money and counts of every recipient as CSV, XLSX and JSON."""
    last_day = desk.stage.round.account.last_day.value
    table = tables.recipients_table(desk.returning.account)
    yield from desk.list_papers("recipients", table, last_day)
    yield "recipients.json", as_json(table, name="recipients", facts={"round": desk.stage.year, "note": MADE_UP})
    yield "account.pdf", _letter(desk)


def _letter(desk: Desk) -> letters.AccountLetter:
    account, stage, form = desk.returning.account, desk.stage, desk.using.form
    total = account.total
    return letters.AccountLetter(
        head=desk.common_head(None, stage.round.account.last_day.value),
        pot=stage.round.allocation.pot.value,
        asked=len(account.lines),
        summary=(
            f"{len(desk.giving.paid)} av {len(account.lines)} {_who(desk)} har fått bidrag, sammanlagt "
            f"{in_words(total.paid)}. Av det har {in_words(total.used)} använts enligt redovisningarna.",
        ),
        regions=tuple(tables.lines_of(account, "region")),
        municipalities=tuple(tables.lines_of(account, "municipality")),
        use=(_EFFORTS_TOLD if form else _EFFORTS_UNKNOWN,),
        used_for=(tables.efforts_of(account),) if form else (),
        results=("Tabellerna visar vad mottagarna själva har redovisat.",),
        reported=(tables.visits_of(account), *(tables.answers_of(account, form) if form else ())),
        purpose=stage.round.decision.purpose.value,
        against_purpose=(account.assessment,),
        conditions=tuple(_assessed(desk)),
        because=account.because(),
        decision_maker=DECISION_MAKER,
        presenter=PRESENTER,
    )


def _who(desk: Desk) -> str:
    """Who could requisition: ”regioner och kommuner”, or the only one of them."""
    return " och ".join(_KINDS[kind] for kind in desk.stage.round.requisition.who_may.value)


def _assessed(desk: Desk) -> Iterator[letters.Assessed]:
    for condition in desk.stage.round.decision.conditions:
        yield letters.Assessed(condition.text, "De flesta redovisar att villkoret är uppfyllt (påhittad bedömning).")
