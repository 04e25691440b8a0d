"""What the tests of clinics share: the head and a nurse of Varberga, and how it gets an index value."""

from collections.abc import Callable
from typing import Any

import pytest

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal.access import Visitor
from statsbidrag.region.actions import clinics as deeds
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries.years import scheme_of


@pytest.fixture
def varberga(clinic_of: Callable[[str], tuple[Clinic, str]]) -> Clinic:
    """Varberga vårdcentral in the register of Örebro."""
    return clinic_of("Varberga")[0]


@pytest.fixture
def key(clinic_of: Callable[[str], tuple[Clinic, str]]) -> str:
    """The key that roles at Varberga are held for."""
    return clinic_of("Varberga")[1]


@pytest.fixture
def head(someone: Callable[..., Visitor], key: str) -> Visitor:
    """The head of Varberga."""
    return someone("clinic_head", key, name="Vera Verksamhetschef (påhittad)")


@pytest.fixture
def nurse(someone: Callable[..., Visitor], key: str) -> Visitor:
    """A nurse of Varberga, who fills in but does not sign."""
    return someone("clinic", key, name="Sigrid Sjuksköterska (påhittad)")


@pytest.fixture
def scheme(orebro: str) -> Scheme:
    """The scheme of Örebro 2025."""
    found = scheme_of(orebro, 2025)
    assert found
    return found


@pytest.fixture
def index(planner: Visitor, now: Any) -> Callable[..., None]:
    """Gives a clinic a value of an index: ``index(varberga, "2,31")``."""

    def add(clinic: Clinic, value: str, *, name: str = "nationellt barn-CNI", base: str = "riket") -> None:
        deeds.add_index(planner, clinic, deeds.Index(name, base, 2025, value), now)

    return add
