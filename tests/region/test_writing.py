"""Deeds in the region's house: stored whole, done once, and what follows on them never waits for itself."""

import pytest
from django.db import transaction

from statsbidrag.portal.models import Mail
from statsbidrag.region.actions.notices import hand_over_waiting, tell
from statsbidrag.region.models import Notice
from statsbidrag.region.router import REGION
from statsbidrag.region.writing import writing

pytestmark = pytest.mark.django_db(databases=["default", "region"], transaction=True)


def test_an_e_mail_goes_to_the_outbox_once_its_deed_is_stored(now: object) -> None:
    with writing():
        tell("en@exempel.se", "Ämne", "Text", now)  # type: ignore[arg-type]
        assert not Mail.objects.exists()
    assert Mail.objects.get().to == "en@exempel.se"
    assert hand_over_waiting() == 0


def test_a_deed_that_is_taken_back_sends_nothing(now: object) -> None:
    with writing():
        tell("en@exempel.se", "Ämne", "Text", now)  # type: ignore[arg-type]
        transaction.set_rollback(True, using=REGION)
    assert not Mail.objects.exists()
    assert not Notice.objects.exists()


def test_what_a_killed_process_left_between_the_houses_is_handed_over_later(now: object) -> None:
    with writing():
        tell("en@exempel.se", "Ämne", "Text", now)  # type: ignore[arg-type]
        transaction.get_connection(REGION).run_on_commit.clear()  # the process dies before it comes so far
    assert not Mail.objects.exists()
    assert hand_over_waiting() == 1
    assert Mail.objects.count() == 1


def test_an_e_mail_that_came_to_the_outbox_before_the_process_was_killed_does_not_go_twice(now: object) -> None:
    with writing():
        tell("en@exempel.se", "Ämne", "Text", now)  # type: ignore[arg-type]
        tell("en@exempel.se", "Ämne", "En annan text", now)  # type: ignore[arg-type]
    Notice.objects.update(posted=None)  # the process dies before it writes that down
    assert hand_over_waiting() == 2
    assert [mail.body for mail in Mail.objects.order_by("id")] == ["Text", "En annan text"]
