"""Personal identity numbers are read in any way of writing, found where they may not stand, and never repeated."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_numbers import CHILD, EXPECTING, MOTHER, RESERVE, STOCKHOLM, coordination, personal, ways

from statsbidrag.terms.personal_numbers import Unreadable, holds_number, read_number

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize("number", [CHILD, MOTHER, EXPECTING])
def test_every_way_of_writing_is_the_same_number(number: str) -> None:
    for way in ways(number):
        assert read_number(way, TODAY).digits == number, way
        assert holds_number(way), way
        assert holds_number(f"pnr {way} enligt uppgift"), way


def test_a_number_of_ten_with_a_plus_is_a_hundred_years_older() -> None:
    old = personal("19250101")
    assert read_number(f"{old[2:8]}+{old[8:]}", TODAY).digits == old
    assert read_number(f"{old[2:8]}-{old[8:]}", TODAY).digits == CHILD


def test_a_number_of_ten_of_a_year_that_has_not_begun_is_of_the_century_before() -> None:
    assert read_number(personal("20270101")[2:], TODAY).born == date(1927, 1, 1)


def test_kinds_and_days_of_birth_are_told_apart() -> None:
    read = [read_number(each, TODAY) for each in (CHILD, EXPECTING, RESERVE.lower(), STOCKHOLM)]
    assert [each.kind for each in read] == ["personal", "coordination", "reserve", "reserve"]
    assert [each.born for each in read] == [date(2025, 1, 1), date(1994, 3, 4), None, None]
    assert read[2].digits == RESERVE


def test_a_coordination_number_without_a_known_day_tells_none() -> None:
    assert read_number(personal("19940060"), TODAY).born is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (CHILD[:-1] + str((int(CHILD[-1]) + 1) % 10), "Kontrollsiffran"),
        (personal("20250230"), "finns inte i kalendern"),
        (personal("20251301"), "finns inte i kalendern"),
        (personal("20261201"), "framtiden"),
        ("21250101" + CHILD[8:], "Århundradet"),
        ("Karin", "inget personnummer"),
        ("2,02501E+11", "inget personnummer"),
        (CHILD[3:], "inget personnummer"),
        ("", "inget personnummer"),
    ],
)
@pytest.mark.shows("adm-16")
def test_what_is_no_number_says_why_and_not_what_it_was(text: str, says: str) -> None:
    with pytest.raises(Unreadable, match=says) as refused:
        read_number(text, TODAY)
    if text:
        assert text not in str(refused.value)
    assert refused.value.__context__ is None


@pytest.mark.shows("adm-16")
def test_a_number_never_shows_itself() -> None:
    assert CHILD not in repr(read_number(CHILD, TODAY))
    assert "2025" not in repr(read_number(CHILD, TODAY))


@pytest.mark.parametrize(
    "text",
    [
        f"se{CHILD}",
        f"{CHILD}x",
        f"_{CHILD}_",
        CHILD[:-1] + str((int(CHILD[-1]) + 1) % 10),
        "250161-99TF",
        "19121212k123",
        "20250101 tf99",
        "Mamma 19950203-9827, ringer",
        "a\x00" + CHILD + "\x00b",
    ],
)
def test_something_that_looks_like_a_number_is_found_in_any_text(text: str) -> None:
    assert holds_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ZV509",
        "2025-10-01",
        "20251001",
        "2025-10-01 10:30",
        "2025-10-01T10:30:00+02:00",
        "20251001T103000",
        "2025-10-01 - 2025-10-02",
        "20251001-20251002",
        "20251001 besök",
        "556036-0793",
        "Karla vårdcentral 1880",
        "a3f2501012384b9911c0ffee20250101",
        "jkmnprsabcdefghi",
        "1880",
    ],
)
def test_days_codes_and_pseudonyms_are_not_taken_for_one(text: str) -> None:
    assert not holds_number(text)


@given(
    st.dates(date(1927, 1, 1), TODAY),
    st.integers(980, 999),
    st.booleans(),
    st.sampled_from(range(11)),
)
def test_whatever_can_be_read_is_found(born: date, birth_number: int, is_coordination: bool, way: int) -> None:
    number = (coordination if is_coordination else personal)(born.strftime("%Y%m%d"), birth_number)
    written = ways(number)[way]
    assert read_number(written, TODAY).digits == number
    assert holds_number(written)
