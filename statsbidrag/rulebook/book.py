"""The rule book: everything in a folder of rules, read when asked for and checked as it is read."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from statsbidrag.cycle import AllocationRules, ChildrenTable
from statsbidrag.cycle.call import Call
from statsbidrag.cycle.clinics import Clinic
from statsbidrag.cycle.form import Form
from statsbidrag.cycle.pseudonyms import PseudonymRules
from statsbidrag.cycle.retention import RetentionRules
from statsbidrag.cycle.round import Round
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.small_numbers import SmallNumbers
from statsbidrag.cycle.visit_mapping import VisitWords
from statsbidrag.cycle.visits import VisitColumns
from statsbidrag.rulebook.agency import Agency, read_agency
from statsbidrag.rulebook.children import fitting
from statsbidrag.rulebook.clinics import read_clinics
from statsbidrag.rulebook.forms import read_form
from statsbidrag.rulebook.law import Law, law_of
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.reading import read_table, read_toml
from statsbidrag.rulebook.reminders import Occasion, read_reminders
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.rulebook.schemes import read_scheme
from statsbidrag.rulebook.tables import read_children, read_library, read_recipients
from statsbidrag.rulebook.visit_words import read_visit_words
from statsbidrag.rulebook.visits import read_visits
from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.parties import Recipient
from statsbidrag.terms.sources import Library


class Rulebook:
    """The rules of every round, region and form, from the folder given or from the one that is shipped."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        if not folder.is_dir():
            raise Fault(str(folder), "Mappen med regler finns inte.", "Ange den med --rules MAPP.")
        self.folder = folder

    @cached_property
    def library(self) -> Library:
        """The sources and their numbered statements."""
        return read_library(self.folder / "sources.toml", self.folder / "statements.csv")

    @cached_property
    def recipients(self) -> tuple[Recipient, ...]:
        """Every region and municipality."""
        return read_recipients(self.folder / "recipients.csv")

    def children(self, name: str) -> ChildrenTable:
        """A children table by its name within the folder."""
        return read_children(self.folder / name, name)

    def children_of(self, rules: AllocationRules) -> ChildrenTable:
        """The children table that a round names; a Fault tells where it does not fit the round."""
        return fitting(self.children(rules.children), rules, self.recipients)

    def round(self, year: int) -> Round:
        """The rules of one year's round; a Fault names the years there are."""
        return read_round(self.file("rounds", str(year), "ingen omgång"))

    def call(self, year: int | str) -> Call:
        """What the public page of one year's round says beyond its rules."""
        file = self.file("calls", str(year), "ingen utlysning")
        return read_table(Call, read_toml(file), str(file))

    @cached_property
    def visit_columns(self) -> VisitColumns:
        """The columns of a visit file, and what the law asks of an extended visit."""
        return read_visits(self.folder / "visits.toml")

    @cached_property
    def visit_words(self) -> VisitWords:
        """The words that record systems use for the columns and codes of a visit file."""
        return read_visit_words(self.folder / "visit_words.toml", self.visit_columns)

    @cached_property
    def pseudonyms(self) -> PseudonymRules:
        """What is asked of a region's pseudonyms."""
        file = self.folder / "pseudonyms.toml"
        return read_table(PseudonymRules, read_toml(file), str(file))

    @cached_property
    def small_numbers(self) -> SmallNumbers:
        """Which numbers are too small to be shown outside the region."""
        file = self.folder / "small_numbers.toml"
        return read_table(SmallNumbers, read_toml(file), str(file))

    @cached_property
    def retention(self) -> RetentionRules:
        """How long what can be traced to someone is kept in a region's house."""
        file = self.folder / "retention.toml"
        return read_table(RetentionRules, read_toml(file), str(file))

    def scheme(self, name: str) -> Scheme:
        """A region's scheme, by its name in the folder or by the path of a file of the region's own."""
        return read_scheme(self._named("schemes", name, "ingen ordning"), self.visit_columns)

    def clinics(self, name: str, scheme: Scheme) -> Mapping[str, Clinic]:
        """The register beside the file of the scheme with that name, by clinic; empty where the scheme has none."""
        beside = self._named("schemes", name, "ingen ordning").parent
        return read_clinics(beside / scheme.clinics.value, scheme) if scheme.clinics else {}

    def form(self, name: str) -> Form:
        """A form's pages, questions, rules and checks, by its name in the folder or by the path of a file."""
        return read_form(self._named("forms", name, "inget formulär"), self.library)

    def law(self, name: str) -> Law:
        """The words of a law as the letters use them."""
        return law_of(self.folder, name)

    @cached_property
    def agency(self) -> Agency:
        """The agency's own settings: bank, finance system and invoicing."""
        return read_agency(self.folder)

    @cached_property
    def reminders(self) -> tuple[Occasion, ...]:
        """When the agency reminds, whom and in what words."""
        return read_reminders(self.folder / "reminders.toml")

    def names(self, kind: str) -> tuple[str, ...]:
        """What there is of a kind: rounds, schemes or forms, by file name without ending."""
        return tuple(sorted(path.stem for path in (self.folder / kind).glob("*.toml")))

    def file(self, kind: str, name: str, none_such: str) -> Path:
        """The file of a round, scheme or form; a Fault tells which there are."""
        path = self.folder / kind / f"{name}.toml"
        if name not in self.names(kind):
            known = self.names(kind)
            there = f"{suggestion(name, known)}Det finns: {', '.join(known) or 'inga'}."
            raise Fault(str(path), f"Det finns {none_such} ”{name}”.", there)
        return path

    def _named(self, kind: str, name: str, none_such: str) -> Path:
        """The file that a name in the folder, or a path to a file of one's own, stands for."""
        return Path(name) if name.endswith(".toml") else self.file(kind, name, none_such)

    def fingerprint(self, year: int) -> str:
        """The SHA-256 of every file that a round is read from, which every decision of the round keeps."""
        round_ = self.round(year)
        names = ["sources.toml", "statements.csv", "recipients.csv", f"rounds/{year}.toml", round_.allocation.children]
        names.append(f"letters/{round_.law}.toml")
        if round_.report.form:
            names.append(f"forms/{round_.report.form}.toml")
        return fingerprint(self.folder / name for name in names)


def fingerprint(files: Iterable[Path]) -> str:
    """One SHA-256 over several files, each with its name, so that no byte can change or move unseen."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
