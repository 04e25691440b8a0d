"""``statsbidrag check``: are the rules sound, and what shows each statement of the sources?"""

import sys
from pathlib import Path

import click

from statsbidrag.cli import rules_option
from statsbidrag.rulebook.book import Rulebook
from statsbidrag.rulebook.checking import check_rules
from statsbidrag.rulebook.coverage import Covered, coverage
from statsbidrag.terms.faults import Fault


@click.command(name="check")
@click.option("--coverage", "with_coverage", is_flag=True, help="Print each statement with its rules and its tests.")
@click.option("--tests", type=click.Path(path_type=Path, file_okay=False), default=Path("tests"), show_default=True)
@rules_option
def command(with_coverage: bool, tests: Path, rules: Path) -> None:
    """Check every rule file; with --coverage, which rules and tests show each statement."""
    book = Rulebook(rules)
    if with_coverage:
        _print_coverage(book, tests)
        return
    names, faults = check_rules(book)
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        click.echo(f"{len(faults)} fel i reglerna.", err=True)
        sys.exit(2)
    click.echo("\n".join(names))
    click.echo(f"{len(names)} regelfiler är lästa utan fel; varje citat står i sin källa.")


def _print_coverage(book: Rulebook, tests: Path) -> None:
    if not tests.is_dir():
        raise Fault(str(tests), "Mappen med tester finns inte.", "Kör i utcheckningen, eller ange --tests MAPP.")
    found = coverage(book.folder, tests, book.library)
    for covered in found:
        click.echo(f"{covered.statement.id}  {book.library.place(covered.statement.id)}: {covered.statement.quote}")
        for rule in covered.rules:
            click.echo(f"    regel  {rule}")
        for test in covered.tests:
            click.echo(f"    test   {test}")
        if not covered.is_shown:
            click.echo(f"    väntar på {covered.waits_for}" if covered.waits_for else "    visas inte av något test")
    click.echo(_summary(found))


def _summary(found: list[Covered]) -> str:
    shown = sum(covered.is_shown for covered in found)
    cited = sum(bool(covered.rules) for covered in found)
    waiting = sum(not covered.is_shown and bool(covered.waits_for) for covered in found)
    return (
        f"{len(found)} satser: {cited} har regler, {shown} visas av tester, {waiting} väntar på kommande delar, "
        f"{len(found) - shown - waiting} saknas."
    )
