"""What a visit is paid, whether it is an extended one, and what is charged to the grant: three questions apart."""

from dataclasses import replace
from datetime import date

import pytest
from made_up_visits import BOOK, CODED, EXTRA, JOINT, SUPPORTED, THIRD, scheme_named

from statsbidrag.cycle.step_6_visit_pay import Claim, Judge, SettledMonth, Verdict, settle
from statsbidrag.cycle.visits import Visit

UNCODED = frozenset[str]()


def judge(name: str = "orebro-2025") -> Judge:
    scheme, clinics = scheme_named(name)
    return Judge(scheme, BOOK.visit_columns, clinics)


def verdict(visit: Visit, name: str = "orebro-2025") -> Verdict:
    return judge(name).verdict(visit)


def reasons(found: Verdict, name: str = "orebro-2025") -> str:
    because = judge(name).because(found)
    return " / ".join(step.says for _, step in because.walk()).replace("\u00a0", " ")


@pytest.mark.shows("ore-25", "ore-27")
def test_a_coded_visit_together_with_social_services_pays_2_500_kr() -> None:
    assert verdict(EXTRA).kronor == 2500


@pytest.mark.shows("ore-28")
def test_fixed_support_lowers_it_to_1_800_kr_even_with_social_services() -> None:
    assert verdict(SUPPORTED).kronor == 1800
    assert verdict(replace(SUPPORTED, professions=frozenset({"nurse"}), kva_codes=UNCODED)).kronor == 1800


@pytest.mark.shows("adm-14")
def test_1_800_kr_is_ordinary_pay_and_never_charged_to_the_grant() -> None:
    assert (verdict(SUPPORTED).ordinary, verdict(SUPPORTED).charged) == (1800, 0)
    assert (verdict(EXTRA).kronor, verdict(EXTRA).ordinary, verdict(EXTRA).charged) == (2500, 1800, 700)


@pytest.mark.shows("ore-26", "sfs-07", "ore-05", "utl-09", "rap-47")
def test_an_ordinary_joint_visit_is_paid_but_neither_extended_nor_charged() -> None:
    ordinary = verdict(replace(EXTRA, place="ordinary"))
    assert (ordinary.kronor, ordinary.extended, ordinary.charged) == (2500, False, 0)


@pytest.mark.shows("ore-27", "ore-29")
@pytest.mark.parametrize(
    ("visit", "kronor"),
    [
        (replace(EXTRA, kva_codes=UNCODED), 0),
        (replace(EXTRA, kva_codes=frozenset({"GD005"})), 0),
        (replace(EXTRA, professions=frozenset({"nurse"})), 0),
        (replace(SUPPORTED, kva_codes=UNCODED), 1800),
    ],
    ids=["uncoded", "another code", "coded without social services", "uncoded with fixed support"],
)
def test_presence_without_the_code_or_the_code_without_presence_is_pointed_out(visit: Visit, kronor: int) -> None:
    found = verdict(visit)
    assert found.to_be_coded
    assert found.kronor == kronor
    assert "Att koda:" in reasons(found) or "Att rätta:" in reasons(found)


def test_a_visit_by_the_nurse_alone_without_the_code_is_not_paid_by_the_scheme_and_needs_nothing() -> None:
    found = verdict(replace(EXTRA, professions=frozenset({"nurse"}), kva_codes=UNCODED))
    assert (found.rate, found.to_be_coded, found.extended) == (None, False, False)


@pytest.mark.shows("sfs-12", "sfs-13", "ore-10", "ore-11", "anv-25", "anv-26")
@pytest.mark.parametrize(
    "present", [{"social_services"}, {"nurse"}, {"nurse", "physician"}, {"social_services", "other"}]
)
def test_an_extended_visit_needs_a_nurse_and_social_services_both(present: set[str]) -> None:
    assert not verdict(replace(EXTRA, professions=frozenset(present))).extended
    assert verdict(replace(EXTRA, professions=JOINT | {"interpreter"})).extended


@pytest.mark.shows("sfs-06")
@pytest.mark.parametrize(("months", "extended"), [(-2, True), (0, True), (71, True), (72, False)])
def test_an_extended_visit_is_to_a_child_under_six_or_not_yet_born(months: int, extended: bool) -> None:
    assert verdict(replace(EXTRA, child_months=months)).extended is extended


@pytest.mark.shows("sfs-15")
def test_a_visit_that_other_support_pays_is_extended_but_not_charged_and_unknown_is_not_yes() -> None:
    assert [verdict(replace(EXTRA, other_funding=told)).charged for told in ("yes", "no", None)] == [0, 700, 700]
    assert verdict(replace(EXTRA, other_funding="yes")).extended


@pytest.mark.shows("adm-28", "ore-14")
def test_a_visit_before_the_routine_follows_it_by_assumption_and_says_so() -> None:
    before, on = verdict(replace(EXTRA, date=date(2025, 9, 17))), verdict(replace(EXTRA, date=date(2025, 9, 18)))
    assert (before.kronor, before.by_assumption) == (2500, True)
    assert (on.kronor, on.by_assumption) == (2500, False)
    steps = [step for _, step in judge().because(before).walk()]
    assert any("Besöket gjordes före den 18 september 2025" in step.says and step.assumption for step in steps)


def test_every_figure_says_what_it_rests_on() -> None:
    steps = {step.cites for _, step in judge().because(verdict(EXTRA)).walk()}
    assert {"ore-25", "sfs-07", "sfs-13", "sfs-06"} <= steps
    assert "Belastar statsbidraget" in reasons(verdict(EXTRA))


def test_the_same_record_twice_is_counted_once_and_the_last_one_holds() -> None:
    first, last = replace(EXTRA, kva_codes=UNCODED), EXTRA
    assert [found.status for found in judge().reimburse([first, last])] == ["duplicate", "counted"]
    assert settle(judge().reimburse([first, last, last]))[0].duplicates == 2
    assert settle(judge().reimburse([first, last]))[0].kronor == 2500


def test_another_place_in_the_programme_is_another_record() -> None:
    both = judge().reimburse([EXTRA, replace(EXTRA, place="ordinary")])
    assert [found.status for found in both] == ["counted", "counted"]


ELSEWHERE = replace(EXTRA, clinic="Kumla vårdcentral")


def test_a_visit_that_two_clinics_have_is_paid_to_neither_and_says_why() -> None:
    both = judge().reimburse([EXTRA, ELSEWHERE])
    assert [found.status for found in both] == ["claimed_twice", "claimed_twice"]
    assert [(month.visits, month.kronor, month.claimed_twice) for month in settle(both)] == [(0, 0, 1), (0, 0, 1)]
    assert reasons(both[0]).startswith("Besöket 2 oktober 2025 på Karla vårdcentral: 0 kr / Väntar: en annan enhet")


def test_a_visit_that_was_settled_before_another_clinic_came_with_it_stays_paid() -> None:
    both = judge().reimburse([ELSEWHERE, EXTRA], [Claim(EXTRA.child, EXTRA.date, EXTRA.clinic)])
    assert [found.status for found in both] == ["claimed_twice", "counted"]


def test_another_place_in_the_programme_does_not_make_it_another_visit_where_two_clinics_have_it() -> None:
    both = judge().reimburse([EXTRA, replace(ELSEWHERE, place="ordinary")])
    assert {found.status for found in both} == {"claimed_twice"}


def test_a_twin_that_another_clinic_has_too_waits_and_the_other_stands_for_the_occasion() -> None:
    twins = [replace(EXTRA, child=child, family="f") for child in ("t1", "t2")]
    found = judge().reimburse([*twins, replace(ELSEWHERE, child="t1", family="f")])
    assert [each.status for each in found] == ["claimed_twice", "counted", "claimed_twice"]


def test_an_earlier_record_of_a_visit_that_two_clinics_have_is_a_duplicate_still() -> None:
    found = judge().reimburse([EXTRA, EXTRA, ELSEWHERE])
    assert [each.status for each in found] == ["duplicate", "claimed_twice", "claimed_twice"]


@pytest.mark.shows("adm-17")
def test_twins_on_one_occasion_are_one_visit_where_the_scheme_says_so() -> None:
    twins = [replace(EXTRA, child=child, family="f") for child in ("t2", "t1")]
    assert [found.status for found in judge().reimburse(twins)] == ["together", "counted"]
    [month] = settle(judge().reimburse(twins))
    assert (month.visits, month.together, month.kronor) == (1, 1, 2500)


@pytest.mark.shows("adm-17")
def test_of_twins_the_coded_record_stands_for_the_occasion() -> None:
    twins = [replace(EXTRA, child="t1", family="f", kva_codes=UNCODED), replace(EXTRA, child="t2", family="f")]
    assert [found.status for found in judge().reimburse(twins)] == ["together", "counted"]


@pytest.mark.shows("adm-17")
def test_each_child_is_paid_where_the_scheme_says_so() -> None:
    twins = [replace(EXTRA, clinic="Cia", child=child, family="f") for child in ("t1", "t2")]
    [month] = settle(judge(THIRD).reimburse(twins))
    assert (month.visits, month.together, month.kronor) == (2, 0, 1600)


@pytest.mark.parametrize(
    ("clinic", "day", "visit", "kronor", "charged"),
    [
        ("Ada", date(2025, 6, 30), EXTRA, 1000, 0),
        ("Ada", date(2025, 7, 1), EXTRA, 3200, 3200),
        ("Ada", date(2025, 7, 1), replace(EXTRA, place="ordinary"), 1000, 0),
        ("Bo", date(2025, 7, 1), EXTRA, 800, 500),
        ("Cia", date(2025, 7, 1), replace(EXTRA, child_months=24), 0, 0),
        ("Cia", date(2025, 2, 28), EXTRA, 0, 0),
    ],
)
def test_a_third_region_pays_by_class_day_and_rule_without_any_code(
    clinic: str, day: date, visit: Visit, kronor: int, charged: int
) -> None:
    found = verdict(replace(visit, clinic=clinic, date=day), THIRD)
    assert (found.kronor, found.charged) == (kronor, charged)


def test_a_scheme_without_pay_per_visit_still_tells_which_are_extended() -> None:
    found = verdict(replace(EXTRA, clinic="vilken som helst"), "stockholm-2025")
    assert (found.kronor, found.extended, found.to_be_coded) == (0, True, False)


def test_a_month_adds_up_what_its_visits_are_each() -> None:
    visits = [EXTRA, replace(EXTRA, child="b", kva_codes=UNCODED), replace(EXTRA, child="c", date=date(2025, 1, 9))]
    assert settle(judge().reimburse(visits)) == [
        SettledMonth("Karla vårdcentral", 1, 1, 1, 1, 2500, 1800, 700, 0, 1),
        SettledMonth("Karla vårdcentral", 10, 2, 1, 2, 2500, 1800, 700, 1, 0),
    ]


def test_codes_other_than_the_schemes_do_no_harm() -> None:
    assert verdict(replace(EXTRA, kva_codes=CODED | {"GD005"})).kronor == 2500
