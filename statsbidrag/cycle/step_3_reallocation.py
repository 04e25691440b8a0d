"""Step 3, reallocation (omfördelning, § 6): gives what nobody requisitioned to those who asked for more.

By the round's key it is shared by the ceilings of the willing. Who wants at most a certain sum gets no more than
that, and what it cannot take goes to the others; what nobody can take stays, and says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from statsbidrag.terms.because import Because, resting_on
from statsbidrag.terms.kronor import decimal_comma, in_words, share_out
from statsbidrag.terms.sources import Stated


@dataclass(frozen=True, slots=True)
class ReallocationRules:
    """Whether and how money is reallocated: section [reallocation] of the round's file.

    allowed    ``may``: it may be given to those who want it (§ 6); ``none``: the round has no reallocation
    left       what counts as left
    pots       one pot for everything that is left, whichever kind of recipient left it
    key        what the willing share by
    at_most    whether a recipient's ”högst … kr” is respected; our addition
    """

    allowed: Stated[Literal["may", "none"]]
    left: Stated[str]
    pots: Stated[Literal["one"]]
    key: Stated[Literal["ceilings"]]
    at_most: Stated[bool]


@dataclass(frozen=True, slots=True)
class Reallocation:
    """What was left and who got it, in kronor by recipient.

    shares     one for each willing recipient, 0 where there was nothing for it
    weights    the willing recipients' ceilings
    at_most    the most that each wants, for those who set a limit that counts
    """

    rules: ReallocationRules
    left: int
    shares: Mapping[str, int]
    weights: Mapping[str, int]
    at_most: Mapping[str, int]

    @property
    def stays(self) -> int:
        """What nobody took: what was left less what was given, so that no krona is lost."""
        return self.left - sum(self.shares.values())

    def because(self, recipient: str) -> Because:
        """Why a willing recipient gets what it gets."""
        kronor, rules = self.shares[recipient], self.rules
        steps = [
            resting_on(rules.allowed, "Det som är kvar får lämnas till dem som vill ha mer"),
            resting_on(rules.left, f"Kvar: {rules.left.value}", self.left, "kr"),
            resting_on(rules.pots, "Allt som är kvar fördelas tillsammans"),
            resting_on(rules.key, f"Det delas efter högsta belopp; ert är {self._part(recipient)}"),
        ]
        if recipient in self.at_most:
            most = self.at_most[recipient]
            steps.append(resting_on(rules.at_most, f"Ni vill ha högst {in_words(most)} mer", most, "kr"))
        return Because(f"Omfördelat: {in_words(kronor)}", kronor, "kr", steps=tuple(steps))

    def because_stays(self) -> Because:
        """Why some or all of it stays."""
        if self.rules.allowed.value == "none":
            return resting_on(self.rules.allowed, "Omgången har ingen omfördelning", self.stays, "kr")
        if not self.left:
            return Because("Allt är rekvirerat", 0, "kr")
        if not any(self.weights.values()):
            return resting_on(self.rules.allowed, "Ingen har angett att den vill ha mer", self.stays, "kr")
        if self.stays:
            says = "Alla som vill ha mer har fått så mycket som de högst vill ha"
            return resting_on(self.rules.at_most, says, self.stays, "kr")
        return Because("Allt som var kvar är omfördelat", 0, "kr")

    def _part(self, recipient: str) -> str:
        own, whole = self.weights[recipient], sum(self.weights.values())
        percent = f", {decimal_comma(Fraction(100 * own, whole), 4)} % av allas" if whole else ""
        return in_words(own) + percent


def reallocate(
    rules: ReallocationRules,
    ceilings: Mapping[str, int],
    requested: Mapping[str, int],
    willing: Mapping[str, int | None],
) -> Reallocation:
    """Shares what nobody requisitioned among those who asked for more, by their own ceilings (§ 6).

    All sums are kronor by recipient. ``willing`` holds the most that each wants, or None where it set no limit.
    Raises ValueError where a recipient has no ceiling, asks for more than it or limits its wish below 0: step 2 lets
    none of that through.
    """
    for recipient in (*requested, *willing):
        ceiling, most = ceilings.get(recipient, -1), willing.get(recipient)
        if not 0 <= requested.get(recipient, 0) <= ceiling or (most is not None and most < 0):
            raise ValueError(f"{recipient} has no ceiling, asks for more than it, or limits its wish below 0")
    left = sum(ceilings.values()) - sum(requested.values())
    weights = {recipient: ceilings[recipient] for recipient in willing}
    limits = {key: most for key, most in willing.items() if most is not None} if rules.at_most.value else {}
    given = _share_out_within(left, weights, limits) if rules.allowed.value == "may" else {}
    shares = {recipient: given.get(recipient, 0) for recipient in willing}
    return Reallocation(rules, left, shares, weights, limits)


def _share_out_within(total: int, weights: Mapping[str, int], limits: Mapping[str, int]) -> dict[str, int]:
    """Shares out by weight, nobody above its limit; what the limited cannot take goes to the others.

    Whoever's exact share reaches its limit gets the limit and leaves, which only raises the others' shares; so the
    same ones are found in any order. Whole kronor, exact; what is left when all are at their limits is not given.
    """
    parts: dict[str, int] = {}
    open_ = {key: weight for key, weight in weights.items() if weight > 0}
    while open_:
        left, whole = total - sum(parts.values()), sum(open_.values())
        full = {key: limits[key] for key in open_ if key in limits and limits[key] * whole <= left * open_[key]}
        if not full:
            return parts | share_out(left, open_)
        parts |= full
        open_ = {key: weight for key, weight in open_.items() if key not in full}
    return parts
