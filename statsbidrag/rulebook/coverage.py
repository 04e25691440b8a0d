"""The coverage of the law: which rules cite each statement of the sources, and which tests show it."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from statsbidrag.rulebook.grounds import grounds
from statsbidrag.rulebook.reading import read_toml
from statsbidrag.terms.sources import Library, Statement


@dataclass(frozen=True, slots=True)
class Covered:
    """One statement, with the places in the rules that cite it, the tests that show it, and what it waits for."""

    statement: Statement
    rules: tuple[str, ...]
    tests: tuple[str, ...]
    waits_for: str

    @property
    def is_shown(self) -> bool:
        """True when at least one test shows it."""
        return bool(self.tests)


def coverage(rules: Path, tests: Path, library: Library) -> list[Covered]:
    """Gives every statement with its rules and its tests, in the order of the statements.

    A test names what it shows by ``@pytest.mark.shows("anv-34")``; what waits for a part that is not built yet stands
    in ``waiting.toml`` among the tests.
    """
    cited: dict[str, list[str]] = defaultdict(list)
    for file in sorted(rules.rglob("*.toml")):
        for ground in grounds(file):
            cited[ground.cites].append(str(file.relative_to(rules)))
    shown: dict[str, list[str]] = defaultdict(list)
    for statement_id, test in _shown_by(tests):
        shown[statement_id].append(test)
    waiting = {statement_id: part for part, ids in read_toml(tests / "waiting.toml").items() for statement_id in ids}
    return [
        Covered(
            statement,
            tuple(dict.fromkeys(cited[statement.id])),
            tuple(dict.fromkeys(shown[statement.id])),
            waiting.get(statement.id, ""),
        )
        for statement in library
    ]


def _shown_by(tests: Path) -> Iterator[tuple[str, str]]:
    """Gives each statement id that a test's marks name, with the test; the ids stand there as plain texts."""
    for file in sorted(tests.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for statement_id in _marks_of(node):
                    yield statement_id, f"{file.relative_to(tests)}::{node.name}"


def _marks_of(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.shows":
            yield from (str(ast.literal_eval(argument)) for argument in mark.args)
