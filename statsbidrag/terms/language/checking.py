"""Whether a rule makes sense: every name is known and used as its kind allows, and every option exists."""

from dataclasses import dataclass

from statsbidrag.terms.faults import Fault, suggestion
from statsbidrag.terms.language.names import Kind, Scope
from statsbidrag.terms.language.tree import Calculated, Constant, Counted, Has, Is, Named, Rounded, Tree, walk
from statsbidrag.terms.language.writing import written

_MOST_DECIMALS = 9
_MOST_DIGITS = 15

_IS: dict[Kind, str] = {
    Kind.NUMBER: "är ett tal",
    Kind.TEXT: "är fritext",
    Kind.CHOICE: "är ett enkelval",
    Kind.CHOICES: "är ett flerval",
}
_INSTEAD: dict[Kind, str] = {
    Kind.NUMBER: "Jämför det med = <> < <= > eller >=.",
    Kind.TEXT: "En regel kan bara bero på tal och val.",
    Kind.CHOICE: "Jämför det med is eller in.",
    Kind.CHOICES: "Jämför det med has, eller räkna valen med count.",
}


@dataclass(frozen=True, slots=True)
class Check:
    """Refuses a rule that speaks of something unknown, or of something known in the wrong way.

    where         the file and the question or section that the rule stands in
    for_columns   whether the rule is to be computed over columns, where it may neither divide nor round
    """

    scope: Scope
    where: str
    for_columns: bool

    def tree(self, tree: Tree) -> None:
        """Goes through a rule in reading order; raises Fault for the first thing that is wrong."""
        for part in walk(tree):
            self._part(part)
            if self.for_columns:
                self._exact_in_columns(part)

    def _part(self, part: Tree) -> None:
        match part:
            case Named(id):
                self._name(id, Kind.NUMBER, "användas som ett tal")
            case Counted(id):
                self._name(id, Kind.CHOICES, "räknas med count")
            case Is(id, options):
                self._name(id, Kind.CHOICE, "jämföras med is eller in")
                self._options(id, options)
            case Has(id, option):
                self._name(id, Kind.CHOICES, "jämföras med has")
                self._options(id, (option,))
            case Rounded(_, decimals) if decimals > _MOST_DECIMALS:
                raise self._fault(f"den avrundar till {decimals} decimaler.", f"Skriv högst {_MOST_DECIMALS}.")
            case _:
                pass

    def _name(self, id: str, kind: Kind, use: str) -> None:
        name = self.scope.get(id)
        if name is None:
            thing = "kolumn" if self.for_columns else "fråga"
            hint = suggestion(id, self.scope) or f"Skriv namnet på en {thing}."
            raise self._fault(f"den beror på ”{id}”, som inte är någon {thing}.", hint.rstrip())
        if name.kind is not kind:
            raise self._fault(f"”{id}” {_IS[name.kind]} och kan inte {use}.", _INSTEAD[name.kind])

    def _options(self, id: str, chosen: tuple[str, ...]) -> None:
        known = self.scope[id].options
        if known is None:
            return
        for option in chosen:
            if option not in known:
                hint = f"{suggestion(option, known)}Välj bland: {', '.join(known)}."
                raise self._fault(f"”{option}” är inget av alternativen i ”{id}”.", hint)

    def _exact_in_columns(self, part: Tree) -> None:
        """Refuses what an engine of databases would not compute exactly."""
        match part:
            case Calculated(_, "/", _) | Rounded():
                raise self._fault(
                    f"en kolumnregel får inte dela eller avrunda, som i ”{written(part)}”.",
                    "Flytta över divisorn: skriv ”a > 2 * b” i stället för ”a / b > 2”.",
                )
            case Constant(value) if part.decimals or abs(value) >= 10**_MOST_DIGITS:
                raise self._fault(
                    f"en kolumnregel räknar inte med ”{written(part)}”.",
                    f"Skriv ett heltal med högst {_MOST_DIGITS} siffror.",
                )
            case _:
                pass

    def _fault(self, why: str, remedy: str) -> Fault:
        return Fault(self.where, why, remedy)
