"""What goes wrong with a report: too much text, forged answers, colleagues at odds, two clicks, a process that dies."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.report import Signing
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.actions.report_receipt import make_receipt
from statsbidrag.portal.actions.resuming import order_what_is_lacking
from statsbidrag.portal.models import Document, Mail, ReceivedReport, ReportDraft
from statsbidrag.portal.queries.report_draft import require_draft
from statsbidrag.terms.faults import Fault, Faults
from tests.portal.report.conftest import DELEGATION, PAID, REPORT_DAY, Reporting

pytestmark = pytest.mark.django_db(databases=["default", "region"])
FAMILY, BREAK = "👩‍👧", "\r\n"


@pytest.fixture
def colleague(
    reporting: Reporting, browser_of: Callable[[Visitor | None], Client], at: Callable[..., None]
) -> Callable[[Visitor], Client]:
    """A browser for one of the recipient's people, on a day when the report is open and begun."""
    at(REPORT_DAY)
    report_draft.begin(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)
    return browser_of


def _sent(reporting: Reporting, client: Client, page: str, **answers: Any) -> str:
    """Sends a page as it stands in the browser, with these answers on it, and gives what comes back."""
    address = reverse("report_page", args=(reporting.recipient, 2025, page))
    shown = client.get(address).content.decode()
    carried = dict(re.findall(r'<input type="hidden" name="(version|shown)" value="([^"]*)"', shown))
    answer = client.post(address, {**carried, "action": "next", **answers}, follow=True)
    return answer.content.decode()


def test_far_too_long_a_text_is_kept_and_said_to_be_too_long_and_is_never_sent_in(
    reporting: Reporting, colleague: Callable[[Visitor], Client]
) -> None:
    page = _sent(reporting, colleague(reporting.coordinator), "views", support_wanted="å" * 10_000)
    assert "Texten är 10000 tecken. Korta den till högst 500 tecken." in page
    assert "å" * 10_000 in page
    assert require_draft(2025, reporting.recipient).answers["support_wanted"] == "å" * 10_000
    with pytest.raises(Faults, match="10000 tecken"):
        report.lock(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)


def test_emoji_and_line_breaks_are_counted_as_people_count_them_up_to_the_limit(
    reporting: Reporting, colleague: Callable[[Visitor], Client]
) -> None:
    browser = colleague(reporting.coordinator)
    full = "e\u0301" * 10 + FAMILY * 100 + ("x" + BREAK) * 94 + "xy"  # 10 + 3 each + 2 each + 2
    assert "tecken. Korta" not in _sent(reporting, browser, "views", support_wanted=full)
    assert require_draft(2025, reporting.recipient).outcome.values["support_wanted"].count("\n") == 94  # type: ignore[union-attr]
    assert "Texten är 501 tecken." in _sent(reporting, browser, "views", support_wanted=f"{full}z")


def test_a_report_full_of_emoji_and_line_breaks_gets_its_papers(reporting: Reporting) -> None:
    row = reporting.send(support_wanted=f"Stöd {FAMILY}{BREAK}{BREAK}och mer (påhittat).")
    make_receipt.call(row.pk)
    row.refresh_from_db()
    assert row.receipt is not None
    assert row.answers["support_wanted"].count("\n") == 2


@pytest.mark.parametrize(
    ("page", "field", "code"),
    [("target_group", "targeted", "maybe"), ("target_group", "ages", "age_17"), ("results", "purpose_reached", "yes")],
)
def test_a_forged_option_is_refused_at_its_question_and_is_never_sent_in(
    reporting: Reporting, colleague: Callable[[Visitor], Client], page: str, field: str, code: str
) -> None:
    told = _sent(reporting, colleague(reporting.coordinator), page, **{field: code})
    assert f'href="#id_{field}"' in told
    assert f'id="id_{field}-fault"' in told
    assert field not in require_draft(2025, reporting.recipient).outcome.values
    with pytest.raises(Faults):
        report.lock(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)


def test_fields_that_no_page_has_are_left_out(reporting: Reporting, colleague: Callable[[Visitor], Client]) -> None:
    _sent(reporting, colleague(reporting.coordinator), "amounts", used="1", granted="9", certified="yes", made_up="x")
    draft = require_draft(2025, reporting.recipient)
    assert not {"granted", "certified", "made_up"} & draft.answers.keys()
    assert draft.outcome.values["granted"] == PAID[reporting.recipient]


def test_two_windows_of_the_same_person_lose_nothing(
    reporting: Reporting, colleague: Callable[[Visitor], Client]
) -> None:
    browser, address = colleague(reporting.agent), reverse("report_page", args=(reporting.recipient, 2025, "amounts"))
    for used in ("1 000", "2 000"):
        answer = browser.post(address, {"version": "0", "shown": "used", "used": used, "action": "save"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "1 000" in page
    assert "2 000" in page
    assert require_draft(2025, reporting.recipient).answers["used"] == "1 000"


def test_a_version_that_is_changed_while_the_signatory_reads_is_not_certified(
    reporting: Reporting, colleague: Callable[[Visitor], Client]
) -> None:
    reporting.fill()
    signatory = colleague(reporting.signatory)
    read = report.lock(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY).outcome.fingerprint
    report.unlock(reporting.deputy, 2025, reporting.recipient, REPORT_DAY)
    reporting.save("views", Written({"views_on_grant": "Ett annat svar (påhittat)."}))
    report.lock(reporting.deputy, 2025, reporting.recipient, REPORT_DAY)
    said = {**dict.fromkeys(reporting.signature(), "yes"), **reporting.signature()}
    said["certified"] = "certified"
    answer = signatory.post(
        reverse("report_sign", args=(reporting.recipient, 2025)),
        {**said, "delegation": DELEGATION, "fingerprint": read},
    )
    assert "Svaren har ändrats sedan du läste dem." in answer.content.decode()
    assert ReportDraft.objects.get().state == "locked"


def test_a_page_that_is_open_while_the_version_is_signed_keeps_what_was_written_on_it_and_says_why(
    reporting: Reporting, colleague: Callable[[Visitor], Client]
) -> None:
    reporting.fill()
    writer = colleague(reporting.deputy)
    reporting.certify()
    answer = writer.post(
        reverse("report_page", args=(reporting.recipient, 2025, "views")),
        {"version": "1", "shown": "views_on_grant", "views_on_grant": "För sent (påhittat).", "action": "next"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "godkänd av behörig företrädare" in page
    assert "För sent (påhittat)." in page
    assert report.submit(reporting.deputy, 2025, reporting.recipient, REPORT_DAY).answers.get("views_on_grant") is None


def test_a_submission_that_is_sent_again_burns_no_answer(
    reporting: Reporting, colleague: Callable[[Visitor], Client]
) -> None:
    reporting.fill()
    reporting.certify()
    browser, address = colleague(reporting.agent), reverse("report_send", args=(reporting.recipient, 2025))
    ends = [browser.post(address, {"deed_key": "samma"}).headers["Location"] for _ in range(3)]
    assert set(ends) == {reverse("report_received", args=(reporting.recipient, 2025, 1))}
    other_tab = browser.post(address, {"deed_key": "annan"}, follow=True)
    assert other_tab.status_code == 200
    assert ReceivedReport.objects.count() == 1


def test_a_report_whose_process_dies_before_the_receipt_gets_it_later_and_once(
    reporting: Reporting, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    row = reporting.send()  # the job that it orders is lost, as with a process that dies
    assert not Document.objects.filter(about="receipt").exists()
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            order_what_is_lacking()
    row.refresh_from_db()
    assert row.receipt is not None
    assert Document.objects.filter(about="receipt").count() == 1
    to = list(Mail.objects.filter(document=row.receipt).values_list("to", flat=True))
    assert len(to) == len(set(to)) > 0


def test_a_comment_that_explains_nothing_any_more_is_not_sent_in(reporting: Reporting) -> None:
    reporting.fill(visits_planned=10, visits_done=400)
    fired = {check.id for check in require_draft(2025, reporting.recipient).outcome.fired("warning")}
    assert fired
    reporting.save("efforts", Written({**_answers(reporting, "efforts"), "visits_planned": "400"}))
    still = {check.id for check in require_draft(2025, reporting.recipient).outcome.fired("warning")}
    assert still < fired
    reporting.certify()
    row = report.submit(reporting.deputy, 2025, reporting.recipient, REPORT_DAY)
    assert set(row.notes) == still


def test_a_comment_may_not_be_longer_than_anyone_reads(reporting: Reporting) -> None:
    reporting.fill(visits_planned=10, visits_done=400)
    fired = require_draft(2025, reporting.recipient).outcome.fired("warning")
    reporting.save("check", Written(notes={check.id: "å" * 1_001 for check in fired}))
    with pytest.raises(Fault, match="1001 tecken"):
        report.lock(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)


def test_a_late_report_is_received_and_marked_late(reporting: Reporting) -> None:
    late = REPORT_DAY + timedelta(days=60)
    row = reporting.send(late)
    assert row.came_in.date() > row.last_day


def test_what_the_signatory_is_to_say_cannot_be_said_by_the_writers(reporting: Reporting) -> None:
    reporting.fill()
    locked = report.lock(reporting.coordinator, 2025, reporting.recipient, REPORT_DAY)
    unticked = {id: answer for id, answer in reporting.signature().items() if answer is not True}
    with pytest.raises(Fault, match="Svaret saknas"):
        report.certify(
            reporting.signatory,
            2025,
            reporting.recipient,
            Signing(unticked, DELEGATION, locked.outcome.fingerprint),
            now=REPORT_DAY,
        )


def _answers(reporting: Reporting, page: str) -> dict[str, Any]:
    return dict(require_draft(2025, reporting.recipient).pages[page].answers)
