"""A prepared question gives what the question itself would give, for every value, and is made into SQL only once."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef

from statsbidrag.portal.models import Case, RequisitionDraft, Round
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, TEXT, YEAR, Prepared

pytestmark = pytest.mark.django_db

_CASES = Exists(Case.objects.filter(year=OuterRef("year"), number=TEXT))
_ROUNDS = Prepared(lambda: Round.objects.filter(pk=YEAR).values_list("year", "published", "opened", _CASES))


def test_moments_and_truths_come_back_as_the_models_give_them(now: datetime) -> None:
    Round.objects.create(year=2025, published=now)
    Case.objects.create(number="9.1-1/2025", year=2025, kind="round", matter="Omgången", opened=now)
    assert _ROUNDS.rows({YEAR: 2025, TEXT: "9.1-1/2025"}) == [(2025, now, None, True)]
    assert _ROUNDS.rows({YEAR: 2025, TEXT: "9.1-2/2025"}) == [(2025, now, None, False)]
    assert _ROUNDS.first({YEAR: 2024, TEXT: ""}) is None


def test_what_is_kept_as_json_comes_back_as_values(now: datetime, someone: Any) -> None:
    person = someone()
    values = {"amount": "1 000", "contact_name": "Åsa ”Exempel” (påhittad)"}
    made = RequisitionDraft.objects.create(
        year=2025, recipient="region-01", values=values, changed=now, changed_by_id=person.id
    )
    question = Prepared(lambda: RequisitionDraft.objects.filter(pk=ID, recipient=RECIPIENT).values_list("values"))
    assert question.first({ID: made.pk, RECIPIENT: "region-01"}) == (values,)
    assert question.first({ID: made.pk, RECIPIENT: "' OR 1=1 --"}) is None


def test_the_question_is_made_once() -> None:
    made: list[str] = []

    def ask() -> Any:
        made.append(connection.vendor)
        return Round.objects.filter(pk=YEAR).values_list("year")

    question = Prepared(ask)
    for year in (2023, 2024, 2025):
        question.rows({YEAR: year})
    assert made == [connection.vendor]
