"""What the columns of an extract are said to be before it is made pseudonymous, and whether that can be meant."""

from dataclasses import dataclass

from statsbidrag.cycle.pseudonyms import PseudonymRules
from statsbidrag.exchange.text_files import TextFile
from statsbidrag.terms.faults import Fault, Faults, suggestion

CHILD, FAMILY, MONTHS = "child", "family", "child_months"


@dataclass(frozen=True, slots=True)
class ExtractColumns:
    """What the columns of an extract are, by their headings.

    child, family   hold personal numbers
    visited         the day of the visit; with it the child's age in months is worked out
    born            the child's day of birth, or the expected day; it does not leave
    protected       what marks protected identities; it does not leave
    dropped         other columns that do not leave
    """

    child: str
    family: str = ""
    visited: str = ""
    born: str = ""
    protected: str = ""
    dropped: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is named."""
        return tuple(filter(None, (self.child, self.family, self.visited, self.born, self.protected, *self.dropped)))

    @property
    def left_behind(self) -> tuple[str, ...]:
        """Those of them that do not leave, besides the numbers themselves."""
        return tuple(filter(None, (self.born, self.protected, *self.dropped)))


def check_headings(file: TextFile, columns: ExtractColumns, rules: PseudonymRules) -> None:
    """Refuses columns that are not there, are named twice, would be written twice, or point someone out."""
    faults = [
        Fault(f"{file.path}, kolumnen ”{name}”", "Kolumnen finns inte.", f"{suggestion(name, file.headings)}Rätta den.")
        for name in columns.named
        if name not in file.headings
    ]
    faults += [
        Fault(f"{file.path}, kolumnen ”{name}”", "Kolumnen är angiven två gånger.", "Ange den en gång.")
        for name in sorted(set(columns.named))
        if columns.named.count(name) > 1
    ]
    kept = [
        heading for heading in file.headings if heading not in {columns.child, columns.family, *columns.left_behind}
    ]
    made = {CHILD, FAMILY if columns.family else CHILD, MONTHS if columns.visited else CHILD}
    for heading in kept:
        where = f"{file.path}, kolumnen ”{heading}”"
        if heading in made:
            faults.append(
                Fault(where, "Kolumnen finns redan, och skulle skrivas två gånger.", "Ta bort den med --drop.")
            )
        elif rules.points_out(heading):
            faults.append(
                Fault(where, "En sådan kolumn pekar ut någon.", "Ta bort den med --drop, eller säg vad den är.")
            )
    if columns.born and not columns.visited:
        faults.append(Fault("--born", "Åldern räknas vid besöket.", "Ange också kolumnen med besöksdagen: --visited."))
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
