"""A batch of payments: what a payment file is written from, checked before anything is written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from statsbidrag.rulebook.agency import Agency
from statsbidrag.terms import addresses
from statsbidrag.terms.bank_days import bank_day_from
from statsbidrag.terms.dates import SWEDISH_TIME, day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.giro import Giro
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import organisation_number

LONGEST_REFERENCE = 35
# What every bank sends back unchanged; ISO 20022 forbids a slash at either end and two in a row.
_REFERENCE = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/?:().,'+ -]+(?<!/)", re.ASCII)
_MOST_KRONOR = 10**12


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment to one recipient; everything of it that stands in the file.

    reference    how the bank's answers find it again: at most 35 characters, never used twice
    postcode     of the recipient; like ``town`` the bank wants it apart from the rest of the address
    text         what the recipient reads on its statement, after the reference
    """

    reference: str
    name: str
    organisation_number: str
    postcode: str
    town: str
    giro: Giro
    kronor: int
    text: str

    def __post_init__(self) -> None:
        where = f"utbetalning {self.reference}"
        check_reference(self.reference, where)
        organisation_number(self.organisation_number, where)
        addresses.postcode(self.postcode, where)
        addresses.town(self.town, where)
        if not 0 < self.kronor < _MOST_KRONOR:
            why = f"Beloppet {in_words(self.kronor)} går inte att betala ut."
            raise Fault(where, why, "Ange ett belopp större än 0 kr.")


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who pays: the agency, and the giro that the money is taken from."""

    name: str
    organisation_number: str
    postcode: str
    town: str
    giro: Giro


@dataclass(frozen=True, slots=True)
class PaymentBatch:
    """The payments of one file, with all that the file says.

    message_id       the file's number, by which the bank refuses to take it twice: at most 35 characters
    created          when the batch was made, with its time zone; stored, so that the file can be written again
    execution_date   the bank day on which the money is to leave
    Raises Fault where the batch is empty, two payments share a reference, or the day is no bank day.
    """

    message_id: str
    created: datetime
    execution_date: date
    debtor: Debtor
    payments: tuple[Payment, ...]

    def __post_init__(self) -> None:
        where = f"betalningsfil {self.message_id}"
        check_reference(self.message_id, where)
        if not self.payments:
            raise Fault(where, "Filen har inga betalningar.", "Lägg till betalningar, eller skicka ingen fil.")
        _refuse_twice(where, (payment.reference for payment in self.payments))
        if self.execution_date < day_of_arrival(self.created):
            why = f"Betalningsdagen {day_in_words(self.execution_date)} ligger före den dag då filen skapades."
            raise Fault(where, why, "Välj en senare betalningsdag.")
        next_bank_day = bank_day_from(self.execution_date)
        if next_bank_day != self.execution_date:
            why = f"Den {day_in_words(self.execution_date)} är ingen bankdag."
            raise Fault(where, why, f"Välj {day_in_words(next_bank_day)}.")

    @property
    def total(self) -> int:
        """The kronor of all payments together."""
        return sum(payment.kronor for payment in self.payments)

    @property
    def created_in_sweden(self) -> str:
        """When the batch was made, by Swedish clocks, as the file says it."""
        return self.created.astimezone(SWEDISH_TIME).replace(tzinfo=None).isoformat(timespec="seconds")


def debtor_of(agency: Agency) -> Debtor:
    """Gives the agency as the one who pays."""
    address = agency.address.value
    return Debtor(
        agency.name.value, agency.organisation_number.value, address.postcode, address.town, agency.giro.value
    )


def check_reference(reference: str, where: str) -> None:
    """Refuses a reference that a bank would cut, alter or not send back."""
    if len(reference) > LONGEST_REFERENCE or not _REFERENCE.fullmatch(reference) or reference != reference.strip():
        raise Fault(
            where,
            f"Referensen ”{reference}” kommer inte oförändrad tillbaka från banken.",
            f"Använd högst {LONGEST_REFERENCE} tecken: A–Z, a–z, 0–9, bindestreck och enstaka snedstreck.",
        )


def _refuse_twice(where: str, references: Iterable[str]) -> None:
    seen: set[str] = set()
    for reference in references:
        if reference in seen:
            raise Fault(where, f"Referensen {reference} står på två betalningar.", "Ge varje betalning en egen.")
        seen.add(reference)
