"""A new installation gets its first administrator by command, and only its first."""

from collections.abc import Callable
from datetime import datetime

import pytest
from portal.conftest import seen_anew

from statsbidrag.portal.access import Visitor, may
from statsbidrag.portal.actions.appointing import appoint_first
from statsbidrag.terms.faults import Fault


def test_someone_who_has_signed_in_becomes_the_first_administrator(
    someone: Callable[..., Visitor], now: datetime
) -> None:
    person = someone(name="Sixten System (påhittad)")
    appoint_first("Sixten System (påhittad)", now)
    assert may(seen_anew(person.id), "administer")


def test_there_is_only_one_first_administrator(someone: Callable[..., Visitor], now: datetime) -> None:
    someone("administrator")
    someone(name="Ny (påhittad)")
    with pytest.raises(Fault, match="redan"):
        appoint_first("Ny (påhittad)", now)


@pytest.mark.parametrize("names", [(), ("Två (påhittad)", "Två (påhittad)")])
def test_a_name_that_nobody_or_several_have_appoints_nobody(
    names: tuple[str, ...], someone: Callable[..., Visitor], now: datetime
) -> None:
    for name in names:
        someone(name=name)
    with pytest.raises(Fault, match="har loggat in"):
        appoint_first("Två (påhittad)", now)
