"""A real service: its settings are strict, and nothing of the demonstration exists in it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SECRET = "en-hemlighet-som-bara-testet-har-0123456789-abcdefghij"
# Asked in a process of its own, since Django is set up once in each.
ASK = Path(__file__).with_name("asked_for_real.py")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a real service answers."""
    done = really(str(ASK), data=tmp_path_factory.mktemp("real"))
    assert done.returncode == 0, done.stderr[-3000:]
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


@pytest.mark.shows("adm-13")
def test_nothing_of_the_demonstration_is_there(told: dict[str, Any]) -> None:
    assert told["demonstration"] == {"step_in": 404, "demonstration_clock": 404, "demonstration_mail": 404}
    assert told["front"]["status"] == 200
    assert "Gå in som" not in told["front"]["page"]
    assert "påhittade uppgifter" not in told["front"]["page"]


def test_what_someone_signed_in_sees_is_kept_nowhere_and_framed_nowhere(told: dict[str, Any]) -> None:
    assert told["desk"]["status"] == 200
    headers = told["desk"]["headers"]
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in headers["Strict-Transport-Security"]


def test_cookies_go_by_https_only_and_no_script_reads_them(told: dict[str, Any]) -> None:
    assert told["cookies"] == {name: [True, True, "Lax"] for name in ("csrftoken", "sessionid", "interrupted")}


def test_plain_http_leads_to_https_and_another_host_is_refused(told: dict[str, Any]) -> None:
    assert told["plain"] == [301, "https://127.0.0.1/om/"]
    assert told["other host"] == 400


def test_a_fault_of_ours_says_nothing_of_our_inside(told: dict[str, Any]) -> None:
    assert told["broken"]["status"] == 500
    for inside in ("Traceback", "OperationalError", "portal_round", "SELECT", "python"):
        assert inside not in told["broken"]["page"]


@pytest.mark.parametrize("secret", ["", "för kort", "demonstration, inget att skydda " * 2])
def test_it_does_not_start_without_a_secret_of_its_own(tmp_path: Path, secret: str) -> None:
    done = really("-m", "statsbidrag.portal", "migrate", data=tmp_path, STATSBIDRAG_SECRET_KEY=secret)
    assert done.returncode
    assert "STATSBIDRAG_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_demonstration_is_not_mixed_in(tmp_path: Path) -> None:
    assert really("-m", "statsbidrag.portal", "migrate", "--verbosity", "0", data=tmp_path).returncode == 0
    done = really("-m", "statsbidrag.portal", "demonstrate", data=tmp_path)
    assert done.returncode
    assert "Det här är en riktig tjänst" in done.stderr


def test_it_does_not_start_on_the_demonstrations_database(tmp_path: Path) -> None:
    demonstration = {"STATSBIDRAG_DEMO": "1"}
    both = [["migrate", "--verbosity", "0", "--database", database] for database in ("default", "region")]
    for deed in (*both, ["demonstrate"]):
        assert really("-m", "statsbidrag.portal", *deed, data=tmp_path, **demonstration).returncode == 0
    serving = "from statsbidrag.portal.serving import make_ready; make_ready()"
    done = really("-c", serving, data=tmp_path)
    assert done.returncode
    assert "Databasen är en demonstrations" in done.stderr


def really(*arguments: str, data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python as a real service would."""
    real = {name: value for name, value in os.environ.items() if not name.startswith(("STATSBIDRAG", "DATABASE_URL"))}
    real |= {"STATSBIDRAG_DATA": str(data), "STATSBIDRAG_SECRET_KEY": SECRET}
    real |= {"DJANGO_SETTINGS_MODULE": "statsbidrag.portal.settings", **environment}
    return subprocess.run([sys.executable, *arguments], env=real, capture_output=True, text=True, check=False)
