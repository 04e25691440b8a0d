"""From the form to the receipt: what is written is kept, what is wrong is said at its field, and once is once."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.models import Deed, GiroCheck, ReceivedRequisition, RequisitionDraft, Round
from statsbidrag.portal.queries import requisitions
from statsbidrag.terms.dates import SWEDISH_TIME

ESKILSTUNA = "municipality-0484"
WHERE = (ESKILSTUNA, 2025)
FILLED = {
    "amount": "300 000 kr",
    "wants_more": "yes",
    "at_most": "50000",
    "other_support": "no",
    "giro": "991-2346",
    "contact_name": "Kontakt (påhittad)",
    "contact_email": "kontakt@exempel.se",
    "contact_telephone": "",
    "their_reference": "KS 2025/1",
}
AFTER_LAST_DAY = datetime(2025, 5, 2, 9, tzinfo=SWEDISH_TIME)


def page(browser: Client, name: str) -> str:
    answer = browser.get(reverse(name, args=WHERE))
    assert answer.status_code == 200, (answer.status_code, answer.get("Location"))
    return answer.content.decode()


def plain(html: str) -> str:
    """The words of a page, with every space an ordinary one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").replace("&nbsp;", " ").split())


def fill_in(browser: Client, action: str = "check", **changed: object) -> HttpResponse:
    values: Any = {**FILLED, "version": 0, **changed, "action": action}
    answer: Any = browser.post(reverse("requisition", args=WHERE), values)
    return answer  # type: ignore[no-any-return]


def send(browser: Client) -> Any:
    """Sends in from the page with the answers, as its form stands."""
    html = page(browser, "requisition_check")
    form = dict(re.findall(r'<input type="hidden" name="(deed_key|version)" value="([^"]*)"', html))
    return browser.post(reverse("requisition_check", args=WHERE), form)


def test_an_agent_fills_in_checks_sends_in_and_gets_a_receipt_with_its_diary_number(
    agents_browser: Client, django_capture_on_commit_callbacks: Any
) -> None:
    assert fill_in(agents_browser).headers["Location"] == reverse("requisition_check", args=WHERE)
    answers = plain(page(agents_browser, "requisition_check"))
    assert "300 000 kr" in answers
    assert "Gironumret är nytt för oss" in answers
    with django_capture_on_commit_callbacks(execute=True):
        sent = send(agents_browser)
    assert sent.headers["Location"] == reverse("requisition_received", args=WHERE)
    row = ReceivedRequisition.objects.get()
    assert (row.amount, row.wants_more, row.at_most, row.giro) == (300_000, True, 50_000, "bankgiro 991-2346")
    receipt = page(agents_browser, "requisition_received")
    assert "Diarienummer 9.1-10001/2025" in plain(receipt)
    assert "registrator@exempel.se" in receipt
    pdf = agents_browser.get(reverse("recipient_document", args=(ESKILSTUNA, row.receipt_id)))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_a_second_click_sends_once_and_ends_at_the_same_receipt(agents_browser: Client) -> None:
    fill_in(agents_browser)
    html = page(agents_browser, "requisition_check")
    form = dict(re.findall(r'<input type="hidden" name="(deed_key|version)" value="([^"]*)"', html))
    answers = [agents_browser.post(reverse("requisition_check", args=WHERE), form) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {reverse("requisition_received", args=WHERE)}
    assert ReceivedRequisition.objects.count() == Deed.objects.count() == 1


def test_over_the_ceiling_the_form_says_why_and_what_to_do_and_keeps_every_value(agents_browser: Client) -> None:
    answer = fill_in(agents_browser, amount="99 000 000")
    html = answer.content.decode()
    assert "99 000 000 kr är mer än ert högsta belopp" in plain(html)
    assert "Sänk beloppet." in plain(html)
    assert 'value="99 000 000"' in html
    for value in ("50000", "991-2346", "kontakt@exempel.se", "KS 2025/1"):
        assert f'value="{value}"' in html
    assert not RequisitionDraft.objects.exists()


@pytest.mark.parametrize(
    ("field", "written", "says"),
    [
        ("amount", "", "Fyll i det belopp som ni rekvirerar."),
        ("amount", "hundra", "”hundra” är inte ett belopp i hela kronor."),
        ("amount", "0", "Beloppet är inte större än 0 kr."),
        ("amount", "-5", "Beloppet är inte större än 0 kr."),
        ("wants_more", "", "Svara ja eller nej på om ni vill ta del av medel"),
        ("at_most", "0", "Beloppet måste vara större än 0 kr."),
        ("at_most", "mycket", "”mycket” är inte ett belopp"),
        ("other_support", "", "Svara ja eller nej på om ni har beviljats annat offentligt stöd."),
        ("giro", "", "Fyll i det bankgiro eller plusgiro"),
        ("giro", "991-2347", "Kontrollsiffran"),
        ("giro", "9912346", "kan vara både bankgiro och plusgiro"),
        ("contact_name", "", "Fyll i vem vi kan kontakta."),
        ("contact_email", "ingen adress", "Fyll i en e-postadress"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(agents_browser: Client, field: str, written: str, says: str) -> None:
    html = fill_in(agents_browser, **{field: written}).content.decode()
    assert says in plain(html)
    assert f'href="#id_{field}"' in html
    assert f'id="id_{field}-fault"' in html


def test_a_limit_to_what_is_not_wanted_is_asked_about_and_never_left_out_in_silence(agents_browser: Client) -> None:
    html = fill_in(agents_browser, wants_more="no").content.decode()
    assert "Ni har svarat att ni inte vill ha mer. Lämna fältet tomt, eller svara ja på frågan." in html
    assert 'value="50000"' in html
    fill_in(agents_browser, wants_more="no", at_most="")
    send(agents_browser)
    assert ReceivedRequisition.objects.get().wants_more is False


def test_a_draft_is_kept_as_it_was_written_even_where_nothing_in_it_is_right(agents_browser: Client) -> None:
    answer = fill_in(agents_browser, "save", amount="ungefär en miljon", giro="")
    assert answer.headers["Location"].endswith("?sparat=ja")
    html = page(agents_browser, "requisition")
    assert 'value="ungefär en miljon"' in html
    assert "Utkastet ändrades senast" in html
    assert not ReceivedRequisition.objects.exists()
    checked = plain(page(agents_browser, "requisition_check"))
    assert "”ungefär en miljon” är inte ett belopp" in checked


def test_marks_that_no_database_keeps_are_left_out_of_a_draft(agents_browser: Client) -> None:
    fill_in(agents_browser, "save", contact_name="Kon\0takt", their_reference="x" * 5000)
    kept = RequisitionDraft.objects.get().values
    assert kept["contact_name"] == "Kontakt"
    assert len(kept["their_reference"]) == 300


@pytest.mark.shows("adm-21")
def test_a_requisition_can_be_taken_back_from_the_desk_also_after_the_last_day(
    agents_browser: Client, at: Callable[[datetime], None]
) -> None:
    fill_in(agents_browser)
    send(agents_browser)
    at(AFTER_LAST_DAY)
    desk = agents_browser.get(reverse("recipient_desk", args=(ESKILSTUNA,))).content.decode()
    assert reverse("requisition_abstain", args=WHERE) in desk
    html = page(agents_browser, "requisition_abstain")
    assert "Det går inte att ångra" in html
    key = re.findall(r'name="deed_key" value="([^"]*)"', html)[0]
    agents_browser.post(reverse("requisition_abstain", args=WHERE), {"deed_key": key})
    assert requisitions.intake(2025, AFTER_LAST_DAY.date()).requested == {}


def test_a_coordinator_fills_in_but_the_agent_sends(
    coordinator: Visitor, agent: Visitor, browser_of: Callable[[Visitor | None], Client]
) -> None:
    writer = browser_of(coordinator)
    fill_in(writer)
    html = page(writer, "requisition_check")
    assert "Kim Kommunombud" in html
    assert "Skicka in rekvisitionen" not in html
    form = {"version": RequisitionDraft.objects.get().version}
    refused = writer.post(reverse("requisition_check", args=WHERE), form)
    assert "Det här får bara ombud eller representant göra." in refused.content.decode()
    assert not ReceivedRequisition.objects.exists()
    send(browser_of(agent))
    assert ReceivedRequisition.objects.get().agent == agent.name


def test_two_who_edit_see_both_values_choose_and_lose_nothing(
    coordinator: Visitor, agent: Visitor, browser_of: Callable[[Visitor | None], Client]
) -> None:
    fill_in(browser_of(agent), "save")
    fill_in(browser_of(coordinator), "save", amount="200 000", version=1)
    late = fill_in(browser_of(agent), amount="100 000", version=1)
    html = late.content.decode()
    assert late.status_code == 409
    assert "Alex Samordnare (påhittad) har ändrat uppgifterna" in html
    assert 'value="100 000"' in html
    assert 'value="200 000"' in html
    assert RequisitionDraft.objects.get().values["amount"] == "200 000"
    fill_in(browser_of(agent), "save", amount="100 000", version=2)
    assert RequisitionDraft.objects.get().values["amount"] == "100 000"


def test_what_a_colleague_changes_after_the_check_is_shown_before_anything_is_sent(
    coordinator: Visitor, agent: Visitor, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser = browser_of(agent)
    fill_in(browser)
    html = page(browser, "requisition_check")
    fill_in(browser_of(coordinator), "save", amount="200 000", version=1)
    form = dict(re.findall(r'<input type="hidden" name="(deed_key|version)" value="([^"]*)"', html))
    again = browser.post(reverse("requisition_check", args=WHERE), form).content.decode()
    assert "Alex Samordnare (påhittad) har ändrat uppgifterna" in again
    assert "200 000" in plain(again)
    assert not ReceivedRequisition.objects.exists()


def test_a_session_that_runs_out_comes_back_to_the_same_form_with_its_values(
    agents_browser: Client, agent: Visitor
) -> None:
    session = agents_browser.session
    session.flush()
    away = fill_in(agents_browser, amount="123 456")
    assert away.headers["Location"].startswith(reverse("sign_in"))
    assert "next=" in away.headers["Location"]
    session = agents_browser.session
    session["person"] = agent.id
    session.save()
    agents_browser.cookies["sessionid"] = session.session_key or ""
    html = page(agents_browser, "requisition")
    assert 'value="123 456"' in html
    assert 'value="KS 2025/1"' in html
    assert not RequisitionDraft.objects.exists()


def test_a_change_until_the_last_day_is_a_new_version_and_the_case_shows_what_changed(agents_browser: Client) -> None:
    fill_in(agents_browser)
    send(agents_browser)
    form = page(agents_browser, "requisition")
    assert "Ni har redan rekvirerat" in form
    assert 'value="300 000 kr"' in form
    fill_in(agents_browser, amount="250 000", version=1)
    send(agents_browser)
    case = plain(page(agents_browser, "recipient_case"))
    assert "Version 2" in case
    assert "Ändrat i version 2" in case
    assert "300 000" in case
    assert "250 000" in case
    assert "Rekvisitionen är ersatt av en senare" in case


@pytest.mark.shows("adm-21")
def test_we_abstain_is_a_short_path_of_its_own(agents_browser: Client) -> None:
    assert reverse("requisition_abstain", args=WHERE) in page(agents_browser, "requisition")
    html = page(agents_browser, "requisition_abstain")
    assert "Ni får inga fler påminnelser." in html
    key = re.findall(r'name="deed_key" value="([^"]*)"', html)[0]
    agents_browser.post(reverse("requisition_abstain", args=WHERE), {"deed_key": key})
    agents_browser.post(reverse("requisition_abstain", args=WHERE), {"deed_key": key})
    assert ReceivedRequisition.objects.get().abstains
    assert "avstår från statsbidraget 2025" in plain(page(agents_browser, "requisition_received"))
    assert "Ni har redan meddelat att ni avstår." in page(agents_browser, "requisition_abstain")


def test_other_public_support_is_told_what_it_means_before_it_is_sent(agents_browser: Client) -> None:
    fill_in(agents_browser, other_support="yes")
    answers = plain(page(agents_browser, "requisition_check"))
    assert "vi kommer att avvisa rekvisitionen" in answers
    send(agents_browser)
    assert "Bidrag får inte ges" in plain(page(agents_browser, "requisition_received"))


@pytest.mark.shows("adm-24")
def test_a_giro_number_that_we_know_is_suggested_and_waits_for_no_check(agents_browser: Client, now: datetime) -> None:
    GiroCheck.objects.create(recipient=ESKILSTUNA, giro="bankgiro 991-2346", year=2025, at=now)
    assert 'value="bankgiro 991-2346"' in page(agents_browser, "requisition")
    fill_in(agents_browser)
    assert "Gironumret är nytt för oss" not in page(agents_browser, "requisition_check")
    fill_in(agents_browser, giro="90 20 03-3", version=1)
    assert "Gironumret är nytt för oss" in page(agents_browser, "requisition_check")


def test_before_the_round_opens_the_page_says_when(agents_browser: Client, at: Callable[[datetime], None]) -> None:
    Round.objects.update(opened=None)
    at(datetime(2025, 3, 5, 9, tzinfo=SWEDISH_TIME))
    assert "Den öppnar den 11 mars 2025." in plain(page(agents_browser, "requisition"))
    at(datetime(2025, 3, 12, 9, tzinfo=SWEDISH_TIME))
    assert "Omgången har inte öppnat för rekvisition än." in plain(page(agents_browser, "requisition"))


def test_after_the_last_day_the_page_says_so_and_nothing_can_be_sent(
    agents_browser: Client, at: Callable[[datetime], None]
) -> None:
    fill_in(agents_browser)
    at(AFTER_LAST_DAY)
    assert "Sista dagen för rekvisition var den 29 april 2025." in plain(page(agents_browser, "requisition"))
    answer = agents_browser.post(reverse("requisition_check", args=WHERE), {"version": 1})
    assert answer.headers["Location"] == reverse("requisition", args=WHERE)
    assert not ReceivedRequisition.objects.exists()


@pytest.mark.shows("adm-10")
def test_after_the_last_day_only_what_lacks_is_asked_for(
    agents_browser: Client, at: Callable[[datetime], None], over_the_ceiling_on_paper: ReceivedRequisition
) -> None:
    at(AFTER_LAST_DAY)
    html = page(agents_browser, "requisition")
    assert "Komplettera rekvisitionen 2025" in html
    assert 'name="amount"' in html
    assert 'name="giro"' not in html
    assert "bankgiro 991-2346" in html
    assert "9 maj 2025" in plain(html)
    agents_browser.post(
        reverse("requisition", args=WHERE), {"amount": "300 000", "giro": "90 20 03-3", "version": 0, "action": "check"}
    )
    send(agents_browser)
    standing = requisitions.standing(2025, ESKILSTUNA, AFTER_LAST_DAY.date())
    assert standing is not None
    assert standing.counts
    assert standing.requisition.completes == over_the_ceiling_on_paper.reference
    assert standing.requisition.giro == "bankgiro 991-2346"


def test_a_year_without_rules_has_no_page(agents_browser: Client) -> None:
    assert agents_browser.get(reverse("requisition", args=(ESKILSTUNA, 1999))).status_code == 404
    assert agents_browser.get(reverse("recipient_case", args=(ESKILSTUNA, 1999))).status_code == 404
