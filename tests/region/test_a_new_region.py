"""A new region is one file and no code: the file of docs/a-new-region.md, as it stands on that page."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from region.made_up import visit

from statsbidrag.portal import rules
from statsbidrag.portal.access import Visitor, clinic_key
from statsbidrag.region.actions.settling import settle
from statsbidrag.region.actions.years import begin
from statsbidrag.region.models import Clinic
from statsbidrag.region.queries import years
from statsbidrag.region.queries.settlements import lines_of
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.places import SHIPPED

PAGE = Path(__file__).parents[2] / "docs" / "a-new-region.md"
VARMLAND = "region-17"
_READ_ONCE = (rules.book, years.schemes, years.scheme_named)


@pytest.fixture
def varmland(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The service with the page's file among its rules, and nothing else changed."""
    folder = tmp_path / "rules"
    shutil.copytree(SHIPPED, folder)
    [file] = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    (folder / "schemes" / "varmland-2025.toml").write_text(file, encoding="utf-8")
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, rules=folder))
    for read in _READ_ONCE:
        read.cache_clear()
    yield VARMLAND
    monkeypatch.undo()
    for read in _READ_ONCE:
        read.cache_clear()


def test_its_file_is_read_and_its_assumptions_are_told(varmland: str) -> None:
    scheme = Rulebook(settings.ENVIRONMENT.rules).scheme("varmland-2025")
    assert (scheme.region, scheme.programme.extra.value) == (varmland, 2)


def test_it_settles_its_visits_by_its_own_rates(varmland: str, someone: Callable[..., Visitor], now: datetime) -> None:
    planner = someone("region_planner", varmland)
    begin(planner, varmland, 2025, now)
    clinic = Clinic.objects.create(
        region=varmland, number=1, name="Exempel BVC (påhittad)", municipality_code="1780", municipality="Karlstad"
    )
    visit(clinic, date(2025, 3, 3), "a")
    visit(clinic, date(2025, 3, 4), "b", professions="nurse", kva_codes="")
    [line] = lines_of(settle(planner, varmland, 2025, month=3, now=now))
    assert (line.kronor, line.ordinary, line.charged, line.extended) == (4_200, 2_400, 1_800, 1)


def test_every_page_of_the_house_opens_for_it(
    varmland: str,
    someone: Callable[..., Visitor],
    now: datetime,
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    planner = someone("region_planner", varmland)
    begin(planner, varmland, 2025, now)
    clinic = Clinic.objects.create(
        region=varmland, number=1, name="Exempel BVC (påhittad)", municipality_code="1780", municipality="Karlstad"
    )
    visit(clinic, date(2025, 3, 3), "a")
    browser = browser_of(planner)
    desk = browser.get(f"/region/{varmland}/2025/")
    own_desk = browser.get(f"/enhet/{clinic_key(varmland, 1)}/2025/")
    pages = {*_ways_on(desk.content.decode(), varmland), *_ways_on(own_desk.content.decode(), clinic_key(varmland, 1))}
    assert len(pages) >= 12
    assert {page: browser.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def _ways_on(page: str, key: str) -> list[str]:
    """The pages of the house that a desk leads to."""
    parts = re.search(r'<nav class="parts".*?</nav>', page, flags=re.DOTALL)
    assert parts
    return [address for address in re.findall(r'href="([^"]+)"', parts[0]) if key in address]
