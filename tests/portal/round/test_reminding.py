from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.reminders import remind
from statsbidrag.portal.models import Mail, ReceivedRequisition, Registry, ReminderRun
from statsbidrag.portal.queries.reminders import occasions, receivers
from statsbidrag.rulebook.reminders import read_reminders
from statsbidrag.terms.bank_days import bank_days_away
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.faults import Fault

YEAR = 2025
SITE = "https://statsbidrag.exempel.se/"
TEN_BEFORE = datetime(2025, 4, 11, 9, tzinfo=SWEDISH_TIME)
DAY_AFTER = datetime(2025, 4, 30, 9, tzinfo=SWEDISH_TIME)
ComesIn = Callable[..., ReceivedRequisition]


@pytest.fixture
def registries(db: None) -> None:
    """Everyone has a registry with an address that leads nowhere."""
    Registry.objects.bulk_create(
        Registry(recipient=key, email=f"registrator.{key}@exempel.se") for key in rules.recipients()
    )


def reached(key: str, today: date) -> set[str]:
    due = next(due for due in occasions(YEAR) if due.occasion.key == key)
    return {receiver.key for receiver in receivers(YEAR, due.occasion, today)}


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2025, 4, 29), -10, date(2025, 4, 11)),  # Easter takes two working days
        (date(2025, 4, 29), -3, date(2025, 4, 24)),
        (date(2025, 4, 29), 1, date(2025, 4, 30)),
        (date(2025, 4, 30), 1, date(2025, 5, 2)),  # the first of May is a holiday
        (date(2025, 4, 29), 0, date(2025, 4, 29)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays(day: date, count: int, expected: date) -> None:
    assert bank_days_away(day, count) == expected


def test_every_occasion_of_the_round_has_its_working_day_before_or_after_the_last_day() -> None:
    days = {due.key: due.day(rules.round_rules(YEAR)) for due in rules.book().reminders}
    assert days["rekvirera-10-fore"] == date(2025, 4, 11)
    assert days["komplettera-1-efter"] == date(2025, 4, 30)
    assert days["redovisa-10-fore"] == date(2026, 2, 17)
    assert all(occasion.working_days.assumption for occasion in rules.book().reminders)


@pytest.mark.shows("adm-21")
def test_who_has_requisitioned_or_abstains_is_not_reminded(opened: Visitor, comes_in: ComesIn) -> None:
    comes_in("region-01")
    comes_in("municipality-0484", amount=None, wants_more=None, abstains=True)
    found = reached("rekvirera-10-fore", TEN_BEFORE.date())
    assert found == set(rules.ceilings(YEAR)) - {"region-01", "municipality-0484"}


def test_who_has_something_to_complete_is_told_what_the_day_after_the_last_day(
    opened: Visitor, comes_in: ComesIn, registries: None
) -> None:
    comes_in("region-01")
    comes_in("municipality-0484", other_support=None)
    remind(opened, YEAR, "komplettera-1-efter", DAY_AFTER, site=SITE)
    [mail] = Mail.objects.filter(occasion="reminder")
    assert mail.to == "registrator.municipality-0484@exempel.se"
    assert "Det framgår inte om ni har beviljats annat offentligt stöd" in mail.body
    assert "senast den 9 maj 2025" in mail.body
    assert f"{SITE.rstrip('/')}{reverse('recipient_desk', args=['municipality-0484'])}" in mail.body


def test_the_registry_and_the_agent_get_one_mail_each(
    opened: Visitor, someone: Callable[..., Visitor], registries: None
) -> None:
    someone("agent", "region-01", name="Robin Regionombud (påhittad)")
    run = remind(opened, YEAR, "rekvirera-10-fore", TEN_BEFORE, site=SITE)
    own = Mail.objects.filter(recipient="region-01")
    assert own.count() == 2
    assert run.receivers == 311
    assert Mail.objects.filter(occasion="reminder").count() == 312


def test_the_mail_goes_when_the_deed_is_stored(
    opened: Visitor, comes_in: ComesIn, registries: None, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    comes_in("municipality-0484", other_support=None)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        remind(opened, YEAR, "komplettera-1-efter", DAY_AFTER, site=SITE)
    assert Mail.objects.get(occasion="reminder").sent is not None


def test_a_reminder_goes_once_an_occasion(opened: Visitor, registries: None) -> None:
    remind(opened, YEAR, "rekvirera-10-fore", TEN_BEFORE, site=SITE)
    sent = Mail.objects.count()
    with pytest.raises(Fault, match=r"skickades den 11 april 2025.*bara en gång"):
        remind(opened, YEAR, "rekvirera-10-fore", TEN_BEFORE, site=SITE)
    assert Mail.objects.count() == sent
    assert ReminderRun.objects.count() == 1


@pytest.mark.parametrize(
    ("key", "now", "why"),
    [
        ("rekvirera-3-fore", TEN_BEFORE, "ska skickas den 24 april 2025"),
        ("rekvirera-10-fore", DAY_AFTER, "har passerat"),
        ("redovisa-10-fore", DAY_AFTER, "inte utskickat"),
        ("finns-inte", DAY_AFTER, "Tillfället finns inte"),
    ],
)
def test_a_reminder_out_of_its_time_is_refused_with_the_reason(
    opened: Visitor, registries: None, key: str, now: datetime, why: str
) -> None:
    with pytest.raises(Fault, match=why):
        remind(opened, YEAR, key, now, site=SITE)
    assert not Mail.objects.exists()


def test_where_there_is_nobody_to_remind_nothing_is_sent_or_recorded(opened: Visitor, registries: None) -> None:
    with pytest.raises(Fault, match="ingen att påminna"):
        remind(opened, YEAR, "komplettera-1-efter", DAY_AFTER, site=SITE)
    assert not ReminderRun.objects.exists()


def test_a_round_that_is_not_open_reminds_nobody(published: Visitor, registries: None) -> None:
    with pytest.raises(Fault, match="inte öppnad"):
        remind(published, YEAR, "rekvirera-10-fore", TEN_BEFORE, site=SITE)
    assert not Mail.objects.exists()


def test_only_an_officer_reminds(opened: Visitor, someone: Callable[..., Visitor]) -> None:
    with pytest.raises(Refused):
        remind(someone("registrar"), YEAR, "rekvirera-10-fore", TEN_BEFORE, site=SITE)


def test_the_page_shows_who_gets_it_and_what_it_says_before_anything_is_sent(
    opened: Visitor,
    comes_in: ComesIn,
    registries: None,
    browser_of: Callable[[Visitor], Client],
    at: Callable[[datetime], None],
) -> None:
    at(TEN_BEFORE)
    Registry.objects.filter(pk="municipality-0114").update(email="")
    comes_in("region-01", at=TEN_BEFORE)
    browser, address = browser_of(opened), reverse("reminder", args=[YEAR, "rekvirera-10-fore"])
    page = browser.get(address).content.decode()
    assert "Vilka som får den: 310 mottagare" in page
    assert "Skicka till 309 mottagare" in page
    assert "1 saknar e-postadress" in page
    assert "registrator.municipality-0180@exempel.se" in page
    assert "registrator.region-01@exempel.se" not in page
    assert "Ni kan rekvirera högst" in page
    assert not Mail.objects.exists()
    assert browser.post(address, {"deed_key": "a"}).status_code == 302
    assert "Påminnelsen är skickad" in browser.get(address).content.decode()
    assert "till 309 mottagare" in browser.get(reverse("reminders", args=[YEAR])).content.decode()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ('subject = "Rekvirera senast {last_dag}"', r"Ordet {last_dag} går inte att fylla i.*Menade du ”last_day”"),
        ('subject = "Rekvirera {last_day"', "Klamrarna"),
        ('working_days = { value = 0, assumption = "Ingen." }', "hinner ingen använda"),
    ],
)
def test_a_reminder_that_cannot_be_written_is_refused_when_the_rules_are_read(
    tmp_path: Path, written: str, why: str
) -> None:
    said = {
        "key": 'key = "prov"',
        "name": 'name = "Prov"',
        "about": 'about = "requisition"',
        "to": 'to = "not heard"',
        "working_days": 'working_days = { value = -1, assumption = "Prov." }',
        "subject": 'subject = "Prov"',
        "lines": 'lines = ["Prov"]',
    }
    said[written.partition(" ")[0]] = written
    file = tmp_path / "reminders.toml"
    file.write_text("\n".join(["[[occasions]]", *said.values()]), encoding="utf-8")
    with pytest.raises(Fault, match=why):
        read_reminders(file)
