"""What the pages are dressed in: pinned, with its licence along, and nothing asked for that is not there."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

HOUSE = Path(__file__).parents[2]
ASSETS = HOUSE / "assets"
STATIC = HOUSE / "statsbidrag" / "portal" / "static"


@pytest.fixture(scope="module")
def bring() -> ModuleType:
    """The script that brings the assets."""
    spec = importlib.util.spec_from_file_location("bring", ASSETS / "bring.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_says_exactly_what_is_brought_and_from_nowhere_in_particular() -> None:
    packages = json.loads((ASSETS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-"), name


def test_every_package_is_pinned_and_what_is_served_brings_its_licence(bring: ModuleType) -> None:
    asked = json.loads((ASSETS / "package.json").read_text(encoding="utf-8"))
    for version in [*asked["dependencies"].values(), *asked["devDependencies"].values()]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    for package in asked["dependencies"]:
        taken = {
            source.removeprefix(f"{package}/"): to for source, to in bring.FILES.items() if source.startswith(package)
        }
        assert any(name.startswith("LICENSE") and to.startswith("licences/") for name, to in taken.items()), package


def test_everything_that_a_stylesheet_or_a_page_asks_for_is_there(bring: ModuleType) -> None:
    brought = {f"vendor/{name}" for name in bring.FILES.values()}
    asked: set[str] = set()
    for sheet in STATIC.glob("*.css"):
        asked |= set(re.findall(r'url\("([^"]+)"\)', sheet.read_text(encoding="utf-8")))
    for template in (STATIC.parent / "templates").rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        asked |= set(re.findall(r'static\("([^"]+)"\)', text)) | set(re.findall(r'"/static/([^"?]+)"', text))
    assert {"portal.css", "vendor/fkui.min.css", "vendor/Inter-Regular.woff2"} <= asked
    assert [each for each in sorted(asked) if each not in brought and not (STATIC / each).is_file()] == []


def test_bringing_again_writes_nothing(bring: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["bring.py"])
    bring.main()
    before = {path: path.stat().st_mtime_ns for path in bring.VENDOR.rglob("*")}
    bring.main()
    assert {path: path.stat().st_mtime_ns for path in bring.VENDOR.rglob("*")} == before
    assert len(before) > len(bring.FILES)
