"""What is remembered between pages is never out of date: after every deed it is what the database says."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from payment_files import booked, handed_over, notification, prepared, rejected

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import bank_answers, giro_checks, payment_notices, payments
from statsbidrag.portal.models import BankAnswer, Payment
from statsbidrag.portal.queries import bank_answers as answers_reading
from statsbidrag.portal.queries import giros as giros_reading
from statsbidrag.portal.queries import payments as payments_reading
from statsbidrag.portal.queries import remembering
from statsbidrag.portal.queries.due_payments import outlook

from .conftest import ALE, DECIDED, ESKILSTUNA, KRONOR, STOCKHOLM, Granted

LATER = DECIDED + timedelta(days=15)


def test_what_is_remembered_is_what_the_database_says_after_every_deed(
    granted: Granted, finance: Visitor, colleague: Visitor, agent: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def references() -> dict[str, str]:
        return dict(Payment.objects.order_by("id").values_list("recipient", "reference"))

    def reads(file: bytes, name: str) -> None:
        bank_answers.read_in(finance, 2025, name, file, now=LATER)

    deeds: list[Callable[[], object]] = [
        lambda: prepared(finance),
        lambda: payments.withdraw(finance, 2025, 1, DECIDED),
        lambda: handed_over(finance, colleague),
        lambda: reads(rejected(references()[ESKILSTUNA], "SB-2025-002"), "ett.xml"),
        lambda: giro_checks.new_giro(agent, 2025, ESKILSTUNA, "90 20 03-3", now=LATER),
        lambda: giro_checks.check_owner(finance, 2025, ESKILSTUNA, "Ringde", now=LATER),
        lambda: giro_checks.check_owner(finance, 2025, ESKILSTUNA, "Ringde igen", now=LATER + timedelta(days=1)),
        lambda: reads(notification(booked(references()[ALE], KRONOR[ALE])), "två.xml"),
        lambda: payment_notices.send_notices.call(2025),
        lambda: reads(notification(booked(references()[STOCKHOLM], 1)), "tre.xml"),
        lambda: bank_answers.look_at(finance, BankAnswer.objects.get(kronor=1).pk, "Fel", LATER),
        lambda: granted.decide(ALE, "change", 130_000, earlier=granted.cases[ALE].decisions.get()),
    ]
    today, states = LATER.date(), set()
    for deed in [lambda: None, *deeds]:
        deed()
        fresh = payments_reading.payments(2025), giros_reading.giros(2025, today), answers_reading.said(2025)
        due = outlook(2025, today, today, fresh[0])
        with monkeypatch.context() as between:
            between.setattr(remembering, "within_a_deed", lambda: False)
            assert (
                payments_reading.payments(2025),
                giros_reading.giros(2025, today),
                answers_reading.said(2025),
            ) == fresh
            assert outlook(2025, today, today, fresh[0]) == due
        states.add(str((fresh, due)))
    assert len(states) == len(deeds) + 1


def test_nothing_is_read_again_while_nothing_happens(granted: Granted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembering, "within_a_deed", lambda: False)
    assert payments_reading.payments(2025) is payments_reading.payments(2025)
