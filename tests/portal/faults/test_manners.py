"""How the service meets what a browser would never send: forged forms, other methods, foreign addresses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import Message

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import mailing, post, tidying
from statsbidrag.portal.actions.diary import Paper, enter, open_case
from statsbidrag.portal.models import (
    Deed,
    Interrupted,
    JointAccount,
    ReceivedRequisition,
    RequisitionDraft,
    Role,
    Round,
)
from statsbidrag.portal.sessions import SessionStore
from statsbidrag.portal.views.papers import paper

OWN, OTHER = "municipality-0484", "region-03"
AWAY = (
    "https://ond.exempel.se/",
    "//ond.exempel.se/",
    "/\\ond.exempel.se/",
    "javascript:alert(1)",
    "https:ond.exempel.se",
)
Browser = Callable[[Visitor | None], Client]
Someone = Callable[..., Visitor]


def test_a_form_that_did_not_come_from_our_page_does_nothing(someone: Someone, browser_of: Browser) -> None:
    browser = browser_of(someone("officer"))
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(reverse("round_desk", args=[2025]), {"deed": "publish", "deed_key": "a"})
    assert answer.status_code == 403
    assert "Formuläret kom inte från vår egen sida." in answer.content.decode()
    assert not Round.objects.filter(published__isnull=False).exists()
    assert not Deed.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_another_method_changes_nothing(someone: Someone, browser_of: Browser, method: str) -> None:
    agent = someone("agent", OWN)
    browser = browser_of(agent)
    for name in ("requisition_abstain", "new_giro"):
        getattr(browser, method)(reverse(name, args=[OWN, 2025]))
    for address in (reverse("remove_organisation", args=[OWN]), reverse("delete_account"), reverse("sign_out")):
        getattr(browser, method)(address)
    assert Role.objects.filter(person_id=agent.id, ended=None).count() == 1
    assert not ReceivedRequisition.objects.exists()
    assert not Deed.objects.exists()
    assert browser.get(reverse("my_organisations")).status_code == 200


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_led_away_from_the_service(someone: Someone, browser_of: Browser, away: str) -> None:
    visitor = someone("agent", OWN)
    answers = [
        browser_of(visitor).get(reverse("sign_in"), {"next": away}),
        browser_of(None).get(reverse("sign_in"), {"next": away}),
        browser_of(visitor).post(reverse("sign_out"), {"next": away}),
        browser_of(None).post(reverse("step_in"), {"role": "public", "next": away}),
    ]
    for answer in answers:
        assert "ond.exempel" not in answer.headers.get("Location", "")
        assert "ond.exempel" not in answer.content.decode()
        assert "javascript:" not in answer.headers.get("Location", "")


def test_a_forged_address_of_the_host_is_refused(browser_of: Browser) -> None:
    for forged in ("ond.exempel.se", "testserver.ond.exempel.se", "testserver:80@ond.exempel.se", "a b"):
        assert browser_of(None).get("/", headers={"host": forged}).status_code == 400


def test_what_someone_signed_in_sees_is_kept_in_no_cache(someone: Someone, browser_of: Browser, now: datetime) -> None:
    case = open_case("grant", 2025, "Statsbidrag 2025", now, recipient=OWN)
    kept = enter(case, Paper("in", "requisition", "Eskilstuna kommun", "Rekvisition", "r.pdf", b"%PDF"), now)
    agent, officer = browser_of(someone("agent", OWN)), browser_of(someone("officer"))
    for answer in (
        agent.get(reverse("my_organisations")),
        agent.get(reverse("recipient_document", args=[OWN, kept.pk])),
        officer.get(reverse("agency_desk")),
        officer.get(f"{reverse('document', args=[kept.pk])}?fil=1"),
        officer.get(reverse("requisitions_file", args=[2025, "csv"])),
        agent.get(reverse("agency_desk")),
    ):
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ['a"; filename=ond.exe', "a\r\nSet-Cookie: x=1", "../../etc/passwd", "år\u202efdp.exe"]
)
def test_the_name_of_a_file_cannot_write_headers(db: None, now: datetime, name: str) -> None:
    case = open_case("grant", 2025, "Statsbidrag 2025", now, recipient=OWN)
    answer = paper(enter(case, Paper("in", "proof", "Någon", "Handling", name, b"%PDF"), now))
    shown = answer.headers["Content-Disposition"]
    assert shown.startswith("inline; filename")
    assert not set(shown) & set("\r\n\u202e")
    read = Message()
    read["Content-Disposition"] = shown
    assert read.get_filename() == name
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("year", [0, 1, 1999, 2026, 9999, 10**30])
def test_a_year_or_a_recipient_that_does_not_exist_has_no_page(
    someone: Someone, browser_of: Browser, year: int
) -> None:
    officer, agent = browser_of(someone("officer")), browser_of(someone("agent", OWN))
    for browser, name, places in (
        (officer, "round_desk", [year]),
        (officer, "case", [year, OWN]),
        (officer, "case", [2025, "finns-inte"]),
        (officer, "payments", [year]),
        (officer, "requisitions", [year]),
        (officer, "document", [year]),
        (agent, "requisition", [OWN, year]),
        (agent, "recipient_document", [OWN, year]),
        (agent, "agent_application", [year]),
        (officer, "payment_batch", [2025, year]),
        (officer, "mail", [year]),
    ):
        if (name, places[0]) != ("document", 2025):
            assert browser.get(reverse(name, args=places)).status_code == 404, (name, places)
            assert browser.post(reverse(name, args=places), {"deed_key": "a"}).status_code == 404, (name, places)


def test_an_e_mail_that_cannot_be_sent_is_told_and_stops_no_other(db: None, now: datetime) -> None:
    forged = post.send("a@exempel.se", "Ämne\r\nBcc: ond@exempel.se", "Texten", now, occasion="receipt")
    proper = post.send("b@exempel.se", "Ämne", "Texten", now, occasion="receipt")
    mailing.deliver_all.call([forged.pk, proper.pk])
    forged.refresh_from_db()
    proper.refresh_from_db()
    assert forged.sent is None
    assert "newline" in forged.fault
    assert proper.sent
    assert [message.to for message in mail.outbox] == [["b@exempel.se"]]


def test_what_a_form_or_a_visit_needed_goes_when_its_time_is_out(db: None, now: datetime) -> None:
    for days in (0, 8):
        Deed.objects.create(key=f"key{days}", at=now - timedelta(days=days), location="/")
        Interrupted.objects.create(token_hash=f"{days}", path="/", values={}, at=now - timedelta(days=days))
        visit = SessionStore()
        visit.set_expiry(timedelta(days=1 - days))
        visit.create()
    tidying.tidy(now)
    assert list(Deed.objects.values_list("key", flat=True)) == ["key0"]
    assert list(Interrupted.objects.values_list("token_hash", flat=True)) == ["0"]
    assert SessionStore.get_model_class().objects.count() == 1


def test_what_is_far_too_large_is_refused_before_it_is_read(browser_of: Browser) -> None:
    browser = browser_of(None)
    for length in (26 * 1024 * 1024, 10**12, 10**40):
        answer = browser.post("/", b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(length))
        assert answer.status_code == 400
        assert "<h1>" in answer.content.decode()


def test_what_is_sent_anew_after_going_back_is_done_and_not_taken_for_a_second_click(
    someone: Someone, browser_of: Browser, now: datetime
) -> None:
    Round.objects.create(pk=2025, published=now, opened=now)
    browser = browser_of(someone("agent", OWN))
    for amount, version in (("100 000", 0), ("100 000", 0), ("200 000", 1)):
        written = {"amount": amount, "version": version, "action": "save", "deed_key": "samma"}
        assert browser.post(reverse("requisition", args=[OWN, 2025]), written).status_code == 302
    assert RequisitionDraft.objects.get().values["amount"] == "200 000"


def test_what_no_database_keeps_does_not_hinder_the_way_to_the_sign_in(browser_of: Browser) -> None:
    written = {"te\0xt": "a\0b", "deed_key": "a\0" * 30}
    answer = browser_of(None).post(reverse("agency_desk"), written)
    assert answer.headers["Location"].startswith(reverse("sign_in"))
    assert browser_of(None).post(f"/kolleger/{'a' * 700}/", written).status_code == 302
    [kept] = Interrupted.objects.all()
    assert "\0" not in str(kept.values)
    assert kept.values["text"][0].startswith("ab")


def test_a_cookie_that_no_browser_got_from_us_is_refused(browser_of: Browser) -> None:
    browser = browser_of(None)
    browser.cookies["sessionid"] = "\0abcdefgh"
    assert browser.get("/").status_code == 400


def test_a_mark_that_no_database_keeps_never_reaches_a_page(someone: Someone, browser_of: Browser) -> None:
    browser, address = browser_of(someone("officer")), reverse("joint_account", args=[2024])
    browser.post(address, {"action": "save", "version": "0", "assessment": "Två\0 kort", "condition.0": "Nå\0dd"})
    kept = JointAccount.objects.get()
    assert kept.assessment == "Två kort"
    assert "Nådd" in kept.conditions.values()
