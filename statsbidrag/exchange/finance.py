"""Vouchers for the agency's finance system, in the format SIE 4I (edition 4B) that Swedish finance systems read.

Every row carries its account, cost centre, appropriation item, counterparty and diary number. What is booked follows
the ledger, posting by posting, so that nothing is booked twice. Which accounts are used is the agency's own setting.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from statsbidrag.cycle.ledger import MOVES, Posting
from statsbidrag.exchange.characters import spelled
from statsbidrag.rulebook.agency import Agency, FinanceSettings
from statsbidrag.terms.bookkeeping import Account, Code, Dimension
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.parties import Recipient

# SIE says that a file is written in the PC8 characters, which are those of IBM's code page 437.
_ENCODING = "cp437"
_LETTERS = frozenset(bytes([*range(32, 127), *range(128, 255)]).decode(_ENCODING))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a row is marked with in one dimension: a cost centre, a counterparty, a diary number."""

    dimension: Dimension
    code: Code


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a voucher: kronor on an account; debit is above 0 and credit below."""

    account: Account
    kronor: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Voucher:
    """One happening, as it is booked; its rows add up to 0.

    number   within the series, never used twice
    """

    number: int
    day: date
    text: str
    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        debit = sum(row.kronor for row in self.rows if row.kronor > 0)
        credit = -sum(row.kronor for row in self.rows if row.kronor < 0)
        if debit != credit or not debit:
            why = f"Debet är {in_words(debit)} och kredit {in_words(credit)}."
            raise Fault(f"verifikation {self.number}, {self.text}", why, "Rätta raderna så att de går jämnt ut.")


@dataclass(frozen=True, slots=True)
class FinanceFile:
    """The vouchers of one hand-over, and whose books they belong to.

    made     the day that the file says it was made
    remark   a line for whoever reads the file, such as that its data is made up
    """

    company: str
    organisation_number: str
    series: str
    made: date
    vouchers: tuple[Voucher, ...]
    remark: str = ""


def vouchers_of(
    postings: Iterable[Posting],
    settings: FinanceSettings,
    recipients: Mapping[str, Recipient],
    diary_numbers: Mapping[str, str],
    *,
    first: int = 1,
) -> tuple[Voucher, ...]:
    """Books the postings of the ledger, one voucher each, numbered from ``first``; what moves no money is left out.

    ``recipients`` and ``diary_numbers`` are by the recipient's key. Raises Fault where a recipient or a diary number
    is unknown.
    """
    booked = [posting for posting in postings if posting.cause in settings.bookings]
    vouchers = []
    for number, posting in enumerate(booked, first):
        recipient, diary_number = recipients.get(posting.recipient), diary_numbers.get(posting.recipient)
        if recipient is None:
            raise Fault(posting.where, "Mottagaren är okänd.", "Rätta mottagarens kod.")
        if not diary_number:
            raise Fault(posting.where, "Diarienumret saknas.", "Diarieför ärendet innan det bokförs.")
        text = f"{MOVES[posting.cause].says.capitalize()}, {recipient.name}, {posting.reference}"
        rows = _rows(posting, settings, recipient, diary_number)
        vouchers.append(Voucher(number, posting.day, text, rows))
    return tuple(vouchers)


def voucher_file(
    agency: Agency,
    postings: Sequence[Posting],
    recipients: Mapping[str, Recipient],
    diary_numbers: Mapping[str, str],
    *,
    made: date,
    first: int = 1,
    remark: str = "",
) -> bytes:
    """Gives postings of the ledger as a SIE 4I file of the agency's, numbered from ``first``.

    ``remark`` is a line for whoever reads the file. Raises Fault as ``vouchers_of`` does.
    """
    settings = agency.finance.value
    booked = vouchers_of(postings, settings, recipients, diary_numbers, first=first)
    return write_sie(
        FinanceFile(agency.name.value, agency.organisation_number.value, settings.series, made, booked, remark)
    )


def write_sie(file: FinanceFile) -> bytes:
    """Gives the vouchers as a SIE 4I file; the same vouchers always give the same bytes.

    Raises Fault where two vouchers have the same number.
    """
    lines = [*_head(file), *_tables(file.vouchers), *_vouchers(file)]
    return "".join(f"{line}\r\n" for line in lines).encode(_ENCODING)


def _rows(posting: Posting, settings: FinanceSettings, recipient: Recipient, diary_number: str) -> tuple[Row, Row]:
    """The debit and the credit of a posting, each with all four marks."""
    dimensions = settings.dimensions
    marks = (
        Mark(dimensions.cost_centre, settings.cost_centre),
        Mark(dimensions.appropriation, settings.appropriation),
        Mark(dimensions.counterparty, Code(recipient.organisation_number, recipient.name)),
        Mark(dimensions.diary_number, Code(diary_number, diary_number)),
    )
    booking = settings.bookings[posting.cause]
    debit, credit = (settings.accounts[role][recipient.kind] for role in (booking.debit, booking.credit))
    return Row(debit, posting.kronor, marks), Row(credit, -posting.kronor, marks)


def _head(file: FinanceFile) -> Iterator[str]:
    yield "#FLAGGA 0"
    yield f"#PROGRAM {_quoted('statsbidrag')} {_quoted(version('statsbidrag'))}"
    yield "#FORMAT PC8"
    yield f"#GEN {_day(file.made)}"
    yield "#SIETYP 4"
    if file.remark:
        yield f"#PROSA {_quoted(file.remark)}"
    yield f"#ORGNR {file.organisation_number}"
    yield f"#FNAMN {_quoted(file.company)}"
    yield "#VALUTA SEK"


def _tables(vouchers: Iterable[Voucher]) -> Iterator[str]:
    """The accounts, dimensions and objects that the rows use, each once; of two names for one the first stands."""
    accounts: dict[str, str] = {}
    dimensions: dict[int, str] = {}
    objects: dict[tuple[int, str], str] = {}
    for row in (row for voucher in vouchers for row in voucher.rows):
        accounts.setdefault(row.account.number, row.account.name)
        for mark in row.marks:
            dimensions.setdefault(mark.dimension.number, mark.dimension.name)
            objects.setdefault((mark.dimension.number, mark.code.code), mark.code.name)
    for account, name in sorted(accounts.items()):
        yield f"#KONTO {account} {_quoted(name)}"
    for dimension, name in sorted(dimensions.items()):
        yield f"#DIM {dimension} {_quoted(name)}"
    for (dimension, code), name in sorted(objects.items()):
        yield f"#OBJEKT {dimension} {_quoted(code)} {_quoted(name)}"


def _vouchers(file: FinanceFile) -> Iterator[str]:
    seen: set[int] = set()
    for voucher in file.vouchers:
        if voucher.number in seen:
            where = f"verifikation {file.series} {voucher.number}"
            raise Fault(where, "Numret finns två gånger i filen.", "Ge varje verifikation ett eget nummer.")
        seen.add(voucher.number)
        yield f"#VER {_quoted(file.series)} {_quoted(str(voucher.number))} {_day(voucher.day)} {_quoted(voucher.text)}"
        yield "{"
        for row in voucher.rows:
            objects = " ".join(f"{mark.dimension.number} {_quoted(mark.code.code)}" for mark in row.marks)
            yield f"#TRANS {row.account.number} {{{objects}}} {row.kronor}.00 {_day(voucher.day)}"
        yield "}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _quoted(text: str) -> str:
    """Writes a text the way SIE wants it: in quotation marks, and quotation marks within it after a backslash."""
    plain = spelled(text, _LETTERS, {"\\": "/"}).replace('"', '\\"')
    return f'"{plain}"'
