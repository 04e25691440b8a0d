"""Personal identity numbers made up here, with right check digits, and birth numbers so high that they are nobody's.

Reserve numbers have no check digit that holds for all of Sweden.
"""

from stdnum import luhn


def personal(day: str = "20250101", birth_number: int = 980) -> str:
    """A personal number of twelve digits."""
    nine = f"{day[2:]}{birth_number}"
    return f"{day}{birth_number}{luhn.calc_check_digit(nine)}"


def coordination(day: str = "20250101", birth_number: int = 980) -> str:
    """A coordination number of twelve digits: sixty is added to the day."""
    return personal(f"{day[:6]}{int(day[6:]) + 60}", birth_number)


CHILD = personal()
SIBLING = personal(birth_number=981)
MOTHER = personal("19950203", 982)
EXPECTING = coordination("19940304", 983)
RESERVE = "20250101TF99"
STOCKHOLM = "992025123456"


def ways(number: str) -> list[str]:
    """The ways one number is written: with and without century and sign, with spaces, dashes and other digits."""
    century, day, end = number[:2], number[2:8], number[8:]
    return [
        number,
        f"{century}{day}-{end}",
        f"{day}-{end}",
        f"{day}{end}",
        f" {day} {end} ",
        f"{century}{day} - {end}",
        f"{century}{day[:2]}-{day[2:4]}-{day[4:]}-{end}",
        f"{day}–{end}",
        f"{day}\u200b-{end}",
        f"'{number}",
        number.translate({ord("0") + digit: ord("٠") + digit for digit in range(10)}),
    ]


def survives(number: str, text: str) -> bool:
    """Tells whether a number, or only its last four signs beside its day, stands in a text in any common way."""
    plain = text.replace("-", "").replace(" ", "").upper()
    return number[2:].upper() in plain or any(way.strip() in text for way in ways(number))
