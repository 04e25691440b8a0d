"""A form sent twice does its deed once, and a form sent with a session that has run out is not lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from statsbidrag.portal import interruption
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Deed, Interrupted, Role
from statsbidrag.portal.views.forms import once
from statsbidrag.portal.writing import writing
from statsbidrag.terms.faults import Fault


def asked(method: str, now: datetime, **values: str) -> Request:
    """A request by someone who has not signed in."""
    request = getattr(RequestFactory(), method)("/kommun/rekvisition/", values)
    request.now, request.visitor = now, None
    return request


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_done_once_and_ends_at_the_same_page(now: datetime) -> None:
    done: list[str] = []
    request = asked("post", now)

    def deed() -> str:
        done.append("once")
        return f"/kvitto/{len(done)}/"

    assert once(request, "k1", deed) == once(request, "k1", deed) == "/kvitto/1/"
    assert done == ["once"]
    assert once(request, "k2", deed) == "/kvitto/2/"


@pytest.mark.django_db
def test_a_deed_that_is_refused_may_be_tried_again_with_the_same_form(now: datetime) -> None:
    def refused() -> str:
        raise Fault("formuläret", "Fel.", "Rätta.")

    with pytest.raises(Fault):
        once(asked("post", now), "k1", refused)
    assert not Deed.objects.exists()
    assert once(asked("post", now), "k1", lambda: "/klart/") == "/klart/"


@pytest.mark.django_db
def test_what_was_filled_in_when_the_session_ran_out_comes_back_once_on_the_same_page(now: datetime) -> None:
    sent = asked("post", now, amount="16 259 682 kr", csrfmiddlewaretoken="hemlig")
    answer = interruption.ask_to_sign_in(sent)
    assert answer.status_code == 302
    assert "hemlig" not in str(Interrupted.objects.get().values)

    back = asked("get", now + timedelta(minutes=5))
    back.COOKIES["interrupted"] = answer.cookies["interrupted"].value
    kept = interruption.restored(back)
    assert kept is not None
    assert kept["amount"] == "16 259 682 kr"
    assert interruption.restored(back) is None


@pytest.mark.django_db
def test_what_was_filled_in_is_not_kept_for_ever(now: datetime) -> None:
    answer = interruption.ask_to_sign_in(asked("post", now, amount="1"))
    back = asked("get", now + timedelta(hours=3))
    back.COOKIES["interrupted"] = answer.cookies["interrupted"].value
    assert interruption.restored(back) is None


def test_a_leavers_rights_end_with_the_role(
    someone: Callable[..., Visitor], browser_of: Callable[[Visitor | None], Client], now: datetime
) -> None:
    officer = someone("officer")
    browser = browser_of(officer)
    assert browser.get(reverse("agency_desk")).status_code == 200
    Role.objects.filter(person_id=officer.id).update(ended=now)
    assert browser.get(reverse("agency_desk")).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_follows_when_a_deed_is_stored_may_be_a_deed_of_its_own() -> None:
    followed = []

    def follow() -> None:
        with writing():
            followed.append(connection.in_atomic_block)

    with writing():
        transaction.on_commit(follow)
        assert not followed
    assert followed == [True]
