"""The house keeps its own rules: sizes, pages and pins."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
MODULES = sorted(path for path in (HOUSE / "statsbidrag").rglob("*.py") if path.name != "0001_initial.py")  # by Django
MOST_LINES = 250
MOST_LINES_OF_A_FUNCTION = 40


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_module_and_its_functions_are_small_enough_to_see(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < MOST_LINES_OF_A_FUNCTION, node.name


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_everything_public_says_what_it_is(module: Path) -> None:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree) or module.name == "__init__.py"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module.name}: {node.name}"


PORTAL = HOUSE / "statsbidrag" / "portal"
# What is stored outside the deeds: a form's key, what a lost session had filled in, who signs in, jobs, the clock.
WRITES_BESIDE_THE_DEEDS = {"views/forms.py", "interruption.py", "signing/arrival.py", "jobs.py", "clock.py"}
STORES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "update", "delete"}
# A session lives by the real clock, also where the demonstration has moved its own.
ASKS_THE_TIME = {"clock.py", "sessions.py"}


def test_only_the_deeds_write() -> None:
    found = set()
    for module in sorted(PORTAL.rglob("*.py")):
        place = module.relative_to(PORTAL).as_posix()
        if place.startswith(("actions/", "demonstration/", "migrations/")):
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            if called == "store" or (".objects" in called and called.rpartition(".")[2] in STORES):
                found.add(place)
    assert found == WRITES_BESIDE_THE_DEEDS


def test_only_the_clock_asks_what_time_it_is() -> None:
    found = set()
    for module in sorted(PORTAL.rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and re.fullmatch(
                r"timezone\.now|datetime\.(now|today|utcnow)|date\.today|time\.time", ast.unparse(node.func)
            ):
                found.add(module.relative_to(PORTAL).as_posix())
    assert found == ASKS_THE_TIME


def test_every_decision_has_its_number_its_context_and_its_consequences() -> None:
    pages = sorted((HOUSE / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, page.name


def test_every_dependency_is_pinned_locked_by_hash_and_explained() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    explained = (HOUSE / "decisions" / "0008-dependencies.md").read_text(encoding="utf-8")
    extras = [each for group in project["optional-dependencies"].values() for each in group]
    for pin in [*project["dependencies"], *extras]:
        name = re.split(r"[\[=]", pin)[0]
        assert "==" in pin, f"{name} is not pinned"
        assert name in explained, f"{name} is not explained"
    for lock in ("run", "test", "spark", "uv"):
        text = (HOUSE / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
        assert "http" not in text
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text) if "==" in block.split("\n")[0])


def test_the_readme_opens_with_its_two_commands() -> None:
    first_screen = "\n".join((HOUSE / "README.md").read_text(encoding="utf-8").splitlines()[:8])
    assert "make run" in first_screen
    assert "make test" in first_screen
