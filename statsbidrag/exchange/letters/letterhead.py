"""What every letter has: who writes, to whom, about which grant, under which numbers, on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from statsbidrag.rulebook.agency import Agency
from statsbidrag.rulebook.law import Law

Kronor = Annotated[int, "kronor"]
Count = Annotated[int, "count"]


@dataclass(frozen=True, slots=True)
class Sender:
    """The agency that writes, in words only.

    address    the lines of its postal address
    contact    where questions go: an e-mail address, a telephone number or a function
    """

    name: str
    address: tuple[str, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """The region or municipality that the letter goes to, at its registry (registratur).

    address    the lines of its postal address, the registry first
    """

    name: str
    organisation_number: str
    address: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the top of a letter, and what it is about.

    our_number         the diary number (dnr) of the case
    document_number    the document's running number within the case
    your_number        the recipient's own diary number, or empty where it has given none
    recipient          None for a letter to everyone, such as the reading copy of a form
    copies             who else gets to know, such as the agent (ombud)
    made_up            True in the demonstration: every page then says that nothing in it is real
    """

    sender: Sender
    recipient: Addressee | None
    law: Law
    year: int
    dated: date
    our_number: str
    document_number: int
    your_number: str = ""
    copies: tuple[str, ...] = ()
    made_up: bool = False

    @property
    def day(self) -> tuple[int, ...]:
        """The date in figures, for the file's own date."""
        return self.dated.year, self.dated.month, self.dated.day


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of any kind; ``template`` names the file that it is set with."""

    template: ClassVar[str]
    head: Letterhead


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier letter that this one refers to, replaces or follows from."""

    our_number: str
    document_number: int
    dated: date


def sender_of(agency: Agency) -> Sender:
    """Gives the agency as the one who writes."""
    return Sender(agency.name.value, agency.address.value.lines, agency.contact.value)
