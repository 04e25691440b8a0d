"""A region's own installation has nothing of the agency's, and the agency's has nothing of a region's (adm-01)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.on_one_engine
SECRET = "en-hemlighet-som-bara-testet-har-0123456789-abcdefghij"
ASK = Path(__file__).with_name("asked_in_its_own_house.py")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a region's own installation answers."""
    done = really(str(ASK), data=tmp_path_factory.mktemp("region"), **OF_A_REGION)
    assert done.returncode == 0, done.stderr[-3000:]
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


def test_its_first_planner_begins_the_year(told: dict[str, Any]) -> None:
    assert told["desk"] == [200, "/region/region-18/2025/"]
    assert "Regionens hembesök" in told["front"]
    assert "Regionens skrivbord" in told["own"]


@pytest.mark.shows("adm-29")
def test_the_pages_that_every_public_body_must_have_are_there(told: dict[str, Any]) -> None:
    assert set(told["mandatory"].values()) <= {200, 302}, told["mandatory"]


@pytest.mark.shows("adm-01")
def test_no_page_of_the_agency_is_there_whoever_signs_in(told: dict[str, Any]) -> None:
    assert told["agency"] == [404, 404, 404]
    assert told["officer at the region"] == 403
    agencys = {"agency_desk", "case", "reports", "payments", "public_diary", "open_file", "recipient_desk"}
    assert agencys <= set(told["all pages"])
    assert not agencys & set(told["pages"])


@pytest.mark.shows("adm-01")
def test_visits_lie_in_a_database_of_their_own(told: dict[str, Any]) -> None:
    assert "region_visit" in told["tables"]["region"]
    assert not [table for table in told["tables"]["default"] if table.startswith("region_")]
    assert not [table for table in told["tables"]["region"] if table.startswith("portal_")]


@pytest.mark.shows("adm-01")
def test_the_agencys_own_installation_has_no_house_of_a_region(tmp_path: Path) -> None:
    asks = (
        "import django; django.setup(); from django.conf import settings; from django.urls import get_resolver;"
        "names = [str(name) for name in get_resolver().reverse_dict];"
        "print(list(settings.DATABASES), 'region_visits' in names, 'agency_desk' in names,"
        " 'statsbidrag.region' in settings.INSTALLED_APPS, settings.ENVIRONMENT.region_key == '')"
    )
    done = really("-c", asks, data=tmp_path, STATSBIDRAG_REGION_KEY=SECRET)
    assert done.stdout.strip() == "['default'] False True False True", done.stderr[-2000:]


@pytest.mark.parametrize("house", ["both", "kommun"])
def test_a_real_service_is_one_house_and_never_both(tmp_path: Path, house: str) -> None:
    done = really("-m", "statsbidrag.portal", "check", data=tmp_path, **{**OF_A_REGION, "STATSBIDRAG_HOUSE": house})
    assert done.returncode
    assert "STATSBIDRAG_HOUSE" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("key", ["", "för kort"])
def test_a_region_does_not_start_without_a_key_of_its_own(tmp_path: Path, key: str) -> None:
    done = really("-m", "statsbidrag.portal", "check", data=tmp_path, **{**OF_A_REGION, "STATSBIDRAG_REGION_KEY": key})
    assert done.returncode
    assert "STATSBIDRAG_REGION_KEY" in done.stderr


OF_A_REGION = {"STATSBIDRAG_HOUSE": "region", "STATSBIDRAG_REGION_KEY": SECRET[::-1]}


def really(*arguments: str, data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python as a real service would."""
    real = {name: value for name, value in os.environ.items() if not name.startswith(("STATSBIDRAG", "DATABASE_URL"))}
    real |= {"STATSBIDRAG_DATA": str(data), "STATSBIDRAG_SECRET_KEY": SECRET}
    real |= {"DJANGO_SETTINGS_MODULE": "statsbidrag.portal.settings", **environment}
    return subprocess.run([sys.executable, *arguments], env=real, capture_output=True, text=True, check=False)
