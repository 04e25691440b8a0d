"""Folder 9-account: the joint account to the Government, and the year's open data."""

from collections.abc import Iterator

from statsbidrag.cycle import Line, Visits
from statsbidrag.cycle.form import Form
from statsbidrag.exchange.letters import account as letters
from statsbidrag.exchange.tables import Column, Table, as_json
from statsbidrag.play.papers.desk import Desk, Paper
from statsbidrag.play.stage import DECISION_MAKER, PRESENTER
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.made_up import MADE_UP
from statsbidrag.terms.parties import Kind

_WORDS = {
    "kind": "Slag", "code": "Kod", "name": "Namn", "organisation_number": "Organisationsnummer",
    "ceiling": "Högsta belopp", "granted": "Beviljat", "reallocated": "Omfördelat", "withheld": "Innehållet",
    "paid": "Utbetalt", "used": "Använt", "owed": "Att återbetala", "claimed": "Återkrävt", "waived": "Avstått",
    "repaid": "Återbetalt", "outstanding": "Kvar att betala", "visits_planned": "Planerade hembesök",
    "visits_done": "Genomförda hembesök", "families": "Familjer", "clinics": "Barnavårdscentraler",
}  # fmt: skip
_KINDS: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}
_COUNTS = ("visits_planned", "visits_done", "families", "clinics")
_TEXTS = ("kind", "code", "name", "organisation_number")
_EFFORTS_TOLD = "Tabellen visar hur många mottagare som har använt bidraget till varje slags insats."
_EFFORTS_UNKNOWN = (
    "Vad bidraget har använts till framgår inte, eftersom omgångens formulär saknas i underlaget (påhittat)."
)
_NEVER_ADDED = "Regioner och kommuner redovisar samma gemensamma besök. Talen läggs därför aldrig ihop."


def papers(desk: Desk) -> Iterator[Paper]:
    """Gives the document, and the money and counts of every recipient as CSV, XLSX and JSON."""
    last_day = desk.stage.round.account.last_day.value
    lines = desk.returning.account.lines
    ids = tuple(lines[0].open_data)
    columns = tuple(
        Column(name, _WORDS[name], "text" if name in _TEXTS else "number" if name in _COUNTS else "kronor")
        for name in ids
    )
    table = Table(
        f"Samlad redovisning {desk.stage.year}",
        columns,
        tuple(tuple(line.open_data.values()) for line in lines),
        (("Besöken", _NEVER_ADDED),),
    )
    yield from desk.list_papers("recipients", table, last_day)
    yield "recipients.json", as_json(table, name="recipients", facts={"round": desk.stage.year, "note": MADE_UP})
    yield "account.pdf", _letter(desk)


def _letter(desk: Desk) -> letters.AccountLetter:
    account, stage = desk.returning.account, desk.stage
    total = account.total
    return letters.AccountLetter(
        head=desk.common_head(None, stage.round.account.last_day.value),
        pot=stage.round.allocation.pot.value,
        asked=len(account.lines),
        summary=(
            f"{len(desk.giving.paid)} av {len(account.lines)} {_who(desk)} har fått bidrag, sammanlagt "
            f"{in_words(total.paid)}. Av det har {in_words(total.used)} använts enligt redovisningarna.",
        ),
        regions=tuple(_lines(desk, "region")),
        municipalities=tuple(_lines(desk, "municipality")),
        use=(_EFFORTS_TOLD if desk.using.form else _EFFORTS_UNKNOWN,),
        used_for=(_efforts(desk),) if desk.using.form else (),
        results=("Tabellerna visar vad mottagarna själva har redovisat.",),
        reported=(_visits(desk), *_answers(desk)),
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


def _lines(desk: Desk, kind: Kind) -> Iterator[letters.Line]:
    for line in desk.returning.account.received(kind):
        yield letters.Line(line.recipient.name, _money(line))


def _money(line: Line) -> letters.Money:
    money = line.money
    used = money.used if line.report else None
    return letters.Money(money.granted, money.reallocated, money.paid, used, money.claimed, money.waived, money.repaid)


def _efforts(desk: Desk) -> letters.Comparison:
    regions, municipalities = (desk.returning.account.efforts_of(kind) for kind in ("region", "municipality"))
    rows = tuple(
        letters.Compared(effort.rstrip(" :"), regions[effort], municipalities[effort])
        for effort in sorted({*regions, *municipalities}, key=lambda one: -(regions[one] + municipalities[one]))
    )
    return letters.Comparison("Insatser som bidraget har finansierat", "Antal mottagare som har angett insatsen.", rows)


def _visits(desk: Desk) -> letters.Comparison:
    regions, municipalities = (desk.returning.account.visits_of(kind) for kind in ("region", "municipality"))
    words = dict(zip(Visits._fields, _COUNTS, strict=True))
    rows = tuple(
        letters.Compared(_WORDS[words[name]], getattr(regions, name), getattr(municipalities, name))
        for name in Visits._fields
    )
    return letters.Comparison("Besök och familjer", "Antal som mottagarna har redovisat.", rows)


def _answers(desk: Desk) -> Iterator[letters.Comparison]:
    """How many have given each answer on purpose and conditions, a table for each question."""
    regions, municipalities = (desk.returning.account.answers_of(kind) for kind in ("region", "municipality"))
    for asked, options in _asked(desk.using.form) if desk.using.form else ():
        own, others = regions.get(asked), municipalities.get(asked)
        rows = tuple(
            letters.Compared(option.rstrip(" :"), own[option] if own else None, others[option] if others else None)
            for option in options
        )
        if own or others:
            yield letters.Comparison(asked.rstrip(" :…"), "Antal mottagare som har gett svaret.", rows)


def _asked(form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every question with one choice, and its options, in the order of the form."""
    for question in form.questions:
        for field in question.fields:
            if field.kind == "choice":
                yield question.asks(field), tuple(option.text for option in field.options)


def _assessed(desk: Desk) -> Iterator[letters.Assessed]:
    for condition in desk.stage.round.decision.conditions:
        yield letters.Assessed(condition.text, "De flesta redovisar att villkoret är uppfyllt (påhittad bedömning).")
