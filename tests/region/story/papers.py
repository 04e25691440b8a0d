"""Papers that the region's people hold: an extract of visits, what a statement says, and a settlement's list."""

import csv
from collections.abc import Mapping
from typing import NamedTuple

from pdf_validators import pages_of
from portal.story.actor import plain

from statsbidrag.terms.kronor import grouped

_TOGETHER = "sjuksköterska från barnhälsovården|person från socialtjänsten"
# Columns as some record system calls them, some of which nobody can know; written in Windows-1252, as it does.
_HEADINGS = "Vårdcentral;Besöksdatum;Löpnummer (pseudonym);Månader gammal;Slags hembesök;Medverkande;Åtgärd;Stadsdel"
ASKED: Mapping[str, str] = {
    "Löpnummer (pseudonym)": "Barnets pseudonym",
    "Månader gammal": "Barnets ålder i hela månader",
    "Slags hembesök": "Plats i programmet",
    "Åtgärd": "KVÅ-koder",
    "Stadsdel": "Används inte",
}
_GOOD_ROWS = (
    f"Tybble vårdcentral;2025-04-07;barn-a;2;utöver det ordinarie;{_TOGETHER};ZV509;Sörbyängen – öster",
    f"Tybble vårdcentral;2025-04-08;barn-b;8;ordinarie besök;{_TOGETHER};ZV509;Sörbyängen – öster",
    f"Kumla vårdcentral;2025-04-09;barn-c;2;utöver det ordinarie;{_TOGETHER};ZV509;Åby",
)
BAD_ROWS = (
    f"Tybble vårdcentral;2025-13-40;barn-d;2;utöver det ordinarie;{_TOGETHER};ZV509;Sörbyängen – öster",
    f"Påhittade vårdcentralen;2025-04-09;barn-e;2;utöver det ordinarie;{_TOGETHER};ZV509;Åby",
    f"Kumla vårdcentral;2025-06-30;barn-f;2;utöver det ordinarie;{_TOGETHER};ZV509;Åby",
)
AN_EXTRACT = "\r\n".join([_HEADINGS, *_GOOD_ROWS, *BAD_ROWS, ""]).encode("cp1252")
WITHOUT_BAD_ROWS = "\r\n".join([_HEADINGS, *_GOOD_ROWS, ""]).encode("cp1252")


def the_same_visit_at_two_centres(child: str) -> bytes:
    """An extract where two centres have one visit, and a row is wrong."""
    rows = (
        f"{centre} vårdcentral;2025-04-15;{child};2;utöver det ordinarie;{_TOGETHER};ZV509;Åby"
        for centre in ("Tybble", "Kumla")
    )
    return "\r\n".join([_HEADINGS, *rows, BAD_ROWS[0], ""]).encode("cp1252")


class Line(NamedTuple):
    """One month of a clinic's in a settlement."""

    visits: int
    payable: int
    extended: int
    kronor_paid: int
    kronor_charged: int
    to_be_coded: int


def lines_of(listed: bytes, clinic: str) -> dict[str, Line]:
    """A clinic's months in a settlement's list, as a file of comma-separated values."""
    rows = csv.DictReader(listed.decode("utf-8-sig").splitlines())
    return {row["month"]: Line(*(int(row[name]) for name in Line._fields)) for row in rows if row["clinic"] == clinic}


def to_mend(given_back: bytes) -> list[list[str]]:
    """The rows that were given back, split as they came; which row it was and what is wrong stand after them."""
    _, *rows = csv.reader(given_back.decode("utf-8-sig").splitlines(), delimiter=";")
    return [row[:-2] for row in rows]


def amount(kronor: int) -> str:
    """An amount as a page shows it, but for the unit."""
    return plain(grouped(kronor))


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    return " ".join(pages_of(pdf))
