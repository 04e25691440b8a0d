"""The grounds for repayment (§ 13), which step 5 withholds on and step 8 claims on."""

from dataclasses import dataclass
from typing import Literal

from statsbidrag.terms.sources import Stated

Ground = Literal["given wrongly", "not used", "other purpose", "no report", "conditions broken"]
Reach = Literal["unused", "used"]


@dataclass(frozen=True, slots=True)
class GroundRule:
    """One ground for repayment, and whether it reaches only unused money or also money that was used.

    text      the ground in the words of the decision
    reaches   the kinds of money that can be taken back on it
    """

    ground: Ground
    text: Stated[str]
    reaches: Stated[tuple[Reach, ...]]
