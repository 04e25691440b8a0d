"""Delegation decisions: whoever has the board's mandate moves money; each move is numbered, reasoned and listed."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from io import StringIO

import pytest
from django.test import Client

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.mandate import decide
from statsbidrag.region.actions.paying import pay_out
from statsbidrag.region.actions.planning import add_project
from statsbidrag.region.models import MandateMove, RegionYear
from statsbidrag.region.queries.plan import plan_of
from statsbidrag.terms.faults import Fault

PAGE = "/region/region-01/2025/delegationsbeslut/"
MOVE = {"moved_from": "ces_method", "moved_to": "suppliers", "kronor": 500_000, "reason": "Fler BVC vill vara med."}


@pytest.mark.shows("adm-27", "sth-05")
def test_a_move_is_a_numbered_decision_with_its_reason_and_a_document(
    decided: RegionYear, dag: Visitor, now: datetime
) -> None:
    first = decide(dag, decided, **MOVE, now=now)  # type: ignore[arg-type]
    second = decide(dag, decided, **MOVE, now=now)  # type: ignore[arg-type]
    plan = plan_of(decided)
    assert (first.number, second.number) == (1, 2)
    assert plan.distribution.line("ces_method").kronor == plan.unpaid("ces_method") == 500_000
    assert plan.distribution.line("suppliers").kronor == 5_000_000
    assert [each.number for each in plan.distribution.decisions] == [1, 2]
    assert first.document is not None
    text = bytes(first.document.content.content).decode()
    assert "Skäl: Fler BVC vill vara med." in text
    assert "Dag Delegat (påhittad) enligt nämndens uppdrag till Hälso- och sjukvårdsdirektören" in text


@pytest.mark.shows("sth-06")
def test_what_is_left_is_assigned_even_to_an_effort_that_came_after_the_boards_decision(
    decided: RegionYear, dag: Visitor, lo: Visitor, now: datetime
) -> None:
    added = add_project(lo, decided, name="Språkväskor", owner="BHV", ends=date(2025, 12, 31), now=now)
    left = plan_of(decided).left or 0
    decide(dag, decided, moved_from="left", moved_to=added.slug, kronor=left, reason="Mer språk.", now=now)
    plan = plan_of(decided)
    assert (plan.left, plan.unpaid(added.slug)) == (0, left)
    assert plan.distribution.line(added.slug).because.steps[-1].value == left


def test_nobody_but_the_holder_of_the_mandate_decides(
    decided: RegionYear, lo: Visitor, someone: Callable[..., Visitor], now: datetime
) -> None:
    for other in (lo, someone("mandate_holder", "region-18"), None):
        with pytest.raises(Refused):
            decide(other, decided, **MOVE, now=now)  # type: ignore[arg-type]


def test_what_has_been_paid_out_cannot_be_moved(decided: RegionYear, dag: Visitor, lo: Visitor, now: datetime) -> None:
    pay_out(lo, decided, "ces_method", kronor=1_100_000, day=date(2025, 7, 1), reference="D1", now=now)
    with pytest.raises(Fault, match="inte utbetalt"):
        decide(dag, decided, **MOVE, now=now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"moved_to": "kson"}, "ingen satsning"),
        ({"moved_to": "ces_method"}, "någon annan satsning"),
        ({"reason": "  "}, "saknar skäl"),
        ({"kronor": 1_500_001}, "Flytta högst"),
        ({"moved_from": "left", "kronor": 2_000_000}, "Flytta högst"),
    ],
)
def test_a_move_that_cannot_be_is_refused_kindly(
    decided: RegionYear, dag: Visitor, now: datetime, changed: dict[str, object], says: str
) -> None:
    with pytest.raises(Fault, match=says):
        decide(dag, decided, **{**MOVE, **changed}, now=now)  # type: ignore[arg-type]
    assert not MandateMove.objects.exists()


def test_the_mandate_is_used_after_the_boards_decision(paid: RegionYear, dag: Visitor, now: datetime) -> None:
    with pytest.raises(Fault, match="Nämnden har inte beslutat"):
        decide(dag, paid, **MOVE, now=now)  # type: ignore[arg-type]


def test_a_scheme_that_gives_no_mandate_leaves_the_plan_to_the_board(
    orebro: str, someone: Callable[..., Visitor], browser_of: Callable[[Visitor | None], Client]
) -> None:
    holder = someone("mandate_holder", orebro)
    page = browser_of(holder).get(f"/region/{orebro}/2025/delegationsbeslut/").content.decode()
    assert "Ordningen ger inget uppdrag att flytta pengar." in page
    assert "Besluta</button>" not in page


@pytest.mark.shows("adm-27")
def test_the_decisions_are_listed_for_report_to_the_board_as_page_and_file(
    decided: RegionYear, dag: Visitor, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser = browser_of(dag)
    answer = browser.post(PAGE, {**MOVE, "kronor": "500 000 kr", "deed_key": "a1"})
    again = browser.post(PAGE, {**MOVE, "kronor": "500 000 kr", "deed_key": "a1"})
    assert answer.url == again.url == PAGE
    [move] = MandateMove.objects.all()
    assert "Fler BVC vill vara med." in browser.get(PAGE).content.decode()
    text = browser.get("/region/region-01/2025/delegationsbeslut.csv").content.decode("utf-8-sig")
    [line] = csv.DictReader(StringIO(text))
    assert (line["number"], line["kronor"], line["reason"]) == ("1", "500000", move.reason)
    assert line["moved_from"] == "Metodstöd för lokal anpassning av programmet"
    assert browser.get("/region/region-01/2025/delegationsbeslut.xlsx").content[:2] == b"PK"
    assert browser.get("/region/region-01/2025/delegationsbeslut.exe").status_code == 404
