"""Which clinics a scheme is open to, and how what they are paid is handed over."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from made_up_visits import scheme_named

from statsbidrag.cycle.clinics import Clinic, Eligibility, IndexValue

NATIONAL = "nationellt barn-CNI"
RELATIVE = "relativt CNI"
UNNAMED = Clinic("Exempels vårdcentral", "9901", "Exempelstad")
VARBERGA = Clinic("Varberga vårdcentral", "1880", "Örebro")


BASES = {NATIONAL: "riket", RELATIVE: "länet"}


def indexed(clinic: Clinic, name: str, value: str, base: str | None = None) -> Clinic:
    told = BASES[name] if base is None else base
    return replace(clinic, index=IndexValue(name, 2025, Fraction(value), told))


def fixed_support(clinic: Clinic) -> bool | None:
    scheme = scheme_named("orebro-2025")[0]
    assert scheme.fixed_support
    return scheme.fixed_support.eligible.holds(clinic, scheme.rules)


def stockholm() -> tuple[Eligibility, Clinic]:
    scheme = scheme_named("stockholm-2025")[0]
    facts = {"nurses": 2, "infants": 100, "social_services": "begun"}
    return scheme.participation, indexed(replace(UNNAMED, facts=facts), RELATIVE, "1.51")


@pytest.mark.shows("ore-31")
@pytest.mark.parametrize(("value", "eligible"), [("2.01", True), ("2", False), ("1.99", False)])
def test_fixed_support_needs_an_index_over_2_and_exactly_2_is_not_over(value: str, eligible: bool) -> None:
    assert fixed_support(indexed(UNNAMED, NATIONAL, value)) is eligible


@pytest.mark.shows("ore-32")
def test_where_the_index_is_unknown_the_four_named_may_apply_and_no_other() -> None:
    named = ("Vivalla/Lundby vårdcentral", "Varberga vårdcentral", "Mikaeli vårdcentral", "Brickebackens vårdcentral")
    assert all(fixed_support(replace(UNNAMED, name=name)) for name in named)
    assert fixed_support(UNNAMED) is False


@pytest.mark.shows("ore-30", "ore-31", "ore-32")
def test_a_known_index_holds_over_the_names() -> None:
    assert fixed_support(indexed(VARBERGA, NATIONAL, "1.9")) is False


@pytest.mark.shows("ore-31")
@pytest.mark.parametrize("base", ["länet", ""])
def test_a_value_with_another_base_or_none_is_never_held_against_the_threshold(base: str) -> None:
    assert fixed_support(indexed(UNNAMED, NATIONAL, "9", base)) is False
    assert fixed_support(indexed(VARBERGA, NATIONAL, "0.5", base)) is True
    scheme = scheme_named("orebro-2025")[0]
    assert scheme.fixed_support
    because = scheme.fixed_support.eligible.because(indexed(VARBERGA, NATIONAL, "0.5", base), scheme.rules)
    assert any("inte går att jämföra med nationellt barn-CNI (bas: riket)" in step.says for _, step in because.walk())


@pytest.mark.shows("ore-31")
def test_a_value_of_another_index_is_never_held_against_the_threshold() -> None:
    assert fixed_support(indexed(UNNAMED, RELATIVE, "9")) is False
    assert fixed_support(indexed(VARBERGA, RELATIVE, "0.5")) is True
    scheme = scheme_named("orebro-2025")[0]
    assert scheme.fixed_support
    because = scheme.fixed_support.eligible.because(indexed(VARBERGA, RELATIVE, "0.5"), scheme.rules)
    says = [step.says for _, step in because.walk()]
    assert says[0] == "Ja: Varberga vårdcentral"
    assert any(
        "registret har relativt CNI (bas: länet), som inte går att jämföra med nationellt barn-CNI (bas: riket)" in step
        for step in says
    )
    assert "Utpekad i källan" in says[-1]


@pytest.mark.shows("sth-16", "sth-25")
def test_stockholms_clinic_applies_and_meets_every_criterion() -> None:
    scheme = scheme_named("stockholm-2025")[0]
    participation, clinic = stockholm()
    assert participation.holds(clinic, scheme.rules) is True
    assert all(criterion.rule.assumption for criterion in participation.criteria)


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"nurses": 1}, False),
        ({"infants": 99}, False),
        ({"social_services": "none"}, False),
        ({"nurses": None}, None),
        ({"social_services": None, "infants": 99}, False),
    ],
)
def test_one_unmet_criterion_is_a_no_and_one_unknown_leaves_it_open(
    changed: dict[str, int | str | None], outcome: bool | None
) -> None:
    scheme = scheme_named("stockholm-2025")[0]
    participation, clinic = stockholm()
    asked = replace(clinic, facts={**clinic.facts, **changed})
    assert participation.holds(asked, scheme.rules) is outcome
    answer = {False: "Nej", None: "Det går inte att säga"}[outcome]
    assert participation.because(asked, scheme.rules).says == f"{answer}: {asked.name}"


def test_exactly_one_and_a_half_is_not_over_it() -> None:
    scheme = scheme_named("stockholm-2025")[0]
    participation, clinic = stockholm()
    assert participation.holds(indexed(clinic, RELATIVE, "1.5"), scheme.rules) is False


@pytest.mark.shows("adm-15")
def test_the_regions_own_get_a_booking_order_and_private_ones_a_basis_of_settlement() -> None:
    assert replace(UNNAMED, form="own").hand_over == "intern bokföringsorder"
    assert "ordinarie avräkning i vårdvalet" in replace(UNNAMED, form="private").hand_over
    assert "okänd driftsform" in UNNAMED.hand_over


def test_fixed_support_is_from_its_first_day_to_its_last() -> None:
    clinic = replace(UNNAMED, fixed_support_from=date(2025, 3, 15), fixed_support_to=date(2025, 4, 1))
    days = (date(2025, 3, 14), date(2025, 3, 15), date(2025, 4, 1), date(2025, 4, 2))
    assert [clinic.has_fixed_support(day) for day in days] == [False, True, True, False]
    assert replace(clinic, fixed_support_to=None).has_fixed_support(date(2026, 1, 1))
    assert not UNNAMED.has_fixed_support(date(2025, 4, 1))
