"""The joint account as tables: what is taken from each report, and what the regions and the municipalities came to.

The play and the service ask here alike. Kronor are added over everyone; visits never are (§ 11).
"""

from collections.abc import Iterator

from statsbidrag.cycle import Account, Line, Outcome, Reported, Visits
from statsbidrag.cycle.form import Form
from statsbidrag.exchange.letters import account as letters
from statsbidrag.exchange.tables import Column, Table
from statsbidrag.terms.language import Answer
from statsbidrag.terms.parties import Kind

WORDS = {
    "kind": "Slag", "code": "Kod", "name": "Namn", "organisation_number": "Organisationsnummer",
    "ceiling": "Högsta belopp", "granted": "Beviljat", "reallocated": "Omfördelat", "withheld": "Innehållet",
    "paid": "Utbetalt", "used": "Använt", "owed": "Att återbetala", "claimed": "Återkrävt", "waived": "Avstått",
    "repaid": "Återbetalt", "outstanding": "Kvar att betala", "visits_planned": "Planerade hembesök",
    "visits_done": "Genomförda hembesök", "families": "Familjer", "clinics": "Barnavårdscentraler",
}  # fmt: skip
NEVER_ADDED = "Regioner och kommuner redovisar samma gemensamma besök. Talen läggs därför aldrig ihop."
_COUNTS = ("visits_planned", "visits_done", "families", "clinics")
_TEXTS = ("kind", "code", "name", "organisation_number")


def reported_in(recipient: str, outcome: Outcome) -> Reported:
    """Takes from a report that counts what the joint account needs: figures and chosen options, never free text."""
    values = outcome.values
    efforts = values.get("efforts_financed") or frozenset()
    fields = outcome.form.by_id()
    points = dict(_points(outcome))
    return Reported(
        recipient,
        _whole(values.get("used")),
        Visits(*(_whole(values.get(name)) for name in _COUNTS)),
        frozenset(fields["efforts_financed"].option(effort).text for effort in sorted(_options(efforts))),
        points,
    )


def recipients_table(account: Account) -> Table:
    """Gives every recipient's money and counts; no contacts and no free text (adm-25)."""
    columns = tuple(
        Column(name, WORDS[name], "text" if name in _TEXTS else "number" if name in _COUNTS else "kronor")
        for name in account.lines[0].open_data
    )
    rows = tuple(tuple(line.open_data.values()) for line in account.lines)
    return Table(f"Samlad redovisning {account.year}", columns, rows, (("Besöken", NEVER_ADDED),))


def lines_of(account: Account, kind: Kind) -> Iterator[letters.Line]:
    """Gives a line for everyone of a kind that has received the grant."""
    for line in account.received(kind):
        yield letters.Line(line.recipient.name, _money(line))


def efforts_of(account: Account) -> letters.Comparison:
    """Gives how many have used the grant for each effort."""
    regions, municipalities = (account.efforts_of(kind) for kind in ("region", "municipality"))
    rows = tuple(
        letters.Compared(effort.rstrip(" :"), regions[effort], municipalities[effort])
        for effort in sorted({*regions, *municipalities}, key=lambda one: -(regions[one] + municipalities[one]))
    )
    return letters.Comparison("Insatser som bidraget har finansierat", "Antal mottagare som har angett insatsen.", rows)


def visits_of(account: Account) -> letters.Comparison:
    """Gives the visits and families that were reported, by kind and without a sum."""
    regions, municipalities = (account.visits_of(kind) for kind in ("region", "municipality"))
    words = dict(zip(Visits._fields, _COUNTS, strict=True))
    rows = tuple(
        letters.Compared(WORDS[words[name]], getattr(regions, name), getattr(municipalities, name))
        for name in Visits._fields
    )
    return letters.Comparison("Besök och familjer", "Antal som mottagarna har redovisat.", rows)


def answers_of(account: Account, form: Form) -> Iterator[letters.Comparison]:
    """Gives how many have given each answer on purpose and conditions, a table for each question."""
    regions, municipalities = account.answers_of("region"), account.answers_of("municipality")
    for asked, options in _asked(form):
        own, others = regions.get(asked), municipalities.get(asked)
        rows = tuple(
            letters.Compared(option.rstrip(" :"), own[option] if own else None, others[option] if others else None)
            for option in options
        )
        if own or others:
            yield letters.Comparison(asked.rstrip(" :…"), "Antal mottagare som har gett svaret.", rows)


def _money(line: Line) -> letters.Money:
    money = line.money
    used = money.used if line.report else None
    return letters.Money(money.granted, money.reallocated, money.paid, used, money.claimed, money.waived, money.repaid)


def _asked(form: Form) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every question with one choice, and its options, in the order of the form."""
    for question in form.questions:
        for field in question.fields:
            if field.kind == "choice":
                yield question.asks(field), tuple(option.text for option in field.options)


def _points(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Every single choice that was made, in words; a matrix row is told with its question."""
    for question in outcome.form.questions:
        for field in question.fields:
            value = outcome.values.get(field.id)
            if field.kind == "choice" and isinstance(value, str):
                yield question.asks(field), field.option(value).text


def _whole(value: Answer) -> int:
    return value if isinstance(value, int) else 0


def _options(value: Answer) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
