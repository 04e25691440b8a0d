import pytest

from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Recipient, organisation_number


def test_a_recipient_is_known_by_kind_and_code_never_by_organisation_number() -> None:
    region = Recipient("region", "09", "Region Gotland", "212000-0803", "09", "Gotlands län")
    municipality = Recipient("municipality", "0980", "Region Gotland", "212000-0803", "09", "Gotlands län")
    assert region.key == "region-09"
    assert municipality.key == "municipality-0980"


def test_an_organisation_number_is_written_with_its_hyphen() -> None:
    assert organisation_number("2321000016", "rad 2") == "232100-0016"


@pytest.mark.parametrize("wrong", ["232100-0017", "", "12345", "19800101-1234x"])
def test_a_wrong_organisation_number_says_where_and_what_to_write(wrong: str) -> None:
    with pytest.raises(Fault, match="rad 2.*kontrollsiffra"):
        organisation_number(wrong, "rad 2")
