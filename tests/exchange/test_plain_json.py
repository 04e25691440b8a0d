from decimal import Decimal

import pytest

from statsbidrag.exchange.plain_json import read_json
from statsbidrag.terms.faults import Fault


def test_numbers_are_exact_and_a_byte_order_mark_is_passed_over() -> None:
    assert read_json("\ufeff[1, 0.1]".encode(), "f.json", "Rätta.") == [1, Decimal("0.1")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "f.json, rad 1, tecken 1: Här går filen inte att läsa som JSON."),
        (b'{"a": 1,\n}', "f.json, rad 2, tecken 1: Här går filen inte att läsa som JSON."),
        (b'{"b": {"a": 1, "a": 2}}', "f.json: Namnet ”a” står två gånger."),
        (b"[NaN]", "f.json: ”NaN” är inget tal."),
        (b"[" * 100_000, "f.json: Filen går inte att läsa som JSON."),
        (b"9" * 5000, "f.json: Filen går inte att läsa som JSON."),
        ("å".encode("latin-1"), "f.json: Filen är inte skriven i teckenkodningen UTF-8."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(content: bytes, says: str) -> None:
    with pytest.raises(Fault) as refused:
        read_json(content, "f.json", "Rätta.")
    assert str(refused.value) == f"{says} Rätta."
