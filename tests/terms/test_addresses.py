import pytest

from statsbidrag.terms.addresses import Address, postcode, town
from statsbidrag.terms.faults import Fault


def test_an_envelope_has_the_street_only_where_there_is_one() -> None:
    assert Address("106 30", "Stockholm").lines == ("106 30 Stockholm",)
    assert Address("123 45", "Exempelstad", "Gatan 1").lines == ("Gatan 1", "123 45 Exempelstad")


@pytest.mark.parametrize("text", ["10630", "106 30", "SE-106 30"])
def test_a_postcode_is_written_the_usual_way(text: str) -> None:
    assert postcode(text, "adressen") == "106 30"


@pytest.mark.parametrize("text", ["", "1063", "ABC DE", "00000"])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    with pytest.raises(Fault, match="postnummer"):
        postcode(text, "adressen")


def test_a_town_is_required() -> None:
    assert town(" Åmål ", "adressen") == "Åmål"
    with pytest.raises(Fault, match="Postort saknas"):
        town(" ", "adressen")
