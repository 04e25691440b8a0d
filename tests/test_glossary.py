"""The glossary is true: its English names are the code's own, and the words to avoid are avoided."""

import ast
import re
from pathlib import Path

import pytest

from statsbidrag.rulebook.places import SHIPPED

HOUSE = Path(__file__).parents[1]
ROWS = [
    [cell.strip() for cell in line.split("|")[1:-1]]
    for line in (HOUSE / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Swedish")
]


def _identifiers() -> set[str]:
    names: set[str] = set()
    for file in (HOUSE / "statsbidrag").rglob("*.py"):
        names.add(file.stem)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                names.add(node.value)
    for file in SHIPPED.rglob("*.toml"):
        names.add(file.stem)
        names.update(re.findall(r"^\[*\s*([\w.]+)", file.read_text(encoding="utf-8"), re.MULTILINE))
    return {f"_{re.sub(r'(?<=[a-z])(?=[A-Z])', '_', name).lower().replace('-', '_')}_" for name in names}


IDENTIFIERS = _identifiers()


def test_a_swedish_word_has_one_english_name_in_each_context() -> None:
    keys = [(swedish, context) for swedish, context, *_ in ROWS]
    assert len(keys) == len(set(keys))
    assert len(ROWS) > 40


@pytest.mark.shows("adm-30")
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2])
def test_the_english_name_is_the_one_the_code_uses(row: list[str]) -> None:
    name = row[2]
    assert any(f"_{name}" in identifier for identifier in IDENTIFIERS), f"nothing in the code is called {name}"


@pytest.mark.shows("adm-30")
@pytest.mark.parametrize("row", [row for row in ROWS if row[4]], ids=lambda row: row[4])
def test_no_other_word_is_used_for_it(row: list[str]) -> None:
    for avoided in row[4].split(", "):
        assert not [identifier for identifier in IDENTIFIERS if f"_{avoided}_" in identifier], (
            f"say {row[2]}, not {avoided}"
        )
