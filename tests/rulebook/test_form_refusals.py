"""A form that cannot work is refused when it is read: each fault has its own words, its place and its remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from statsbidrag.cycle.form import Form
from statsbidrag.rulebook.forms import read_form
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.tables import read_library
from statsbidrag.terms.faults import Fault

LIBRARY = read_library(SHIPPED / "sources.toml", SHIPPED / "statements.csv")
SOUND = """
id = "made-up"
title = "Exempelformulär"
free_text_note = { value = "Skriv inga personuppgifter.", cites = "adm-25" }
measures = [{ id = "half", text = "Hälften", computes = "used / 2" }]

[[background]]
id = "kind"
text = "Slag"
kind = "choice"
default = "region"
options = [{ id = "region", text = "Region" }, { id = "other", text = "Annan" }]

[[background]]
id = "granted_by_decision"
text = "Enligt beslutet"
kind = "kronor"
min = 0
max = 9

[[pages]]
id = "first"
heading = "Första sidan"
opens_with = ["kind"]

[[pages.questions]]
id = "used"
text = "Använt belopp"
kind = "kronor"
min = 0
max = 1000

[[pages.questions]]
id = "unused"
text = "Oanvänt"
kind = "computed"
computes = "10 - used"

[[pages.questions]]
id = "why"
text = "Ange orsaken till att ni inte har använt hela det mottagna statsbidraget"
kind = "choices"
shown = "unused > 0"
cites = ["rap-42"]
options = [
  { id = "time", text = "Tidsbrist" },
  { id = "other", text = "Annat", input = { kind = "text", max = 50 } },
  { id = "none", text = "Inget", exclusive = true },
]

[[pages.questions]]
id = "ensured"
text = "Har ni kunnat säkerställa"
kind = "choice"
options = [{ id = "yes", text = "Ja" }, { id = "no", text = "Nej" }]
rows = [{ id = "regular", text = "regelbundet" }, { id = "adapted", text = "anpassat" }]

[[pages.questions]]
id = "comment"
text = "Kommentar"
kind = "long_text"
max = 100
shown = "ensured.regular is no"

[[checks]]
id = "enough"
level = "warning"
requires = "used > 0"
says = "Stämmer det?"
at = ["used"]

[[departures]]
at = "first"
original = "Sidan ett"
shown = "Första sidan"
why = "Ett exempel."
"""

Read = Callable[[str], Form]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def _read(text: str) -> Form:
        path = tmp_path / "made-up.toml"
        path.write_text(text, encoding="utf-8")
        return read_form(path, LIBRARY)

    return _read


def test_a_sound_form_is_read(read: Read) -> None:
    assert [field.id for field in read(SOUND).fields] == [
        "used",
        "unused",
        "why",
        "ensured.regular",
        "ensured.adapted",
        "comment",
    ]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('shown = "unused > 0"', 'shown = "unusd > 0"', "”why”: den beror på ”unusd”, som inte är någon fråga. Menade"),
        (
            'shown = "unused > 0"',
            'shown = "ensured.adapted is no"',
            "”why”: den ser framåt: den beror på ”ensured.",
        ),
        ('computes = "10 - used"', 'computes = "10 - unused"', "går i en cirkel: den beror på ”unused”. Bryt cirkeln."),
        ('computes = "10 - used"', 'computes = "count(why)"', "cirkel: den beror på ”why”, som beror på ”unused”."),
        (
            'heading = "Första sidan"',
            'heading = "Första sidan"\nshown = "used > 0"',
            "sidan ”first”: den går i en",
        ),
        ('shown = "unused > 0"', 'shown = "half > 0"', "den beror på måttet ”half”, som bara handläggaren ser."),
        (
            'shown = "ensured.regular is no"',
            'shown = "why.other is no"',
            "”why.other” är fritext och kan inte",
        ),
        ('shown = "ensured.regular is no"', 'shown = "ensured.regular is maybe"', "”maybe” är inget av alternativen i"),
        ('shown = "ensured.regular is no"', 'shown = "unused"', "regeln ”unused” är inget villkor."),
        ('computes = "10 - used"', 'computes = "used > 10"', "regeln ”used > 10” är ett villkor, inget tal."),
        ('requires = "used > 0"', 'requires = "spent > 0"', "kontrollen ”enough”: den beror på ”spent”, som inte är"),
        ('at = ["used"]', 'at = ["usedd"]', "Den pekar på ”usedd”, som inte finns. Menade du ”used”?"),
        (
            'computes = "used / 2"',
            'computes = "half / 2"',
            "måttet ”half”: den beror på ”half”, som inte",
        ),
        (
            'default = "region"',
            'default = "regin"',
            "Utgångsvärdet kan inte vara ett svar: ”regin” är",
        ),
        ("max = 1000", "max = -1", "En gräns är mindre än 0."),
        ("min = 0\nmax = 1000", "min = 10\nmax = 5", "Den minsta gränsen är större än den största."),
        ("min = 0\nmax = 1000", "min = 0", "Ett tal behöver båda gränserna."),
        ("max = 100\n", "", "En text behöver en gräns för antalet tecken"),
        ('computes = "10 - used"', 'computes = "10 - used"\nmax = 5', "Gränser finns bara för tal och texter."),
        ('kind = "computed"', 'kind = "long_text"\nmax = 9', "Bara ett värde som räknas ut har en regel"),
        ("max = 1000", 'max = 1000\nformat = "email"', "Bara en text på en rad har ett format."),
        ("max = 1000", "max = 1000\nmaxx = 5", "pages[1] questions[1]: Okänd uppgift ”maxx”. Menade du ”max”?"),
        ("max = 1000", 'max = "1000"', "Värdet ”1000” har fel slag. Här ska det stå ett heltal."),
        (
            'kind = "kronor"\nmin = 0\nmax = 1000',
            'kind = "krona"',
            "”krona” går inte att välja här. Menade du",
        ),
        ('kind = "kronor"\nmin = 0\nmax = 1000', "", "”used”: Slaget (kind) saknas."),
        (
            '{ id = "no", text = "Nej" }',
            '{ id = "no", text = "Nej", exclusive = true }',
            "I ett enkelval utesluter",
        ),
        ('text = "Annat", input', 'text = "Annat", exclusive = true, input', "utesluter andra och har ett eget fält."),
        (', { id = "no", text = "Nej" }]', "]", "Svarsalternativen passar inte frågans slag."),
        ('{ id = "no", text = "Nej" }', '{ id = "yes", text = "Nej" }', "Alternativet ”yes” finns två gånger."),
        ('id = "comment"', 'id = "used"', "Namnet ”used” används två gånger."),
        ('id = "comment"', 'id = "kind"', "Namnet ”kind” används två gånger."),
        ('id = "adapted"', 'id = "regular"', "Namnet ”ensured.regular” används två gånger."),
        ('id = "comment"', 'id = "Comment"', "Namnet ”Comment” går inte att använda i en regel."),
        ('id = "comment"', 'id = "count"', "”count” är ett ord i regelspråket."),
        ('opens_with = ["kind"]', 'opens_with = ["knd"]', "sidan ”first”: Bakgrundsvärdet ”knd” finns inte. Menade du"),
        (
            "hela det mottagna",
            "det mottagna",
            "”why”: Orden i rap-42 saknas: ”Ange orsaken till",
        ),
        ('cites = ["rap-42"]', 'cites = ["rap-420"]', "Satsen ”rap-420” finns inte. Menade du ”rap-42”?"),
        ('shown = "Första sidan"', 'shown = "Andra sidan"', "avvikelsen vid ”first”: Där står inte ”Andra sidan”."),
        ('at = "first"', 'at = "frst"', "Platsen finns inte i formuläret. Menade du ”first”?"),
        ('id = "made-up"', 'id = "other"', "Formulärets id ”other” är inte filens namn."),
        ('title = "Exempelformulär"', "", "Uppgiften ”title” saknas."),
        ('title = "Exempelformulär"', "title = ", "rad 3, tecken 9: Här går filen inte att läsa som TOML"),
    ],
)
def test_each_fault_has_its_own_message(read: Read, old: str, new: str, says: str) -> None:
    assert old in SOUND
    with pytest.raises(Fault) as raised:
        read(SOUND.replace(old, new, 1))
    assert says in str(raised.value)
    assert "made-up.toml" in raised.value.where


@pytest.mark.parametrize(
    ("prefill", "says"),
    [
        ('level = "locked"', "Ett låst svar kommer från ett bakgrundsvärde"),
        ('level = "value", background = "kind"', "Ett låst svar kommer från ett bakgrundsvärde"),
        ('level = "locked", background = "knd"', "Bakgrundsvärdet ”knd” finns inte. Menade du ”kind”"),
        ('level = "locked", background = "kind"', "Bakgrundsvärdet ”kind” är av ett annat slag."),
    ],
)
def test_a_locked_answer_comes_from_a_background_value_of_its_own_kind(read: Read, prefill: str, says: str) -> None:
    filled = f'max = 1000\nprefill = {{ source = "decision", query = "Beslutet", {prefill} }}'
    with pytest.raises(Fault, match=says):
        read(SOUND.replace("max = 1000", filled, 1))


def test_a_matrix_has_no_fields_of_its_own_in_its_options(read: Read) -> None:
    with pytest.raises(Fault, match="En matris är ett enkelval utan egna fält."):
        read(SOUND.replace('text = "Nej" }]', 'text = "Nej", input = { kind = "text", max = 5 } }]', 1))


def test_a_question_is_a_group_or_a_field_and_not_both(read: Read) -> None:
    fields = 'max = 1000\nfields = [{ id = "part", text = "Del", kind = "text", max = 5 }]'
    with pytest.raises(Fault, match="Frågan har både egna fält och ett slag."):
        read(SOUND.replace("max = 1000", fields, 1))


def test_a_tick_has_one_option(read: Read) -> None:
    with pytest.raises(Fault, match="En kryssruta har bara ett svarsalternativ."):
        read(SOUND.replace('kind = "choices"', 'kind = "tick"', 1))
