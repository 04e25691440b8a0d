"""The state of our payments as the finance system says it: a simple list of our own, one payment a line.

It is a text file with ``;`` between the columns: the reference of the payment, its state, the day and, where it was
refused or came back, why. A column for the sum may follow. The first line names the columns.
"""

import csv
import io
from datetime import date

from statsbidrag.exchange.bank.answers import Outcome, PaymentAnswer
from statsbidrag.exchange.bank.reasons import meaning
from statsbidrag.exchange.characters import one_line
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.kronor import read_kronor

STATUS_WORDS: dict[str, Outcome] = {
    "betald": "paid",
    "mottagen": "accepted",
    "avvisad": "rejected",
    "i retur": "returned",
    "väntar": "pending",
}
STATUS_COLUMNS = ("referens", "läge", "dag", "varför", "belopp")
_NEEDED = 3
_LONGEST_CODE = 4
_MOST_KRONOR = 10**15
_MOST_BYTES = 10_000_000


def read_status_list(content: bytes, where: str) -> tuple[PaymentAnswer, ...]:
    """Gives what a list says of our payments, in the order of the file.

    Raises Fault naming the line where something cannot be read; nothing of the file is then to be used.
    """
    rows = csv.reader(io.StringIO(_text(content, where), newline=""), delimiter=";", strict=True)
    try:
        heading = [column.strip().lower() for column in next(rows, [])]
        if tuple(heading) != STATUS_COLUMNS[: len(heading)] or len(heading) < _NEEDED:
            why = f"Första raden är inte {';'.join(STATUS_COLUMNS)}."
            raise Fault(where, why, "Välj bankens fil (XML) eller en lista med de kolumnerna.")
        return tuple(
            _answer(row, f"{where}, rad {rows.line_num}", len(heading)) for row in rows if any(map(str.strip, row))
        )
    except csv.Error:
        why = f"Rad {rows.line_num} går inte att läsa."
        raise Fault(where, why, "Kontrollera citationstecknen på raden.") from None


def _text(content: bytes, where: str) -> str:
    if len(content) > _MOST_BYTES:
        raise Fault(where, "Filen är större än 10 MB.", "Kontrollera att det är rätt fil.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        why = "Filen är varken bankens svar (XML) eller en lista i teckenkodningen UTF-8."
        raise Fault(where, why, "Spara listan som CSV med UTF-8.") from None


def _answer(row: list[str], where: str, columns: int) -> PaymentAnswer:
    if len(row) != columns:
        why = f"Raden har {len(row)} kolumner, inte {columns}."
        raise Fault(where, why, "Skilj kolumnerna åt med semikolon.")
    reference, status, day, why, kronor = [cell.strip() for cell in row] + [""] * (len(STATUS_COLUMNS) - columns)
    if not reference or not reference.isprintable():
        raise Fault(where, "Referensen saknas eller går inte att läsa.", "Ange betalningens; inget annat räcker.")
    if status.lower() not in STATUS_WORDS:
        hint = suggestion(status.lower(), STATUS_WORDS)
        raise Fault(where, f"Läget ”{status}” är okänt.", f"{hint}Det finns: {', '.join(STATUS_WORDS)}.")
    outcome = STATUS_WORDS[status.lower()]
    if outcome in ("rejected", "returned") and not why:
        raise Fault(where, "Det står inte varför.", "Skriv bankens skäl eller skälkod i kolumnen ”varför”.")
    sum_ = read_kronor(kronor, where) if kronor else None
    if sum_ is not None and sum_ >= _MOST_KRONOR:
        raise Fault(where, "Beloppet är orimligt stort.", "Kontrollera raden.")
    code = why if len(why) == _LONGEST_CODE and why.isalnum() and why.isupper() else ""
    said_on = _day(day, where)
    return PaymentAnswer(
        reference=reference,
        batch="",
        outcome=outcome,
        day=said_on,
        reason=code,
        says=meaning(code) if code else one_line(why),
        amount=f"{sum_} SEK" if sum_ is not None else "",
        kronor=sum_,
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Fault(where, f"”{text}” är inget datum.", "Skriv det som 2025-05-28.") from None
