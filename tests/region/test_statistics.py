"""The region's statistics: counted as settlements count, drawn on the server, and never telling of few."""

import csv
import io
import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.test import Client
from region.made_up import visit

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor
from statsbidrag.region.models import Clinic, Offer, Visit
from statsbidrag.region.queries.settling import settled_months
from statsbidrag.region.queries.statistics import Counted, PlaceRow, Row, counted
from statsbidrag.region.queries.statistics_shown import Shown, shown, shown_offers
from statsbidrag.region.queries.years import scheme_of

ClinicOf = Callable[[str], tuple[Clinic, str]]
BrowserOf = Callable[[Visitor | None], Client]
TODAY = date(2025, 10, 20)
PAGE = "/region/region-18/2025/statistik/"


def some(clinic: Clinic, children: int, name: str, **more: object) -> None:
    """Stores visits of so many children, one each, on days from the first of September."""
    for number in range(children):
        visit(clinic, date(2025, 9, 1) + timedelta(number % 28), f"{name}{number}", **more)


def year() -> Counted:
    """Counts Örebro's year so far."""
    scheme = scheme_of("region-18", 2025)
    assert scheme is not None
    return counted(scheme, TODAY)


def told(count: Counted) -> Shown:
    """What may be shown of it, where anything may."""
    found = shown(count, rules.book().small_numbers)
    assert found is not None
    return found


def test_visits_are_counted_as_the_settlement_counts_them(orebro: str, clinic_of: ClinicOf) -> None:
    karla, varberga = clinic_of("Karla")[0], clinic_of("Varberga")[0]
    some(karla, 7, "a")
    some(karla, 3, "b", place="ordinary")
    some(varberga, 6, "c", professions="nurse")
    for twin in ("d1", "d2"):
        visit(varberga, date(2025, 9, 20), twin, family="f" * 64)
    visit(karla, date(2025, 10, 2), "old", child_months=75)
    scheme = scheme_of(orebro, 2025)
    assert scheme is not None
    months, count = settled_months(scheme, TODAY), year()
    assert (count.visits, count.extended) == (sum(m.visits for m in months), sum(m.extended for m in months)) == (18, 8)
    assert (count.children, count.two) == (19, 12)
    assert {row.name: row.visits for row in count.clinics if row.visits} == {karla.name: 11, varberga.name: 7}
    assert [(row.name, row.visits) for row in count.months if row.visits] == [("September", 17), ("Oktober", 1)]


def test_a_replaced_visit_and_another_region_are_not_counted(orebro: str, clinic_of: ClinicOf) -> None:
    some(clinic_of("Karla")[0], 6, "a")
    Visit.objects.filter(pk=Visit.objects.latest("id").pk).update(replaced=True)
    other = Clinic.objects.create(
        region="region-01", number=1, name="En annan", municipality_code="0180", municipality="Stockholm"
    )
    some(other, 9, "b")
    assert year().visits == 5


def test_a_visit_stands_at_the_place_of_its_kind_whose_age_is_reached(orebro: str, clinic_of: ClinicOf) -> None:
    karla = clinic_of("Karla")[0]
    for months, place in ((-1, "ordinary"), (5, "extra"), (5, "ordinary"), (9, "ordinary"), (30, "extra")):
        visit(karla, date(2025, 9, 3), f"{months}{place}", child_months=months, place=place)
    by_place = {row.name[:9].strip(): row.visits for row in year().places}
    assert by_place == {"1–2 vecko": 2, "2 månader": 0, "4 månader": 1, "8 månader": 1, "12 månade": 0, "15 månade": 1}


def test_planned_are_the_children_who_turned_that_age_this_year_and_done_those_who_had_the_visit(
    orebro: str, clinic_of: ClinicOf
) -> None:
    karla = clinic_of("Karla")[0]
    visit(karla, date(2025, 3, 10), "both", child_months=2)
    visit(karla, date(2025, 5, 10), "both", child_months=4)
    visit(karla, date(2025, 3, 10), "one", child_months=2)
    visit(karla, date(2025, 1, 10), "older", child_months=13, place="extra")
    rows = {row.name: (row.expected, row.done) for row in year().places}
    assert rows["2 månader"] == (2, 2)
    assert rows["4 månader"] == (2, 1)
    # The older one turned 12 months before the year, and 15 months in it, where its visit at 13 months was no such.
    assert rows["12 månader, utöver ordinarie teambesök"] == (0, 0)
    assert rows["15 månader"] == (1, 0)


def test_few_children_show_nothing_at_all(
    orebro: str, clinic_of: ClinicOf, planner: Visitor, browser_of: BrowserOf
) -> None:
    for day in range(1, 9):
        visit(clinic_of("Karla")[0], date(2025, 9, day), f"a{day % 4}")
    assert shown(year(), rules.book().small_numbers) is None
    page = browser_of(planner).get(PAGE).content.decode()
    assert "För få barn" in page
    assert "Karla" not in page.partition("<main")[2]


@pytest.mark.shows("adm-01")
def test_a_small_number_is_hidden_with_one_more_so_that_it_cannot_be_worked_out(
    orebro: str, clinic_of: ClinicOf
) -> None:
    some(clinic_of("Karla")[0], 20, "a")
    some(clinic_of("Varberga")[0], 9, "b")
    some(clinic_of("Adolfsberg")[0], 3, "c")
    found = told(year())
    rows = {row.name.split()[0]: row[1:] for row in found.clinics if row.visits != 0}
    assert rows == {"Karla": (20, 20), "Varberga": (None, None), "Adolfsbergs": (None, None)}
    assert found.visits == 32


def test_hidden_clinics_are_one_in_the_share_with_two_professions(orebro: str, clinic_of: ClinicOf) -> None:
    some(clinic_of("Karla")[0], 20, "a")
    some(clinic_of("Karla")[0], 12, "x", professions="nurse")
    some(clinic_of("Varberga")[0], 9, "b")
    some(clinic_of("Adolfsberg")[0], 3, "c", professions="nurse")
    shares = [tuple(row) for row in told(year()).shares]
    # 9 of the hidden clinics' 12 visits: 3 are without, so both rows of it are hidden.
    assert shares == [("Karla vårdcentral", None, 32), ("Övriga enheter", None, 12)]


@pytest.mark.parametrize("seed", range(200))
def test_no_hidden_number_can_be_worked_out_from_the_sum(seed: int) -> None:
    """Whoever knows every sum and all that is shown still finds at least two answers for each hidden number."""
    count = _made_up(random.Random(seed))
    found = shown(count, rules.book().small_numbers)
    if found is None:
        assert count.children in (1, 2, 3, 4)
        return
    for rows, given in ((count.clinics, found.clinics), (count.months, found.months)):
        hidden = [row.children or 0 for row, told_ in zip(rows, given, strict=True) if told_.visits is None]
        lowest = 1 if 0 not in hidden else 0
        assert not hidden or (len(hidden) > 1 and sum(hidden) > lowest * len(hidden))
        assert sum(hidden) not in (1, 2, 3, 4)
        assert not any(told_.children in (1, 2, 3, 4) for told_ in given)
    assert not {found.two, found.extended} & {1, 2, 3, 4}
    assert len([row for row in found.shares if row.two is None]) != 1
    assert not any(both in (1, 2, 3, 4) or visits - (both or 0) in (1, 2, 3, 4) for _, both, visits in found.shares)


def test_when_pseudonyms_are_dropped_visits_are_told_and_children_are_not(
    orebro: str, clinic_of: ClinicOf, planner: Visitor, browser_of: BrowserOf
) -> None:
    some(clinic_of("Karla")[0], 8, "a")
    Visit.objects.update(child="", family="")
    found = told(year())
    assert (found.visits, found.children) == (8, None)
    page = browser_of(planner).get(PAGE).content.decode()
    assert "visas inte</td>" not in page
    assert "pseudonymerna är gallrade" in page
    assert "Planerat" not in page


def test_offers_are_counted_by_the_last_word_of_each_family(
    orebro: str, clinic_of: ClinicOf, planner: Visitor, browser_of: BrowserOf, now: datetime
) -> None:
    karla = clinic_of("Karla")[0]
    some(karla, 8, "a")
    for number in range(20):
        outcomes = ("offered", "accepted") if number < 12 else ("offered", "declined")
        for outcome in outcomes:
            Offer.objects.create(
                region=orebro,
                year=2025,
                clinic=karla,
                family=f"{number:064}",
                day=TODAY,
                outcome=outcome,
                at=now,
                by="x",
            )
    table = browser_of(planner).get(f"{PAGE}erbjudanden.csv").content.decode("utf-8-sig")
    assert [row[:2] for row in csv.reader(io.StringIO(table))][1:] == [
        ["Alla erbjudna", "20"], ["Erbjudna och inget besked än", "0"],
        ["Tackat ja", "12"], ["Tackat nej", "8"], ["Avbrutet", "0"],
    ]  # fmt: skip
    planned = browser_of(planner).get(f"{PAGE}planerat.csv").content.decode("utf-8-sig")
    assert ["15 månader", "0", "0", "", ""] in [row[:5] for row in csv.reader(io.StringIO(planned))]
    small = rules.book().small_numbers
    assert shown_offers([0, 12, 3, 0], small) == ((0, None, None, 0), 15)


def test_every_diagram_has_its_table_and_its_files_and_they_hide_the_same(
    orebro: str, clinic_of: ClinicOf, planner: Visitor, browser_of: BrowserOf
) -> None:
    some(clinic_of("Karla")[0], 20, "a")
    some(clinic_of("Varberga")[0], 9, "b")
    some(clinic_of("Adolfsberg")[0], 3, "c")
    browser = browser_of(planner)
    page = browser.get(PAGE).content.decode()
    seen = _Seen()
    seen.feed(page)
    assert seen.plots == seen.tables == len(seen.files) / 2 == 5
    assert "Tal från 1 till 4 visas inte" in page
    assert "Vårt antagande" in page
    for file in seen.files:
        answer = browser.get(file)
        assert answer.status_code == 200
        if file.endswith("enheter.csv"):
            rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))}
            assert rows["Adolfsbergs vårdcentral"][:3] == ["", "", "visas inte"]
            assert rows["Karla vårdcentral"][:3] == ["20", "20", ""]
    assert browser.get(f"{PAGE}annat.csv").status_code == browser.get(f"{PAGE}enheter.pdf").status_code == 404


def test_the_page_asks_little_of_the_database(
    orebro: str, clinic_of: ClinicOf, planner: Visitor, browser_of: BrowserOf,
    django_assert_max_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    some(clinic_of("Karla")[0], 20, "a")
    browser = browser_of(planner)
    with django_assert_max_num_queries(6, using="region"):  # type: ignore[attr-defined]
        browser.get(PAGE)


class _Seen(HTMLParser):
    """Counts the diagrams, tables and files of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.plots = self.tables = 0
        self.files: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes a tag."""
        told_ = dict(attrs)
        self.plots += tag == "svg" and told_.get("class") == "plot"
        self.tables += tag == "table"
        if tag == "a" and (told_.get("href") or "").startswith(f"{PAGE}"):
            self.files += [told_["href"] or ""] if "." in (told_["href"] or "") else []


def _made_up(chance: random.Random) -> Counted:
    """A year of few children at few clinics, as they might be."""
    clinics = [chance.choice((0, 1, 1, 2, 3, 4, 6, 9, 20)) for _ in range(chance.randint(1, 6))]
    children = sum(clinics)
    months = [0] * 4
    for _ in range(children):
        months[chance.randrange(4)] += 1
    two = chance.randint(0, children)
    given = [0] * len(clinics)
    for at, number in enumerate(clinics):
        given[at] = min(number, two - sum(given))
    of_clinics = enumerate(zip(clinics, given, strict=True))
    return Counted(
        children, chance.randint(0, two), two, children,
        tuple(Row(f"Enhet {at}", number, both, number) for at, (number, both) in of_clinics),
        tuple(Row(f"Månad {at}", number, 0, number) for at, number in enumerate(months)),
        (PlaceRow("Plats", children, children, children, chance.randint(0, children)),),
    )  # fmt: skip
