"""The desk that the papers are made at: what was played, who writes, and the number of every document in its case."""

from dataclasses import dataclass, field
from datetime import date

from statsbidrag.exchange.letters.letterhead import Addressee, Letter, Letterhead, Reference, Sender, sender_of
from statsbidrag.exchange.spreadsheet import as_xlsx
from statsbidrag.exchange.tables import Table, as_csv
from statsbidrag.play.distributing import Distributed
from statsbidrag.play.giving import Giving
from statsbidrag.play.returning import Returning
from statsbidrag.play.stage import Stage
from statsbidrag.play.using import Using
from statsbidrag.rulebook.agency import Agency
from statsbidrag.rulebook.law import Law
from statsbidrag.terms.addresses import Address
from statsbidrag.terms.made_up import MADE_UP

# Every recipient's in the play; a town made of its name would look like a real address, and a wrong one.
ADDRESS = Address("111 11", "Exempelstad", "Exempelgatan 1 (påhittad adress)")
Paper = tuple[str, bytes | Letter]


@dataclass(frozen=True)
class Desk:
    """Everything that the papers of a round are made from; documents are numbered in the order they are made."""

    stage: Stage
    giving: Giving
    distributed: tuple[Distributed, ...]
    using: Using
    returning: Returning
    _documents: dict[str, dict[str, Reference]] = field(default_factory=dict)

    @property
    def agency(self) -> Agency:
        """The agency's own settings."""
        return self.stage.book.agency

    @property
    def law(self) -> Law:
        """The words of the law that the round rests on."""
        return self.stage.law

    def head(self, recipient: str, what: str, dated: date, *, copy_to_agent: bool = True) -> Letterhead:
        """The top of a letter to a recipient's registry; the letter is entered in its case as ``what``."""
        number = self.enter(recipient, what, dated)
        party = self.stage.recipients[recipient]
        return Letterhead(
            sender=self.sender,
            recipient=Addressee(party.name, party.organisation_number, ("Registrator", *ADDRESS.lines)),
            law=self.law,
            year=self.stage.year,
            dated=dated,
            our_number=number.our_number,
            document_number=number.document_number,
            copies=("Ombudet",) if copy_to_agent else (),
            made_up=True,
        )

    def common_head(self, recipient: Addressee | None, dated: date) -> Letterhead:
        """The top of a letter that belongs to the round and not to one recipient's case."""
        return Letterhead(
            self.sender, recipient, self.law, self.stage.year, dated, self._common_number, 1, made_up=True
        )

    def enter(self, recipient: str, what: str, dated: date) -> Reference:
        """Gives a document its running number in the recipient's case, coming in or going out."""
        case = self._documents.setdefault(recipient, {})
        case[what] = Reference(self.stage.diary_number(recipient), len(case) + 1, dated)
        return case[what]

    def entered(self, recipient: str, what: str) -> Reference:
        """The document that was entered in the recipient's case as ``what``."""
        return self._documents[recipient][what]

    def list_papers(self, name: str, table: Table, created: date) -> list[Paper]:
        """A list both as open data and as a workbook, saying that it is made up."""
        about = Table(table.title, table.columns, table.rows, (("Obs", MADE_UP), *table.about))
        return [(f"{name}.csv", as_csv(table)), (f"{name}.xlsx", as_xlsx(about, created=created))]

    @property
    def sender(self) -> Sender:
        """The agency as the one who writes."""
        return sender_of(self.agency)

    @property
    def _common_number(self) -> str:
        return f"9.1-10000/{self.stage.year}"
