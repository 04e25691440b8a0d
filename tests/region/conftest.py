"""What the tests of the region's house share: both databases, people with roles there, and a year that has begun."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from statsbidrag.cycle.regional_book import RegionalPosting
from statsbidrag.portal import clock
from statsbidrag.portal.access import RoleKind, Visitor, clinic_key
from statsbidrag.portal.middleware import SESSION_KEY, visitor_of
from statsbidrag.portal.models import Person, Role
from statsbidrag.region.actions import book
from statsbidrag.region.actions.years import begin
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries.plan import VISIT_PAY
from statsbidrag.terms.dates import SWEDISH_TIME

# A day when the grant of 2025 is paid, and the year's visits go on.
AUTUMN = datetime(2025, 10, 20, 10, tzinfo=SWEDISH_TIME)
OREBRO, STOCKHOLM = "region-18", "region-01"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets every test here reach both houses' databases; those of the story only meet a service that is served."""
    here = __file__.rpartition("/")[0]
    for item in items:
        if str(item.path).startswith(f"{here}/story/"):
            continue
        if str(item.path).startswith(here) and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.django_db(databases=["default", "region"]))


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A moment in the autumn of 2025; the service's clock stands still at it."""
    monkeypatch.setattr(clock, "now", lambda: AUTUMN)
    return AUTUMN


@pytest.fixture
def someone(db: None) -> Callable[..., Visitor]:
    """Makes a person with a role: ``someone("region_planner", OREBRO)``."""

    def make(kind: RoleKind | None = None, recipient: str = "", *, name: str = "") -> Visitor:
        person = Person.objects.create(created=AUTUMN)
        person.name, person.email = name or f"Person {person.pk} (påhittad)", f"person{person.pk}@exempel.se"
        person.save()
        if kind:
            Role.objects.create(person=person, kind=kind, recipient=recipient, since=AUTUMN)
        visitor = visitor_of(person.pk)
        assert visitor is not None
        return visitor

    return make


@pytest.fixture
def planner(someone: Callable[..., Visitor]) -> Visitor:
    """A planner of Region Örebro län."""
    return someone("region_planner", OREBRO, name="Pia Planerare (påhittad)")


@pytest.fixture
def orebro(planner: Visitor, now: datetime) -> str:
    """Region Örebro län, with the year 2025 begun and its clinics in the register."""
    begin(planner, OREBRO, 2025, now)
    return OREBRO


@pytest.fixture
def stockholm(someone: Callable[..., Visitor], now: datetime) -> str:
    """Region Stockholm, with the year 2025 begun."""
    begin(someone("region_planner", STOCKHOLM), STOCKHOLM, 2025, now)
    return STOCKHOLM


@pytest.fixture
def clinic_of(orebro: str) -> Callable[[str], tuple[Clinic, str]]:
    """Gives a clinic of Örebro by the beginning of its name, and the key that roles there are held for."""

    def find(name: str) -> tuple[Clinic, str]:
        row = Clinic.objects.get(region=orebro, name__startswith=name)
        return row, clinic_key(orebro, row.number)

    return find


@pytest.fixture
def browser_of(now: datetime) -> Callable[[Visitor | None], Client]:
    """Gives a browser in which someone has signed in; None for someone who has not."""

    def open_(visitor: Visitor | None) -> Client:
        client = Client()
        if visitor is not None:
            session = client.session
            session[SESSION_KEY] = visitor.id
            session.save()
        return client

    return open_


@pytest.fixture
def karla(clinic_of: Callable[[str], tuple[Clinic, str]]) -> Clinic:
    """A health centre without fixed support."""
    return clinic_of("Karla")[0]


@pytest.fixture
def varberga(clinic_of: Callable[[str], tuple[Clinic, str]]) -> Clinic:
    """A health centre with fixed support all the year."""
    return clinic_of("Varberga")[0]


@pytest.fixture
def planned(orebro: str, now: datetime) -> str:
    """Örebro with money planned for pay per visit."""
    received = RegionalPosting("received", "", 100_000, "utbetalning 1", date(2025, 6, 2))
    plan = RegionalPosting("planned", VISIT_PAY, 50_000, "plan 1", date(2025, 6, 2))
    book.post(orebro, 2025, [received, plan], now, by="Pia Planerare (påhittad)")
    return orebro
