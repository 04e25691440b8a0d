"""Nothing of a draft, and nobody who writes in it, shows at the agency: in no page, file, list or log (adm-02)."""

import logging
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from statsbidrag.portal.access import AGENCY, Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.actions.report_receipt import make_receipt
from statsbidrag.portal.guards import GUARDS
from statsbidrag.portal.models import Case, DiaryEntry, Person
from tests.portal.report.conftest import MUNICIPALITY, REPORT_DAY, Reporting
from tests.portal.test_every_page import NOTHING

pytestmark = [pytest.mark.django_db, pytest.mark.on_one_engine]
ANSWER, REASON, NOTE, DECLINED, WRITER = "Qvarnsvar", "Qvarnskäl", "Qvarnnot", "Qvarnavslag", "Qvarnskrivare (påhittad)"
PLANTED = (ANSWER, REASON, NOTE, DECLINED, WRITER)


@pytest.mark.shows("adm-02")
@pytest.mark.parametrize("sent_in_before", [False, True])
def test_nothing_that_is_planted_in_a_draft_is_found_anywhere_at_the_agency(
    reporting: Reporting,
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor | None], Client],
    at: Callable[..., None],
    caplog: pytest.LogCaptureFixture,
    sent_in_before: bool,
) -> None:
    """Neither of a first draft, nor of a new version of what has come in and is reviewed, claimed and accounted for."""
    at(REPORT_DAY)
    if sent_in_before:
        make_receipt.call(reporting.send(used=900_000).pk)
    caplog.set_level(logging.DEBUG)
    _plant(reporting)
    pages = 0
    for who in [None, *(someone(kind) for kind in sorted(AGENCY))]:
        client = browser_of(who)
        for address in _addresses():
            for asked in (address, f"{address}?sok=Eskilstuna"):
                with transaction.atomic():
                    answer = client.get(asked)
                content = answer.getvalue() if answer.streaming else answer.content
                found = [word for word in PLANTED if word.encode() in content]
                assert not found, f"{asked} shows {found}"
                pages += answer.status_code == 200
                if answer.status_code != 200:
                    break  # who may not see a page may not search in it either
    assert pages > 100
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    assert not [line for line in logged if any(word in line for word in PLANTED)]


def _plant(reporting: Reporting) -> None:
    """A draft full of words that stand nowhere else, written by someone who is known nowhere else."""
    Person.objects.filter(pk=reporting.coordinator.id).update(name=WRITER)
    reporting.fill(economy_comment=ANSWER)
    where = (reporting.year, reporting.recipient)
    report.lock(reporting.coordinator, *where, REPORT_DAY)
    report.decline(reporting.signatory, *where, DECLINED, now=REPORT_DAY)
    for page, written in (
        ("views", Written({"views_on_grant": ANSWER}, {"views_on_grant": REASON})),
        ("check", Written(notes={"more_than_planned": NOTE})),
    ):
        version = report_draft.require_draft(*where).version(page)
        report_draft.save_page(reporting.coordinator, *where, page, written=written, version=version, now=REPORT_DAY)


def _addresses() -> Iterator[str]:
    """Every page there is, with this round and recipient."""
    case = Case.objects.get(kind="grant", recipient=MUNICIPALITY)
    entry = DiaryEntry.objects.first()
    known = {**NOTHING, "recipient": MUNICIPALITY, "case": case.pk, "entry": entry.pk if entry else 1}
    known_by_name = get_resolver().reverse_dict
    for name in sorted(GUARDS):
        [(_, places)], *_ = known_by_name[name]
        for ending in ("csv", "xlsx", "json", "pdf") if "ending" in places else ("",):
            here = {place: known.get(place, 1) for place in places} | ({"ending": ending} if ending else {})
            address = reverse(name, kwargs=here)
            yield address
