"""Who takes part: the regions and municipalities that may receive the grant, and what identifies them.

A recipient is a kind and a code: 21 regions and 290 municipalities, 311 lines in the list. They are 310 legal
persons, since Gotland is one and has two lines, so nothing is ever matched by organisation number alone.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from stdnum.se import orgnr

from statsbidrag.terms.faults import Fault

Kind = Literal["region", "municipality"]
KINDS: tuple[Kind, ...] = ("region", "municipality")
IN_SWEDISH: dict[Kind, str] = {"region": "region", "municipality": "kommun"}


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """A region or municipality as it stands in the list.

    key                   what identifies it everywhere: ``region-01``, ``municipality-0180``
    organisation_number   ten digits with a hyphen, check digit right
    county_code           the county (län); a region's municipalities share it
    """

    kind: Kind
    code: str
    name: str
    organisation_number: str
    county_code: str
    county: str

    @property
    def key(self) -> str:
        """The kind and the code, which never change and are never shared."""
        return f"{self.kind}-{self.code}"


@lru_cache(maxsize=1024)  # the recipients' own are looked at in every request about a report
def organisation_number(text: str, where: str) -> str:
    """Checks an organisation number and writes it the usual way: ``232100-0016``.

    Raises Fault where it is not ten digits with a right check digit.
    """
    if not orgnr.is_valid(text):
        raise Fault(
            where,
            f"”{text}” är inte ett organisationsnummer.",
            "Skriv tio siffror, till exempel 232100-0016; den sista är en kontrollsiffra.",
        )
    return str(orgnr.format(text))
