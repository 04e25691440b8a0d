"""Text for receivers that read only some characters: spelled out, never cut off."""

import unicodedata
from collections.abc import Container, Mapping

_UNREADABLE = "."
# What has no bare letter in it and is still read the same by a person.
_PLAINER = {
    **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys('‘’‚“”„«»"`´', "'"),
    "§": "par.",
    "Æ": "Ä",
    "æ": "ä",
    "Ø": "Ö",
    "ø": "ö",
}


def one_line(text: str) -> str:
    """Gives a text on one line, without the invisible characters that no file format can hold."""
    visible = (letter for letter in " ".join(text.split()) if letter.isprintable())
    return unicodedata.normalize("NFC", "".join(visible))


def spelled(text: str, letters: Container[str], spelling: Mapping[str, str]) -> str:
    """Writes a text on one line with only the letters that a receiver can read: ``é`` becomes ``e``.

    ``spelling`` is the receiver's own wish for single characters (``&`` as ``+``). Else what cannot be read is written
    plainer or without its accent, and what is still unreadable becomes a full stop, so that the loss is seen.
    """
    return "".join(_spelled(letter, letters, spelling) for letter in one_line(text))


def _spelled(letter: str, letters: Container[str], spelling: Mapping[str, str]) -> str:
    if letter in spelling:
        return spelling[letter]
    if letter in letters:
        return letter
    plainer = _PLAINER.get(letter) or unicodedata.normalize("NFKD", letter)[0]
    return plainer if all(part in letters for part in plainer) else _UNREADABLE
