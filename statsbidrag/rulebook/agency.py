"""The agency's own settings: who it is, which bank it pays through, how it books and how it invoices.

Everything here is an assumption of ours until the agency has put in its own; nothing of it changes a recipient's sum.
"""

from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Literal

from statsbidrag.cycle.ledger import Cause
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.addresses import Address, postcode
from statsbidrag.terms.bookkeeping import Account, Code, Dimension
from statsbidrag.terms.faults import suggestion
from statsbidrag.terms.giro import Giro
from statsbidrag.terms.parties import KINDS, Kind, organisation_number
from statsbidrag.terms.sources import Stated

Role = Literal["grant", "liability", "receivable", "bank"]


@dataclass(frozen=True, slots=True)
class GiroScheme:
    """How a bank wants a kind of giro named in its file.

    code          the scheme's code, such as ``BGNR``
    proprietary   whether the code is the banks' own (``Prtry``) or of ISO's list (``Cd``)
    clearing      the clearing number of the giro in the Swedish clearing system
    """

    code: str
    proprietary: bool
    clearing: str


@dataclass(frozen=True, slots=True)
class BankProfile:
    """How one bank wants its payment files: settings, so that another bank is a table here and no new code.

    version               of the message: ``09`` for pain.001.001.09, ``03`` for pain.001.001.03
    bic                   the bank's own code
    service_level         ISO's code for the speed of the payment; empty leaves it out
    organisation_scheme   ISO's code for what kind of number identifies the payer and the payee
    one_booking           whether the bank books the file as one sum, or each payment by itself
    letters               every character that the bank takes in names and messages
    spelling              how others are written, before accents are dropped
    longest_name          characters
    longest_message       characters
    """

    version: Literal["03", "09"]
    bic: str
    bankgiro: GiroScheme
    plusgiro: GiroScheme
    service_level: str = field(default="", kw_only=True)
    organisation_scheme: str
    one_booking: bool
    letters: str
    spelling: dict[str, str]
    longest_name: int
    longest_message: int


@dataclass(frozen=True, slots=True)
class Dimensions:
    """The four marks that the finance system wants on every row."""

    cost_centre: Dimension
    appropriation: Dimension
    counterparty: Dimension
    diary_number: Dimension


@dataclass(frozen=True, slots=True)
class Booking:
    """How something that happens to the money is booked."""

    debit: Role
    credit: Role


@dataclass(frozen=True, slots=True)
class FinanceSettings:
    """How the grant is booked in the agency's finance system.

    series     the series of the vouchers
    accounts   the account for each role, which may differ between regions and municipalities
    bookings   what is booked, by its cause in the ledger; a cause that is not here moves no money in the books
    """

    series: str
    dimensions: Dimensions
    cost_centre: Code
    appropriation: Code
    accounts: dict[Role, dict[Kind, Account]]
    bookings: dict[Cause, Booking]

    def __post_init__(self) -> None:
        for cause, booking in self.bookings.items():
            if booking.debit == booking.credit:
                raise ValueError(f"Händelsen ”{cause}” bokförs på samma konto i debet och kredit.")
            for role, kind in product((booking.debit, booking.credit), KINDS):
                if kind not in self.accounts.get(role, {}):
                    raise ValueError(f"Händelsen ”{cause}” behöver kontot {role}.{kind}, som saknas.")


@dataclass(frozen=True, slots=True)
class InvoiceSettings:
    """How the agency's invoice operator wants its invoices.

    customization   the rules that the invoice follows, as Peppol names them
    profile         the process that it belongs to, as Peppol names it
    exemption       why no VAT is charged
    terms           the terms of payment
    """

    customization: str
    profile: str
    exemption: str
    terms: str


@dataclass(frozen=True, slots=True)
class AttestSettings:
    """How a batch of payments is attested before it is handed over.

    people         how many different people must attest it
    preparer_may   whether the one who has prepared it may be one of them
    """

    people: Stated[int]
    preparer_may: Stated[bool]

    def __post_init__(self) -> None:
        if self.people.value < 1:
            raise ValueError("Minst en person måste attestera en utbetalning.")


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """How long an invitation is valid, and how long what is personal is kept; all in days.

    proof        after the agent's role, or the case of the application, has ended
    contact      after a person's last role has ended
    unanswered   an invitation after it has been answered, revoked or has expired
    """

    invitation: Stated[int]
    proof: Stated[int]
    contact: Stated[int]
    unanswered: Stated[int]


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency that gives the grant, and how it pays, books and invoices.

    contact   where questions go: an e-mail address
    giro      what the agency pays from and is repaid to
    bank      which of ``banks`` it pays through
    """

    name: Stated[str]
    organisation_number: Stated[str]
    address: Stated[Address]
    contact: Stated[str]
    giro: Stated[Giro]
    bank: Stated[str]
    banks: dict[str, Stated[BankProfile]]
    finance: Stated[FinanceSettings]
    invoicing: Stated[InvoiceSettings]
    attest: AttestSettings
    people: PeopleSettings

    def __post_init__(self) -> None:
        if self.bank.value not in self.banks:
            hint = suggestion(self.bank.value, self.banks)
            raise ValueError(f"Banken ”{self.bank.value}” saknas. {hint}Det finns: {', '.join(self.banks)}.")
        for stated in self.banks.values():
            if min(stated.value.longest_name, stated.value.longest_message) < 1:
                raise ValueError("En banks längsta namn eller meddelande är mindre än ett tecken.")

    @property
    def bank_profile(self) -> BankProfile:
        """How the agency's bank wants its payment files."""
        return self.banks[self.bank.value].value


def read_agency(folder: Path) -> Agency:
    """Reads the agency's settings from ``agency.toml`` in the folder of rules; raises Fault naming what is wrong."""
    file = folder / "agency.toml"
    agency = read_table(Agency, read_toml(file), str(file))
    organisation_number(agency.organisation_number.value, f"{file} organisation_number")
    postcode(agency.address.value.postcode, f"{file} address")
    return agency
