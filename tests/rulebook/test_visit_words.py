"""The words of record systems: each means one thing that the dictionary has, or the file is refused."""

from pathlib import Path

import pytest
from made_up_visits import BOOK

from statsbidrag.rulebook.visit_words import read_visit_words
from statsbidrag.terms.faults import Fault


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('clinic = ["vårdcentral"', 'klinik = ["vårdcentral"', "klinik: Kolumnen finns inte."),
        ('midwife = ["barnmorska"', 'midwif = ["barnmorska"', "Menade du ”midwife”"),
        ('midwife = ["barnmorska"', 'midwife = ["SSK"', "”SSK” betyder två saker"),
        ('family = ["familj"', 'family = ["datum"', "”datum” betyder två saker"),
    ],
)
def test_a_word_that_cannot_be_used_names_its_place(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (BOOK.folder / "visit_words.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "visit_words.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Fault) as refused:
        read_visit_words(path, BOOK.visit_columns)
    assert says in str(refused.value)


def test_a_profession_that_may_be_the_regions_own_is_not_taken_for_social_services() -> None:
    words = BOOK.visit_words.codes(BOOK.visit_columns)["professions"]
    assert not {"kurator", "socionom", "föräldrastödjare"} & set(words)
