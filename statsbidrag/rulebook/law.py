"""What the letters say about the law: the grant's name, and the paragraph that each step rests on."""

from dataclasses import dataclass
from pathlib import Path

from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class Law:
    """The words of one law in the letters' own grammar, each with its ground.

    Each field after ``title`` is a whole reference, such as ”15 § förordningen (2025:74)”; a step that the law says
    nothing about is None, and the letters then leave that sentence or section out.
    """

    grant: Stated[str]
    title: Stated[str]
    decision: Stated[str]
    requisition: Stated[str]
    report: Stated[str]
    repayment: Stated[str]
    other_support: Stated[str] | None = None
    reallocation: Stated[str] | None = None
    allocation: Stated[str] | None = None
    conditions: Stated[str] | None = None
    account: Stated[str] | None = None
    withholding: Stated[str] | None = None
    claim: Stated[str] | None = None
    waiver: Stated[str] | None = None
    no_appeal: Stated[str] | None = None


def law_of(rules: Path, name: str) -> Law:
    """Reads the words of a law from the rules' letters, by file name without ending: ``ordinance-2025-74``.

    Raises Fault naming the place where the file cannot be read.
    """
    file = rules / "letters" / f"{name}.toml"
    return read_table(Law, read_toml(file), str(file))
