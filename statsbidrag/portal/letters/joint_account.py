"""The joint account as a letter to the Government, with its tables (§ 11)."""

from datetime import datetime

from statsbidrag.cycle import Account
from statsbidrag.exchange import joint_account as tables
from statsbidrag.exchange.letters.account import AccountLetter, Assessed
from statsbidrag.portal import letterhead, rules
from statsbidrag.portal.models import Case, JointAccount, Person
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.kronor import in_words

NOT_DECIDED = "Inte beslutat än"
NOT_WRITTEN = "Inte skrivet än."
_EFFORTS = "Tabellen visar hur många mottagare som har använt bidraget till varje slags insats."
_RESULTS = "Tabellerna visar vad mottagarna själva har redovisat."


def account_letter(row: JointAccount, given: Account, case: Case, now: datetime) -> bytes:
    """Gives the account as a PDF; one that nobody has decided says so."""
    of_round, form, total = rules.round_rules(row.year), form_of(row.year), given.total
    received = [line for line in given.lines if line.money.paid]
    letter = AccountLetter(
        head=letterhead.head(case, "", day_of_arrival(now)),
        pot=of_round.allocation.pot.value,
        asked=len(given.lines),
        summary=(
            f"{len(received)} av {len(given.lines)} regioner och kommuner har fått bidrag, sammanlagt "
            f"{in_words(total.paid)}. Av det har {in_words(total.used)} använts enligt redovisningarna.",
        ),
        regions=tuple(tables.lines_of(given, "region")),
        municipalities=tuple(tables.lines_of(given, "municipality")),
        use=(row.use or _EFFORTS,),
        used_for=(tables.efforts_of(given),) if form else (),
        results=(row.results or _RESULTS,),
        reported=(tables.visits_of(given), *(tables.answers_of(given, form) if form else ())),
        purpose=of_round.decision.purpose.value,
        against_purpose=(row.assessment or NOT_WRITTEN,),
        conditions=tuple(
            Assessed(one.text, row.conditions.get(one.point, NOT_WRITTEN)) for one in of_round.decision.conditions
        ),
        because=given.because(),
        decision_maker=_titled(row.decided_by),
        presenter=_titled(row.presenter),
    )
    return letterhead.press().render(letter)


def _titled(person: Person | None) -> str:
    if person is None:
        return NOT_DECIDED
    return f"{person.name}, {person.title}" if person.title else person.name
