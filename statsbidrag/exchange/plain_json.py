"""Reads JSON from outside: every number exactly, every name once, and a fault at its line where it cannot be read."""

import json
from decimal import Decimal

from statsbidrag.terms.faults import Fault


def read_json(content: bytes, where: str, remedy: str) -> object:
    """Gives what the file says, with or without a byte order mark; a number is an int or a Decimal, never inexact.

    Raises Fault, with the line where there is one, for what is not JSON in UTF-8, for a name that stands twice in the
    same object, and for a word that is no number (NaN).
    """

    def once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in pairs]
        for name in names if len(set(names)) < len(names) else ():
            if names.count(name) > 1:
                raise Fault(where, f"Namnet ”{name}” står två gånger.", remedy)
        return dict(pairs)

    def no_number(word: str) -> None:
        raise Fault(where, f"”{word}” är inget tal.", remedy)

    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_float=Decimal, parse_constant=no_number, object_pairs_hook=once_each)
    except UnicodeDecodeError:
        raise Fault(where, "Filen är inte skriven i teckenkodningen UTF-8.", remedy) from None
    except json.JSONDecodeError as error:
        place = f"{where}, rad {error.lineno}, tecken {error.colno}"
        raise Fault(place, "Här går filen inte att läsa som JSON.", remedy) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists within lists without end
        raise Fault(where, "Filen går inte att läsa som JSON.", remedy) from None
