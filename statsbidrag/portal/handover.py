"""What is handed over to the finance system or the bank: the payment basis, the vouchers and, if wanted, pain.001."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.conf import settings as installation
from stdnum.se import postnummer

from statsbidrag.cycle.ledger import Posting
from statsbidrag.exchange.bank.batch import Payment as BankPayment
from statsbidrag.exchange.bank.batch import PaymentBatch as BankBatch
from statsbidrag.exchange.bank.batch import debtor_of
from statsbidrag.exchange.bank.pain001 import write_pain001
from statsbidrag.exchange.finance import voucher_file
from statsbidrag.exchange.tables import Cell, Column, Table
from statsbidrag.portal import models, rules
from statsbidrag.portal.lists import list_papers
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.vouchers import diary_numbers
from statsbidrag.rulebook.agency import FinanceSettings
from statsbidrag.terms.giro import read_giro
from statsbidrag.terms.kronor import in_words
from statsbidrag.terms.made_up import MADE_UP

ABOUT_BATCH, ABOUT_VOUCHERS = "payment file", "vouchers"
_POSTCODE_LENGTH = 6
_COLUMNS = (
    Column("reference", "Referens"),
    Column("recipient", "Kod"),
    Column("name", "Mottagare"),
    Column("organisation_number", "Organisationsnummer"),
    Column("diary_number", "Dnr"),
    Column("giro", "Giro"),
    Column("kronor", "Belopp (kr)", "kronor"),
    Column("day", "Utbetalningsdag", "date"),
    Column("account", "Konto"),
    Column("cost_centre", "Kostnadsställe"),
    Column("appropriation", "Anslagspost"),
)


def batch_papers(batch: models.PaymentBatch) -> Iterator[Paper]:
    """Gives the files of a batch: the list of its payments and, where every postal address is known, pain.001.

    They are made from what is stored, once; from then on they lie in the diary and are only fetched.
    """
    rows = list(batch.payments.select_related("decision__case").order_by("id"))
    name = batch_name(batch.year, batch.number)
    yield from list_papers(_basis(batch, rows), name, ABOUT_BATCH, batch.day)
    bank_batch = _bank_batch(batch, rows)
    if bank_batch:
        content = write_pain001(bank_batch, rules.book().agency.bank_profile)
        yield _own(ABOUT_BATCH, f"Betalningsfil {batch.message_id} (pain.001)", f"{name}.xml", content)


def voucher_paper(year: int, postings: Sequence[Posting], first: int, made: date) -> Paper:
    """Gives vouchers as a file for the finance system (SIE 4I)."""
    last = first + len(postings) - 1
    content = vouchers(year, postings, first, made)
    return _own(ABOUT_VOUCHERS, f"Verifikationer {first}–{last} (SIE 4I)", f"{voucher_name(year, first)}.si", content)


def vouchers(year: int, postings: Sequence[Posting], first: int, made: date) -> bytes:
    """Gives postings of the ledger as SIE 4I, numbered from ``first``; the same postings give the same bytes."""
    book = rules.book()
    return voucher_file(
        book.agency, postings, rules.recipients(), diary_numbers(year), made=made, first=first, remark=_remark()
    )


def batch_name(year: int, number: int) -> str:
    """Gives the name that the files of a batch have, without their ending."""
    return f"utbetalning-{year}-{number}"


def voucher_name(year: int, first: int) -> str:
    """Gives the name of a file of vouchers, without its ending."""
    return f"verifikationer-{year}-{first}"


def _own(about: str, matter: str, name: str, content: bytes) -> Paper:
    mime = "application/xml" if name.endswith(".xml") else "text/plain; charset=cp437"
    return Paper("own", about, rules.book().agency.name.value, matter, name, content, mime)


def _remark() -> str:
    return MADE_UP if installation.DEMONSTRATION else ""


def _basis(batch: models.PaymentBatch, rows: Sequence[models.Payment]) -> Table:
    """The payment basis: what to pay to whom, on which account and under which diary number."""
    settings = rules.book().agency.finance.value
    about = (
        ("Fil", batch.message_id),
        ("Antal betalningar", str(len(rows))),
        ("Summa", in_words(sum(row.kronor for row in rows))),
        ("Svar", "Läs tillbaka läget med referensen i första kolumnen."),
    )
    lines = tuple(_line(batch, row, settings) for row in rows)
    return Table(f"Utbetalning {batch.number}, {batch.year}", _COLUMNS, lines, about)


def _line(batch: models.PaymentBatch, row: models.Payment, settings: FinanceSettings) -> tuple[Cell, ...]:
    party = rules.recipients()[row.recipient]
    account = settings.accounts[settings.bookings["paid"].debit][party.kind]
    return (
        row.reference,
        row.recipient,
        party.name,
        party.organisation_number,
        row.decision.case.number,
        row.giro,
        row.kronor,
        batch.day,
        account.number,
        settings.cost_centre.code,
        settings.appropriation.code,
    )


def _bank_batch(batch: models.PaymentBatch, rows: Sequence[models.Payment]) -> BankBatch | None:
    """The batch as the bank wants it; None where a recipient's postcode and town are not known."""
    known = dict(models.Registry.objects.values_list("recipient", "lines"))
    places = {row.recipient: _place(known.get(row.recipient, [])) for row in rows}
    if not all(places.values()):
        return None
    debtor = debtor_of(rules.book().agency)
    return BankBatch(
        batch.message_id, batch.prepared, batch.day, debtor, tuple(_bank_payment(row, places) for row in rows)
    )


def _bank_payment(row: models.Payment, places: Mapping[str, tuple[str, str] | None]) -> BankPayment:
    party = rules.recipients()[row.recipient]
    postcode, town = places[row.recipient] or ("", "")
    text = " ".join((f"Statsbidrag {row.decision.year}, dnr {row.decision.case.number}.", _remark())).rstrip()
    giro = read_giro(row.giro, f"utbetalning {row.reference}")
    return BankPayment(
        reference=row.reference,
        name=party.name,
        organisation_number=party.organisation_number,
        postcode=postcode,
        town=town,
        giro=giro,
        kronor=row.kronor,
        text=text,
    )


def _place(lines: Sequence[str]) -> tuple[str, str] | None:
    """The postcode and the town in the last line of an address: ``111 11 Exempelstad``."""
    line = lines[-1].strip() if lines else ""
    postcode, town = line[:_POSTCODE_LENGTH].strip(), line[_POSTCODE_LENGTH:].strip()
    return (postcode, town) if town and postnummer.is_valid(postcode) else None
