"""Postal addresses: postcode and town, which banks and invoices want apart."""

from dataclasses import dataclass

from stdnum.se import postnummer

from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in Sweden; an agency with a postcode of its own has no street."""

    postcode: str
    town: str
    street: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines to write on an envelope, below the name."""
        place = f"{self.postcode} {self.town}"
        return (self.street, place) if self.street else (place,)


def postcode(text: str, where: str) -> str:
    """Checks a Swedish postcode and writes it the usual way: ``106 30``. Raises Fault where it is not one."""
    if not postnummer.is_valid(text):
        raise Fault(where, f"”{text}” är inte ett postnummer.", "Skriv fem siffror, till exempel 106 30.")
    return str(postnummer.format(text))


def town(text: str, where: str) -> str:
    """Checks that there is a town; banks send no payment without one. Raises Fault where it is empty."""
    if not text.strip():
        raise Fault(where, "Postort saknas.", "Ange mottagarens postort.")
    return text.strip()
