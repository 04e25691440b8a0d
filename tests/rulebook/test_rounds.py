import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statsbidrag.cycle.round import Round
from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.rulebook.reading import read_toml
from statsbidrag.rulebook.rounds import read_round
from statsbidrag.terms.faults import Fault, Faults


@pytest.fixture
def planted(rules: Path, tmp_path: Path) -> Path:
    """A copy of the 2025 round for a test to plant a fault in."""
    copy = tmp_path / "2025.toml"
    copy.write_text((rules / "rounds" / "2025.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return copy


def plant(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def shipped(rules: Path, year: int) -> Round:
    return read_round(rules / "rounds" / f"{year}.toml")


@pytest.mark.parametrize("year", [2024, 2025])
def test_the_shipped_rounds_are_whole_and_fit_together(rules: Path, year: int) -> None:
    assert shipped(rules, year).year == year


@pytest.mark.shows("sfs-01", "sfs-50", "sfs-51", "anv-01", "anv-03", "anv-04", "rap-01")
def test_2025_rests_on_the_ordinance_and_bears_its_own_title(rules: Path) -> None:
    round_ = shipped(rules, 2025)
    assert round_.title.value.startswith("Statsbidrag till kommuner och regioner")
    assert [differing.cites for differing in round_.title.differs] == ["anv-03", "rap-01"]
    assert (round_.legal_basis.cites, round_.task.cites) == ("anv-04", "anv-01")
    assert round_.in_force is not None
    assert round_.in_force.value == date(2025, 3, 11)
    assert round_.regulations is not None
    assert round_.regulations.cites == "sfs-50"


@pytest.mark.shows("utl-01", "utl-33")
def test_2024_rests_on_the_governments_commission(rules: Path) -> None:
    round_ = shipped(rules, 2024)
    assert (round_.legal_basis.cites, round_.title.cites) == ("utl-01", "utl-33")
    assert round_.in_force is None


@pytest.mark.shows("anv-06", "utl-25", "sth-11")
@pytest.mark.parametrize(("year", "pot"), [(2024, 82_000_000), (2025, 145_000_000)])
def test_the_pots_are_those_of_the_sources(rules: Path, year: int, pot: int) -> None:
    assert shipped(rules, year).allocation.pot.value == pot


@pytest.mark.shows("sfs-29", "sfs-30", "anv-37", "rap-03", "sth-14")
def test_three_sources_give_three_last_days_to_report_and_the_decisions_governs(rules: Path) -> None:
    last_day = shipped(rules, 2025).report.last_day
    assert (last_day.value, last_day.cites) == (date(2026, 3, 3), "rap-03")
    assert [differing.cites for differing in last_day.differs] == ["anv-37", "sth-14", "sfs-30"]


def test_what_no_source_says_is_an_assumption_with_its_reason(rules: Path) -> None:
    round_ = shipped(rules, 2025)
    for stated in (round_.reallocation.key, round_.reallocation.pots, round_.repayment.due_days):
        assert stated.assumption
        assert not stated.cites


@pytest.mark.shows("adm-23")
def test_only_the_reference_rates_that_are_known_stand_in_the_table(rules: Path) -> None:
    rates = shipped(rules, 2025).repayment.interest.rates
    assert {rate.half_year_from: rate.rate.value for rate in rates} == {
        date(2023, 7, 1): Fraction(35, 1000),
        date(2024, 1, 1): Fraction(4, 100),
        date(2024, 7, 1): Fraction(4, 100),
        date(2025, 1, 1): Fraction(3, 100),
        date(2025, 7, 1): Fraction(2, 100),
        date(2026, 1, 1): Fraction(2, 100),
    }


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("year = 2025", "year = 2026", "year", "Filen heter 2025 men gäller 2026"),
        (
            "value = 2025-04-29",
            "value = 2025-03-10",
            "[requisition.last_day]",
            "Sista dag att rekvirera är 10 mars",
        ),
        ("value = 2025-03-11\nassumption", "value = 2025-03-10\nassumption", "[requisition.opens]", "träder i kraft"),
        (
            "value = 2025-06-30",
            "value = 2025-04-28",
            "[payment.last_day]",
            "före sista dag att rekvirera 29 april",
        ),
        ("value = 2025-06-30", "value = 2025-04-29", "[payment.last_day]", "inte samma dag"),
        (
            "value = 2025-12-31",
            "value = 2025-05-31",
            "[decision.use_to]",
            "före sista dag för utbetalning 30 juni",
        ),
        ("value = 2025-12-31", "value = 2026-12-31", "[decision.use_to]", "utanför kalenderåret 2025"),
        ("value = 2025-01-01", "value = 2024-12-31", "[decision.use_from]", "utanför kalenderåret 2025"),
        ("value = 2026-03-03", "value = 2025-12-30", "[report.last_day]", "före sista dag att använda bidraget"),
        ("value = 2026-06-30", "value = 2026-03-02", "[account.last_day]", "före sista dag att redovisa 3 mars 2026"),
        ("value = 145_000_000", "value = 0", "[allocation.pot]", "Värdet är 0"),
        ("value = 145_000_000", "value = 16_259_681", "[[allocation.published]]", "av potten på 16"),
        ('region = "1/2"', 'region = "1/3"', "[allocation.split]", "Delarna av potten blir 5/6, inte 1"),
        (
            '{ region = "1/2", municipality = "1/2" }',
            '{ region = "3/2", municipality = "-1/2" }',
            "[allocation.split]",
            "får inte vara mindre än 0",
        ),
        (
            '[allocation.by_children]\nvalue = "1/2"',
            '[allocation.by_children]\nvalue = "1/3"',
            "[allocation.by_children]",
            "De två vikterna blir 5/6, inte 1",
        ),
        ('value = ["region", "municipality"]', 'value = ["region"]', "[requisition.who_may]", "har en del av potten"),
        ('ground = "no report"', 'ground = "not used"', "[repayment.unreported]", "har inte grunden ”no report”"),
        (
            'ground = "not used"',
            'ground = "other purpose"',
            "[repayment.unused_in_batch]",
            "har inte grunden ”not used”",
        ),
        ('fact = "amount"', 'fact = "recipient"', "[[requisition.facts]]", "”recipient” står två gånger"),
        ('fact = "amount"', 'fact = "wants_more"', "[[requisition.facts]]", "”amount” saknas"),
        ('ground = "not used"', 'ground = "given wrongly"', "[[repayment.grounds]]", "”given wrongly” står två gånger"),
        ("half_year_from = 2024-01-01", "half_year_from = 2024-02-01", "[[repayment.interest.rates]]", "ett halvår"),
        ("half_year_from = 2024-01-01", "half_year_from = 2023-07-01", "[[repayment.interest.rates]]", "två gånger"),
        ("value = 21", "value = 0", "[repayment.answer_days]", "Värdet är 0"),
        ("value = 30", "value = 1000000000", "[repayment.due_days]", "Ange ett tal från 1 till 366"),
        ("value = 0\n", "value = -1\n", "[repayment.reminder_fee]", "Värdet är -1"),
        ('recipient = "region-01"', 'recipient = "Stockholm"', "[[allocation.published]]", "är ingen mottagare"),
    ],
)
def test_each_part_that_does_not_fit_gives_its_own_message(
    planted: Path, old: str, new: str, place: str, says: str
) -> None:
    plant(planted, old, new)
    with pytest.raises(Fault) as refused:
        read_round(planted)
    faults = refused.value.faults if isinstance(refused.value, Faults) else (refused.value,)
    [fault] = [fault for fault in faults if says in str(fault)]
    assert fault.where == f"{planted}, {place}"
    assert fault.remedy


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[payment.when]", "[payment.wen]", "Okänd uppgift ”wen”. Menade du ”when”?"),
        ('ground = "not used"', 'ground = "not usd"', "”not usd” går inte att välja här. Menade du ”not used”?"),
        ("value = 2025-04-29", "value = 29", "requisition last_day value: Värdet ”29” har fel slag"),
        ('cites = "anv-34"\n', "", "antingen en källa eller ett antagande"),
        ("[account.last_day]", "[account.lastday]", "Okänd uppgift ”lastday”. Menade du ”last_day”?"),
        ('[requisition.channel]\nvalue = "e-service"', '[requisition.channel]\nvalue = "fax"', "”fax” går inte"),
    ],
)
def test_what_is_misspelt_or_of_the_wrong_kind_is_named(planted: Path, old: str, new: str, says: str) -> None:
    plant(planted, old, new)
    with pytest.raises(Fault, match=re.escape(says)):
        read_round(planted)


def test_several_faults_are_told_at_once(planted: Path) -> None:
    plant(planted, "value = 2026-06-30", "value = 2026-03-02")
    plant(planted, "value = 21", "value = 0")
    with pytest.raises(Faults) as refused:
        read_round(planted)
    assert len(str(refused.value).splitlines()) == 2


def _places(node: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a rule file that holds something: a value, a table or a list."""
    items: Iterable[tuple[str | int, object]] = ()
    if isinstance(node, dict):
        items = node.items()
    elif isinstance(node, list):
        items = enumerate(node)
    for key, item in items:
        yield (*place, key)
        yield from _places(item, (*place, key))


WHOLE = read_toml(SHIPPED / "rounds" / "2025.toml")
NOON = datetime(2025, 1, 1, 12, tzinfo=UTC)
WRONG: list[object] = ["", "x", "1/0", -1, 0, 10**40, True, 1.5, [], {}, date.min, date.max, NOON]


@given(st.sampled_from(list(_places(WHOLE))), st.sampled_from(WRONG), st.booleans())
def test_whatever_stands_anywhere_in_the_file_is_read_or_refused_with_a_fault(
    place: tuple[str | int, ...], wrong: object, missing: bool
) -> None:
    table = deepcopy(WHOLE)
    node: Any = table
    for key in place[:-1]:
        node = node[key]
    if missing:
        del node[place[-1]]
    else:
        node[place[-1]] = wrong
    with patch("statsbidrag.rulebook.rounds.read_toml", return_value=table), suppress(Fault):
        assert read_round(SHIPPED / "rounds" / "2025.toml").year == 2025
