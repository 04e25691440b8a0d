"""Keyed pseudonyms: the same person always gets the same one, and nobody without the key can tell whose it is."""

import hmac
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from statsbidrag.cycle.pseudonyms import PseudonymRules
from statsbidrag.exchange.text_files import open_text
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.personal_numbers import Unreadable, read_number

KEY_VARIABLE = "STATSBIDRAG_PSEUDONYM_KEY"
EARLIER, NOW = "earlier", "now"

# Another use of the same key gives other pseudonyms.
_PURPOSE = b"statsbidrag visits 1\n"
_MARK = b"statsbidrag key mark 1\n"
_BYTES = 16
_MARK_BYTES = 4
_FEWEST_SIGNS = 10
# Sixteen letters and no digit: so a pseudonym can never be taken for a personal number.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijkmnprs")
_MAKE_ONE = (
    'Skapa en med: python3 -c "import secrets; print(secrets.token_hex(32))". Spara den där bara regionen når den.'
)


class PseudonymKey:
    """The region's secret, which is never shown: it makes pseudonyms with HMAC-SHA-256."""

    def __init__(self, secret: str, rules: PseudonymRules) -> None:
        """Raises Fault where there is no key, or one that could be guessed."""
        secret = secret.strip()
        if not secret:
            raise Fault(KEY_VARIABLE, "Nyckeln saknas. Den läses bara ur miljövariabeln.", _MAKE_ONE)
        shortest = rules.shortest_key.value
        if len(secret) < shortest or len(set(secret)) < _FEWEST_SIGNS:
            why = f"Nyckeln är för lätt att gissa: den ska ha minst {shortest} tecken, valda av slumpen."
            raise Fault(KEY_VARIABLE, why, _MAKE_ONE)
        self._secret = secret.encode()

    def pseudonym(self, digits: str) -> str:
        """Gives the pseudonym of a number written as ``PersonalNumber.digits``: 32 letters."""
        return self._of(_PURPOSE + digits.encode(), _BYTES)

    def expected(self, digits: str) -> str:
        """Gives the pseudonym of a child that is not born, from a number in its family: it has none of its own yet."""
        return self._of(_PURPOSE + b"expected " + digits.encode(), _BYTES)

    @property
    def mark(self) -> str:
        """Eight letters that are the same as long as the key is, and tell nothing of it."""
        return self._of(_MARK, _MARK_BYTES)

    def _of(self, message: bytes, length: int) -> str:
        return hmac.digest(self._secret, message, "sha256")[:length].hex().translate(_LETTERS)


def read_same(path: Path, today: date) -> Mapping[str, str]:
    """Reads which numbers belong to one person: an earlier number → the one that the person has now.

    The file is a CSV with the columns ``earlier`` and ``now``; a person may have had several, one after the other.
    Raises Fault naming the row, never the number.
    """
    file = open_text(path)
    if set(file.headings) != {EARLIER, NOW}:
        raise Fault(str(path), "Filen ska ha två kolumner.", f"Kalla dem {EARLIER} och {NOW}.")
    place, later, faults = file.headings.index(EARLIER), dict[str, str](), list[Fault]()
    for number, row in file.rows():
        try:
            earlier, now = (read_number(row[at], today).digits for at in (place, 1 - place))
        except (Unreadable, IndexError) as error:
            why = str(error) if isinstance(error, Unreadable) else "Raden har för få värden."
            faults.append(Fault(f"{path}, rad {number}", why, "Rätta raden."))
            continue
        if later.setdefault(earlier, now) != now:
            faults.append(Fault(f"{path}, rad {number}", "Numret hör till två olika nummer.", "Ta bort det ena."))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    return {earlier: _latest(earlier, later, path) for earlier in later}


def rekeyed(same: Mapping[str, str], key: PseudonymKey) -> Iterator[tuple[str, str]]:
    """Gives the pseudonyms that were uploaded before and those that take their place, for each earlier number."""
    pairs = (
        (made(earlier), made(now))
        for earlier, now in same.items()
        for made in (key.pseudonym, key.expected)
        if earlier != now
    )
    yield from sorted(pairs)


def _latest(earlier: str, later: Mapping[str, str], path: Path) -> str:
    seen, now = {earlier}, later[earlier]
    while now in later and later[now] != now:
        if now in seen:
            raise Fault(str(path), "Några nummer pekar på varandra i en ring.", "Ange vilket nummer som gäller nu.")
        seen.add(now)
        now = later[now]
    return now
