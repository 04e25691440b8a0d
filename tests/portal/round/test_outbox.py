from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions.mailing import deliver_all, send_again, send_what_is_stuck
from statsbidrag.portal.actions.post import send
from statsbidrag.portal.correspondence import BETWEEN_COLLEAGUES
from statsbidrag.portal.models import Mail
from statsbidrag.portal.queries.mail import outbox, state_of
from statsbidrag.terms.faults import Fault


@pytest.fixture
def mails(now: datetime, db: None) -> dict[str, Mail]:
    """One e-mail of each state, and one between colleagues."""
    made = {
        name: send(f"{name}@exempel.se", f"Ämne {name}", f"Texten {name}", now, occasion="reminder", recipient=key)
        for name, key in (("sent", "region-01"), ("waiting", "region-14"), ("failed", "municipality-0484"))
    }
    made["private"] = send("x@exempel.se", "Inbjudan", "https://exempel.se/hemlig", now, occasion=BETWEEN_COLLEAGUES)
    Mail.objects.filter(pk=made["sent"].pk).update(sent=now, attempts=1)
    Mail.objects.filter(pk=made["failed"].pk).update(fault="550 okänd adress", attempts=5)
    for mail in made.values():
        mail.refresh_from_db()
    return made


def test_each_mail_stands_by_its_state_and_why_it_failed(
    mails: dict[str, Mail], officer: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    assert {name: state_of(mails[name]) for name in ("sent", "waiting", "failed")} == {
        "sent": "sent",
        "waiting": "waiting",
        "failed": "failed",
    }
    assert outbox("", "", 1).counts == {"sent": 1, "waiting": 1, "failed": 1}
    page = browser_of(officer).get(reverse("outbox")).content.decode()
    assert "550 okänd adress" in page
    assert "Eskilstuna kommun" in page


@pytest.mark.parametrize(
    ("state", "text", "found"),
    [("failed", "", ["failed"]), ("", "eskils", ["failed"]), ("", "WAITING@", ["waiting"]), ("sent", "eskils", [])],
)
def test_the_outbox_is_filtered_and_searched(mails: dict[str, Mail], state: str, text: str, found: list[str]) -> None:
    shown = outbox(state, text, 1)
    assert list(shown.mails) == [mails[name] for name in found]
    assert shown.found == len(found)


@pytest.mark.shows("adm-02")
def test_what_colleagues_send_each_other_is_nowhere_in_the_agencys_outbox(
    mails: dict[str, Mail], officer: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    browser = browser_of(officer)
    for query in ("", "?sok=Inbjudan", "?lage=waiting"):
        assert "x@exempel.se" not in browser.get(f"{reverse('outbox')}{query}").content.decode()
    assert browser.get(reverse("mail", args=[mails["private"].pk])).status_code == 404
    assert browser.post(reverse("mail", args=[mails["private"].pk]), {"deed_key": "a"}).status_code == 404


def test_a_mail_has_a_page_with_its_text(
    mails: dict[str, Mail], officer: Visitor, browser_of: Callable[[Visitor], Client]
) -> None:
    page = browser_of(officer).get(reverse("mail", args=[mails["failed"].pk])).content.decode()
    assert "Texten failed" in page
    assert "5 försök" in page
    assert "Skicka igen" in page


def test_what_failed_is_sent_again(
    mails: dict[str, Mail],
    officer: Visitor,
    browser_of: Callable[[Visitor], Client],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        answer = browser_of(officer).post(reverse("mail", args=[mails["failed"].pk]), {"deed_key": "a"})
    assert answer.status_code == 302
    again = Mail.objects.get(pk=mails["failed"].pk)
    assert (state_of(again), again.fault, again.attempts) == ("sent", "", 1)


def test_a_mail_that_the_server_refuses_is_failed_with_the_reason(
    now: datetime,
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    def refuse(message: EmailMessage) -> None:
        raise SMTPRecipientsRefused({"a@exempel.se": (550, b"unknown")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        mail = send("a@exempel.se", "Ämne", "Text", now, occasion="reminder")
    mail.refresh_from_db()
    assert state_of(mail) == "failed"
    assert "550" in mail.fault


def test_what_was_never_tried_goes_when_an_officer_asks_and_only_that(
    mails: dict[str, Mail],
    officer: Visitor,
    now: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    assert send_what_is_stuck(officer, now) == 0
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert send_what_is_stuck(officer, now + timedelta(minutes=11)) == 1
    states = {name: state_of(Mail.objects.get(pk=mail.pk)) for name, mail in mails.items()}
    assert states == {"sent": "sent", "waiting": "sent", "failed": "failed", "private": "waiting"}


def test_a_job_that_was_stopped_midway_and_is_run_again_sends_each_only_once(
    mails: dict[str, Mail], mailoutbox: list[EmailMessage]
) -> None:
    sent, waiting = mails["sent"].pk, mails["waiting"].pk
    deliver_all.call([sent])
    deliver_all.call([sent, waiting])
    deliver_all.call([sent, waiting])
    assert [message.to for message in mailoutbox] == [["waiting@exempel.se"]]


def test_the_outbox_says_that_something_is_stuck_and_sends_it_at_a_click(
    mails: dict[str, Mail],
    officer: Visitor,
    now: datetime,
    browser_of: Callable[[Visitor], Client],
    at: Callable[[datetime], None],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    browser = browser_of(officer)
    at(now + timedelta(minutes=11))
    assert "1 mejl har inte kommit iväg" in browser.get(reverse("outbox")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert browser.post(reverse("outbox"), {"deed_key": "a"}).status_code == 302
    assert "har inte kommit iväg" not in browser.get(reverse("outbox")).content.decode()


def test_what_has_gone_is_not_sent_again(mails: dict[str, Mail], officer: Visitor) -> None:
    with pytest.raises(Fault, match="redan skickats"):
        send_again(officer, mails["sent"])


def test_who_only_reads_sends_nothing_again(mails: dict[str, Mail], someone: Callable[..., Visitor]) -> None:
    with pytest.raises(Refused):
        send_again(someone("auditor"), mails["failed"])


def test_a_long_outbox_is_turned_page_by_page(now: datetime, db: None) -> None:
    Mail.objects.bulk_create(
        Mail(to=f"m{number}@exempel.se", subject="Ämne", body="", occasion="reminder", created=now)
        for number in range(120)
    )
    first, last, beyond = outbox("", "", 1), outbox("", "", 3), outbox("", "", 99)
    assert (len(first.mails), len(last.mails), first.pages) == (50, 20, 3)
    assert first.mails[0].to == "m119@exempel.se"
    assert beyond.number == 3
