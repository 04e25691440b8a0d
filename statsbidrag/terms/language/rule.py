"""A rule: one line that a lawyer can read, and everything that can be asked of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from statsbidrag.terms.language.evaluation import Figure, Truth, figure, truth
from statsbidrag.terms.language.names import Answer, Name
from statsbidrag.terms.language.sentence import Speech
from statsbidrag.terms.language.tree import Number, Tree


@dataclass(frozen=True)  # without slots, so that its meaning and its sentence are made once
class Rule:
    """A condition or a computed number, read and checked.

    text          as the rule file has it
    tree          what it means
    scope         the questions or columns it speaks of, by id
    for_columns   whether it is meant for the columns of a table, rather than for the answers to a form
    """

    text: str
    tree: Tree
    scope: Mapping[str, Name] = field(compare=False, repr=False)
    for_columns: bool = False

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of the questions or columns that it depends on."""
        return frozenset(self.scope)

    def holds(self, answers: Mapping[str, Answer]) -> bool | None:
        """Says whether the condition is true or false, or None where that is unknown.

        A question that is hidden or not answered is left out of the answers, or None. Raises TypeError where the
        rule is a number, or where an answer is not of its question's kind.
        """
        return self._truth(answers)

    def number(self, answers: Mapping[str, Answer]) -> Fraction | None:
        """Gives the number exactly, or None where it is unknown; raises TypeError as ``holds`` does."""
        number = self._figure(answers)
        return None if number is None else Fraction(number)

    def sentence(self) -> str:
        """Says the rule in Swedish, to stand after ”när” or ”om”: ””Oanvänt statsbidrag” är större än 0”."""
        return self._sentence

    @cached_property
    def _truth(self) -> Truth:
        if isinstance(self.tree, Number):
            raise TypeError(f"”{self.text}” is a number, not a condition")
        return truth(self.tree)

    @cached_property
    def _figure(self) -> Figure:
        if isinstance(self.tree, Number):
            return figure(self.tree)
        raise TypeError(f"”{self.text}” is a condition, not a number")

    @cached_property
    def _sentence(self) -> str:
        return Speech(self.scope, self.for_columns).say(self.tree)


def shown_when(rule: Rule) -> str:
    """Tells when a question is shown: ”Visas när ”Oanvänt statsbidrag” är större än 0.”"""
    return f"Visas när {rule.sentence()}."
