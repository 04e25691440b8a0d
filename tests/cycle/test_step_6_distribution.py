"""A region's own book: what was received is transfers, efforts, fixed support, visit pay and what is left, always."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_visits import THIRD, scheme_named

from statsbidrag.cycle.clinics import Clinic, IndexValue
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.step_6_distribution import LEFT, DelegationDecision, Distribution, Plan, distribute
from statsbidrag.terms.faults import Fault

RECEIVED = 16_259_682
BUDGETS = {"bhv_projects": 6_000_000, "new_projects": 3_000_000, "ces_method": 1_500_000, "suppliers": 4_000_000}
MAY = date(2025, 6, 2)


def stockholm() -> Scheme:
    return scheme_named("stockholm-2025")[0]


def planned() -> Distribution:
    return distribute(stockholm(), RECEIVED, plan=Plan(BUDGETS))


def decision(number: int, moved_from: str, moved_to: str, kronor: int) -> DelegationDecision:
    return DelegationDecision(number, MAY, moved_from, moved_to, kronor, "Projektet växer.")


@pytest.mark.shows("sth-08", "sth-09")
def test_2_7_per_cent_to_kson_is_439_000_kr_and_says_how() -> None:
    line = planned().line("kson")
    assert line.kronor == 439_000
    says = [step.says.replace("\u00a0", " ") for _, step in line.because.walk()]
    assert "2,7 % av 16 259 682 kr är 439 011,41 kr" in says
    assert "Avrundat till närmaste 1 000 kr" in says
    assert "Samma belopp står i källan" in says


def test_the_published_sum_is_not_claimed_of_another_amount() -> None:
    line = distribute(stockholm(), 10_000_000).line("kson")
    assert line.kronor == 270_000
    assert "Samma belopp står i källan" not in [step.says for _, step in line.because.walk()]


@pytest.mark.shows("sth-24", "sth-27", "sth-30", "sth-35")
def test_the_book_adds_up_to_what_was_received() -> None:
    book = planned()
    assert book.totals == {"transfer": 439_000, "effort": 14_500_000, "fixed_support": 0, "visit_pay": 0}
    assert book.left == RECEIVED - 439_000 - 14_500_000


def test_a_sum_that_no_source_tells_is_unknown_and_never_0() -> None:
    book = distribute(stockholm(), RECEIVED)
    assert book.left is None
    assert book.totals["effort"] is None
    assert "okänt belopp" in book.line("suppliers").because.says


@pytest.mark.shows("ore-30")
def test_orebros_fixed_support_is_unknown_until_the_region_says() -> None:
    scheme, clinics = scheme_named("orebro-2025")
    unknown = distribute(scheme, 4_000_000, clinics.values(), Plan(visit_pay=70_000))
    assert unknown.line("Varberga vårdcentral").kronor is None
    assert unknown.left is None
    told = distribute(scheme, 4_000_000, clinics.values(), Plan(fixed_support=500_000, visit_pay=70_000))
    assert told.totals == {"transfer": 0, "effort": 0, "fixed_support": 2_000_000, "visit_pay": 70_000}
    assert told.left == 1_930_000


def test_a_third_region_shares_fixed_support_by_index_and_listed_children() -> None:
    scheme, clinics = scheme_named(THIRD)
    book = distribute(scheme, 2_000_000, clinics.values())
    # 2.5 x 400 = 1 000 and 1.75 x 200 = 350 of 1 350
    assert [(line.name, line.kronor) for line in book.lines][:2] == [("Ada", 740_741), ("Bo", 259_259)]


def test_a_share_by_index_is_unknown_where_one_clinics_index_is_another() -> None:
    scheme, clinics = scheme_named(THIRD)
    other = replace(clinics["Bo"], index=IndexValue("ett annat index", 2025, Fraction(9)))
    book = distribute(scheme, 2_000_000, [clinics["Ada"], other])
    assert book.totals["fixed_support"] is None


@pytest.mark.shows("sth-05", "sth-06", "adm-27")
def test_the_director_moves_between_efforts_and_assigns_the_rest_by_numbered_decisions() -> None:
    book = planned().decide(decision(1, "ces_method", "suppliers", 500_000))
    book = book.decide(decision(2, LEFT, "new_projects", 1_000_000))
    assert [line.kronor for line in book.lines if line.kind == "effort"] == [6_000_000, 4_000_000, 1_000_000, 4_500_000]
    assert book.left == RECEIVED - 439_000 - 15_500_000
    assert [each.number for each in book.decisions] == [1, 2]
    says = [step.says.replace("\u00a0", " ") for _, step in book.line("suppliers").because.walk()]
    assert "Delegationsbeslut 1 den 2 juni 2025: 500 000 kr till. Projektet växer." in says


@pytest.mark.shows("adm-27")
@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (decision(2, "ces_method", "suppliers", 1), "Nästa nummer är 1"),
        (replace(decision(1, "ces_method", "suppliers", 1), reason=" "), "saknar skäl"),
        (decision(1, "ces_method", "suppliers", -5), "saknar skäl eller belopp"),
        (decision(1, "ces_method", "suppliers", 1_500_001), "Där finns 1 500 000 kr"),
        (decision(1, LEFT, "suppliers", 2_000_000), "Där finns 1 320 682 kr"),
        (decision(1, "ces_metod", "suppliers", 1), "Menade du ”ces_method”"),
        (decision(1, "kson", "suppliers", 1), "”kson” är ingen satsning"),
        (decision(1, "suppliers", "suppliers", 1), "flyttas inte"),
        (decision(1, "suppliers", LEFT, 1), "flyttas inte"),
    ],
)
def test_a_decision_outside_the_mandate_is_refused(wrong: DelegationDecision, says: str) -> None:
    with pytest.raises(Fault) as refused:
        planned().decide(wrong)
    assert says in str(refused.value).replace("\u00a0", " ")


def test_nothing_is_moved_from_what_is_unknown() -> None:
    with pytest.raises(Fault, match="är okänt"):
        distribute(stockholm(), RECEIVED).decide(decision(1, LEFT, "suppliers", 1))
    some = {key: kronor for key, kronor in BUDGETS.items() if key != "suppliers"}
    with pytest.raises(Fault, match="eget belopp är okänt"):
        distribute(stockholm(), RECEIVED, plan=Plan(some)).decide(decision(1, "ces_method", "suppliers", 1))


def test_a_scheme_without_a_mandate_leaves_it_to_the_board() -> None:
    scheme = replace(stockholm(), mandate=None)
    with pytest.raises(Fault, match="Låt nämnden besluta"):
        distribute(scheme, RECEIVED, plan=Plan(BUDGETS)).decide(decision(1, "ces_method", "suppliers", 1))


def test_more_than_was_received_is_refused_and_so_is_an_unknown_effort() -> None:
    with pytest.raises(Fault, match="mottaget"):
        distribute(stockholm(), 10_000_000, plan=Plan(BUDGETS))
    with pytest.raises(Fault, match="Menade du ”suppliers”"):
        distribute(stockholm(), RECEIVED, plan=Plan({"supliers": 1}))


@given(
    received=st.integers(0, 10**9),
    budgets=st.lists(st.integers(0, 10**8), min_size=4, max_size=4),
    moves=st.lists(st.tuples(st.sampled_from([LEFT, *BUDGETS]), st.sampled_from(list(BUDGETS)), st.integers(1, 10**7))),
)
def test_no_decision_makes_or_loses_a_krona(
    received: int, budgets: list[int], moves: list[tuple[str, str, int]]
) -> None:
    try:
        book = distribute(stockholm(), received, plan=Plan(dict(zip(BUDGETS, budgets, strict=True))))
    except Fault:
        return
    for moved_from, moved_to, kronor in moves:
        try:
            book = book.decide(decision(len(book.decisions) + 1, moved_from, moved_to, kronor))
        except Fault:
            continue
    assert book.left is not None
    assert book.left >= 0
    assert book.left + sum(line.kronor or 0 for line in book.lines) == received


def test_clinics_without_fixed_support_have_no_line() -> None:
    scheme, _ = scheme_named("orebro-2025")
    assert [line.kind for line in distribute(scheme, 1, [Clinic("A", "1880", "Örebro")]).lines] == ["visit_pay"]
