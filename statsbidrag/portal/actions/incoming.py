"""Money that comes in: read from the finance system's list, and placed by the payment reference alone (adm-24)."""

import csv
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO

from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions.settling import note_payment
from statsbidrag.portal.models import IncomingFile, IncomingPayment, Invoice
from statsbidrag.portal.storing import store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.kronor import read_kronor

COLUMNS = ("referens", "dag", "belopp", "betalare", "källa")
_WHERE = "inbetalningarna"


@dataclass(frozen=True, slots=True)
class Read:
    """What a file of money came to: how many payments were placed, and how many wait for somebody to look at them."""

    placed: int
    waits: int
    known: int


def read_in(visitor: Visitor | None, year: int, name: str, content: bytes, *, now: datetime) -> Read:
    """Reads a list of payments and places each on its invoice; the same file, or the same payment, changes nothing.

    Raises Faults for everything that cannot be read, row by row; then nothing is stored.
    """
    finance = access.require(visitor, "settle")
    sha256 = hashlib.sha256(content).hexdigest()
    with writing():
        if IncomingFile.objects.filter(sha256=sha256).exists():
            raise Fault(_WHERE, "Filen är redan inläst.", "Läs in nästa fil.")
        rows = _rows(content, day_of_arrival(now))
        file = store(IncomingFile(year=year, sha256=sha256, name=name[:200], at=now, by_id=finance.id))
        placed = waits = known = 0
        for reference, day, kronor, payer, source in rows:
            if IncomingPayment.objects.filter(source=source).exists():
                known += 1
                continue
            payment = store(
                IncomingPayment(
                    file=file, year=year, source=source, reference=reference, day=day, kronor=kronor, payer=payer
                )
            )
            if _place(payment, reference, now, by=finance.id):
                placed += 1
            else:
                waits += 1
        return Read(placed, waits, known)


def place(visitor: Visitor | None, payment: IncomingPayment, reference: str, now: datetime) -> None:
    """Places money by hand on the invoice that it belongs to."""
    finance = access.require(visitor, "settle")
    with writing():
        payment = _waiting(payment)
        if not _place(payment, reference, now, by=finance.id):
            raise Fault(_WHERE, f"Ingen faktura har OCR-numret {reference}.", "Jämför med fakturan.")


def set_aside(visitor: Visitor | None, payment: IncomingPayment, remark: str, now: datetime) -> None:
    """Says that money does not belong to any invoice of ours, with a remark."""
    finance = access.require(visitor, "settle")
    with writing():
        payment = _waiting(payment)
        if not remark.strip():
            raise Fault(_WHERE, "Anteckningen saknas.", "Skriv vad pengarna är och vad som görs med dem.")
        payment.looked_at, payment.looked_by_id, payment.remark = now, finance.id, remark.strip()
        payment.save(update_fields=["looked_at", "looked_by", "remark"])


def _waiting(payment: IncomingPayment) -> IncomingPayment:
    row = IncomingPayment.objects.select_for_update(of=("self",)).get(pk=payment.pk)
    if row.event_id or row.looked_at:
        raise Fault(_WHERE, "Någon har redan tagit hand om betalningen.", "Läs in sidan på nytt.")
    return row


def _place(payment: IncomingPayment, reference: str, now: datetime, *, by: int) -> bool:
    digits = "".join(char for char in reference if char.isdigit())
    row = Invoice.objects.filter(reference=digits).first() if digits else None
    if row is None or payment.day < row.issued:
        return False
    payment.event = note_payment(row, day=payment.day, kronor=payment.kronor, source=payment.source, now=now, by=by)
    payment.save(update_fields=["event"])
    return True


def _rows(content: bytes, today: date) -> list[tuple[str, date, int, str, str]]:
    lines = _lines(content)
    if not lines or [one.strip().casefold() for one in lines[0]] != list(COLUMNS):
        raise Fault(_WHERE, "Rubrikraden är en annan.", f"Den ska vara {';'.join(COLUMNS)}.")
    found, faults = [], []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        try:
            found.append(_row(line, today))
        except Fault as fault:
            faults.append(Fault(f"rad {number}", f"Rad {number}: {fault.why}", fault.remedy))
    if faults:
        raise Faults(faults)
    return found


def _lines(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
        if "\0" in text:
            raise ValueError
        return list(csv.reader(StringIO(text), delimiter=";"))
    except (ValueError, csv.Error):  # what is not UTF-8 is a ValueError too
        raise Fault(_WHERE, "Filen är inte skriven i UTF-8.", "Spara den som CSV UTF-8 och läs in den igen.") from None


def _row(line: list[str], today: date) -> tuple[str, date, int, str, str]:
    if len(line) != len(COLUMNS):
        raise Fault(_WHERE, f"Raden har {len(line)} fält.", f"Den ska ha {len(COLUMNS)}.")
    reference, day_text, amount, payer, source = (cell.strip() for cell in line)
    try:
        day = date.fromisoformat(day_text)
    except ValueError:
        raise Fault(_WHERE, f"”{day_text}” är ingen dag.", "Skriv den som 2026-06-15.") from None
    if day > today:
        raise Fault(_WHERE, f"Dagen {day} har inte varit.", "Rätta dagen.")
    kronor = read_kronor(amount, "belopp")
    if kronor <= 0 or not source:
        raise Fault(_WHERE, "Beloppet är inte större än 0, eller källan saknas.", "Rätta raden.")
    return reference[:60], day, kronor, payer[:200], source[:80]
