"""Step 6, fixed support (fast ersättning): who has it, and what part of it each gets."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from statsbidrag.cycle.clinics import Clinic, Eligibility
from statsbidrag.cycle.scheme import FixedSupport
from statsbidrag.terms.kronor import share_out

DIVIDED_WORDS = {
    "each": "Varje enhet som beviljats fast ersättning får samma belopp",
    "index share": "Beloppet delas efter index gånger antalet listade barn",
}


def divide_support(support: FixedSupport, kronor: int | None, clinics: Iterable[Clinic]) -> Mapping[str, int | None]:
    """Gives each clinic that has been granted fixed support its part in kronor, or None where that is unknown.

    kronor   to each clinic, or in all where it is shared by index; None where it is unknown, and then every part is
    """
    granted = [clinic for clinic in clinics if clinic.fixed_support_from]
    if kronor is None or support.divided.value == "each":
        return {clinic.name: kronor for clinic in granted}
    weights = {clinic.name: _weight(clinic, support.eligible) for clinic in granted}
    known = {name: weight for name, weight in weights.items() if weight is not None}
    if len(known) < len(weights):
        return dict.fromkeys(weights)
    scale = lcm(*(weight.denominator for weight in known.values()))
    return dict(share_out(kronor, {name: int(weight * scale) for name, weight in known.items()}))


def _weight(clinic: Clinic, eligible: Eligibility) -> Fraction | None:
    """Index times listed children; None where either is missing or the value is of another index."""
    listed = clinic.facts.get("listed")
    if clinic.index is None or not eligible.speaks_of(clinic.index) or not isinstance(listed, int):
        return None
    return clinic.index.value * listed
