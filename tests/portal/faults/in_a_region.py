"""Two regions' year in every state that has a form: money and plan, applications, files, visits, a settlement."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from made_up_plan import PLAN
from region.story.papers import AN_EXTRACT

from statsbidrag.portal.access import clinic_key
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.portal.demonstration.people import VARBERGA
from statsbidrag.portal.demonstration.stages import stage_of
from statsbidrag.portal.models import Role
from statsbidrag.region.actions import clinics, settling, support
from statsbidrag.region.actions.receiving import receive
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_files import hand_in
from statsbidrag.region.demonstration import desk, visits
from statsbidrag.region.models import Clinic, RegionDocument, Visit, VisitFile
from statsbidrag.region.queries.years import scheme_named
from statsbidrag.region.routes import PAGES

OREBRO, STOCKHOLM = "region-18", "region-01"
IN_A_REGION = ((2025, OREBRO), (2025, STOCKHOLM), (2025, VARBERGA))
REGION_PAGES = frozenset(each.name for each in PAGES)
_SENT, _DRAFT = 9, 10
_OF_A_CLINIC = ("clinic_page", "change_clinic", "close_clinic", "clinic_known", "application", "meetings")


def live_in_two_regions() -> None:
    """Both begin the year and get money; one decides its plan, the other does not, and visits come in."""
    stage = stage_of(2025, "paid")
    assert stage
    now = stage.moment
    desk.begin_years(2025, now)
    for planner, region in (("planner_orebro", OREBRO), ("region_planner", STOCKHOLM)):
        receive(as_character(planner), region, 2025, kronor=16_000_000, day=now.date(), reference="1", now=now)
    desk.plan_and_decide(2025, now)
    visits.do(2025, now)
    _apply(now)
    planner = as_character("planner_orebro")
    extract = SimpleUploadedFile("april.csv", AN_EXTRACT)
    check_file.call(hand_in(planner, VisitDesk(OREBRO, 2025), extract, now).pk)
    settling.settle(planner, OREBRO, 2025, month=4, now=now)


def known_in_a_region(name: str, recipient: str) -> Mapping[str, Any]:
    """What stands in the address of a page of the region's house, such that it shows something."""
    return {
        "year": 2025,
        "recipient": recipient,
        "number": _NUMBERS.get(name, lambda: 1)(),
        "page": "plan",
        "line": "ces_method",
        "document": getattr(RegionDocument.objects.first(), "pk", 1),
        "kind": "alla" if name == "settlement_file" else "enheter",
        "receiver": OREBRO,
        "ending": "csv",
    }


def _apply(now: datetime) -> None:
    """One clinic has sent its application in, and another has only begun."""
    scheme, head = scheme_named("orebro-2025"), as_character("clinic_head")
    Role.objects.create(person_id=head.id, kind="clinic_head", recipient=clinic_key(OREBRO, _SENT), since=now)
    head, rows = as_character("clinic_head"), Clinic.objects.filter(region=OREBRO)
    sent, begun = rows.get(number=_SENT), rows.get(number=_DRAFT)
    index = clinics.Index("nationellt barn-CNI", "riket", 2025, "2,31")
    clinics.add_index(as_character("planner_orebro"), sent, index, now)
    support.begin_application(head, scheme, sent, now)
    version = support.save_answers(head, scheme, sent, PLAN, version=1, now=now)
    support.send_application(head, scheme, sent, now, version=version)
    support.begin_application(head, scheme, begun, now)


def _a_file(**of: Any) -> int:
    return VisitFile.objects.filter(region=OREBRO, **of).latest("pk").pk


_NUMBERS: Mapping[str, Callable[[], int]] = {
    "alter_visit": lambda: Visit.objects.filter(clinic__number=_DRAFT, file=None, replaced=False).latest("pk").pk,
    "visit_file": lambda: _a_file(state="mapping"),
    "own_visit_file": lambda: _a_file(clinic__number=_DRAFT),
    "own_refused_rows": lambda: _a_file(clinic__number=_DRAFT),
    "refused_rows": lambda: _a_file(clinic=None, refused__gt=0),
    **dict.fromkeys(_OF_A_CLINIC, lambda: _SENT),
}
