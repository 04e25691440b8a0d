import datetime
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pytest

from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class Part:
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    last_day: Stated[datetime.date]
    share: Fraction
    kind: Literal["region", "municipality"]
    names: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    most: int | None = None
    note: str = ""
    by_kind: dict[str, int] = field(default_factory=dict)


STATED = {"value": datetime.date(2025, 4, 29), "cites": "anv-34", "quote": "senast den 29 april 2025"}
WHOLE: dict[str, Any] = {"last_day": STATED, "share": "2.7 %", "kind": "region"}


def test_a_table_becomes_a_frozen_value_with_exact_shares() -> None:
    section = read_table(Section, WHOLE | {"parts": [{"name": "a"}], "most": 5, "by_kind": {"x": 1}}, "f.toml")
    assert section.last_day.value == datetime.date(2025, 4, 29)
    assert section.share == Fraction(27, 1000)
    assert section.parts == (Part("a"),)
    assert section.most == 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"last_dya": 1}, "Okänd uppgift ”last_dya”. Menade du ”last_day”?"),
        ({"kind": "regoin"}, "”regoin” går inte att välja här. Menade du ”region”?"),
        ({"last_day": datetime.date(2025, 4, 29)}, "saknar grund"),
        ({"last_day": {"value": datetime.date(2025, 4, 29)}}, "antingen en källa eller ett antagande"),
        ({"last_day": STATED | {"assumption": "x"}}, "antingen en källa eller ett antagande"),
        ({"last_day": STATED | {"value": "29 april"}}, "Här ska det stå ett datum"),
        ({"last_day": STATED | {"value": datetime.datetime(2025, 4, 29, tzinfo=datetime.UTC)}}, "ett datum"),
        ({"share": 0.027}, "inte ett exakt tal"),
        ({"share": "1/0"}, "inte ett exakt tal"),
        ({"share": "1e9999999999"}, "inte ett exakt tal"),
        ({"most": True}, "ett heltal"),
        ({"names": "a"}, "en lista"),
        ({"parts": [{"name": 1}]}, r"parts\[1\] name.*en text"),
        ({"parts": ["a"]}, r"parts\[1\].*en tabell"),
        ({"by_kind": 3}, "en tabell"),
        ({"parts": [{"name": " "}]}, r"parts\[1\] name: Texten är tom"),
        ({"parts": [{"name": "a\x00b"}]}, r"parts\[1\] name.*styrtecken"),
        ({"names": [""]}, r"names\[1\]: Texten är tom"),
        ({"note": " "}, "note: Texten är tom"),
    ],
)
def test_each_fault_names_place_reason_and_remedy(change: dict[str, Any], says: str) -> None:
    with pytest.raises(Fault, match=f"f.toml.*{says}".replace("?", r"\?")):
        read_table(Section, WHOLE | change, "f.toml")


def test_a_missing_key_is_named() -> None:
    with pytest.raises(Fault, match="”share” saknas"):
        read_table(Section, {"last_day": STATED, "kind": "region"}, "f.toml")


def test_a_file_that_is_missing_in_latin_1_or_not_toml_says_so(tmp_path: Path) -> None:
    wrong, latin = tmp_path / "wrong.toml", tmp_path / "latin.toml"
    wrong.write_text("a = \nb", encoding="utf-8")
    latin.write_text('a = "å"', encoding="latin-1")
    for path, says in [(tmp_path / "none.toml", "finns inte"), (wrong, "rad 1, tecken 5"), (latin, "UTF-8")]:
        with pytest.raises(Fault, match=says):
            read_toml(path)


@pytest.mark.parametrize("content", ["a = " + "9" * 5000, "a = " + "[" * 100_000, "a = 2025-02-30", "a = 1\na = 2"])
def test_a_number_a_nesting_or_a_day_that_cannot_be_is_a_fault_of_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "f.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Fault, match="går filen inte att läsa som TOML"):
        read_toml(path)


def test_a_folder_or_an_impossible_name_in_place_of_a_file_says_so(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "a\x00b", tmp_path / ("9" * 400)):
        with pytest.raises(Fault, match="Filen går inte att läsa"):
            read_toml(path)


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    path = tmp_path / "f.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = 2\r\n")
    assert read_toml(path) == {"a": 1, "b": 2}


def test_a_text_that_may_be_left_out_may_also_be_empty() -> None:
    assert read_table(Section, WHOLE | {"note": ""}, "f.toml").note == ""
