"""Made-up visits at a region's clinics in the demonstration: extracts handed in as the year goes, and some by hand.

They have the slips that people make: visits without the code, twins, a family seen before birth, a row that is wrong.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from statsbidrag.cycle.visits import BETWEEN_CODES, Visit
from statsbidrag.play.visits import made_up_visits
from statsbidrag.portal.access import Visitor, region_of
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.region.actions.offers import note_offer
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_files import hand_in, keep
from statsbidrag.region.actions.visit_storing import keep_some
from statsbidrag.region.actions.visits import WrittenVisit, write
from statsbidrag.region.models import Clinic, Offer, VisitFile
from statsbidrag.region.models import Visit as VisitRow
from statsbidrag.region.queries.years import known_clinics, region_year, scheme_of
from statsbidrag.terms.dates import SWEDISH_TIME

_PLANNER, _NURSE = "planner_orebro", "clinic"
_SEEDS = range(8)
_BEFORE_BIRTH_EVERY, _A_MONTH = 40, timedelta(days=30)
# Extracts of all visits up to a day, handed in a while after it; the last one early the year after.
_EXTRACTS = ((4, 30), (9, 30), (12, 31))
_HANDED_IN_AFTER = timedelta(days=5)
_FIRST_BY_HAND, _SPAN_BY_HAND = (5, 5), timedelta(days=14)
# Made-up pseudonyms of letters only, as those of the command: ten digits in a row could be taken for a number.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijkmnprs")
_JOINT = ("nurse", "social_services")


def do(year: int, moment: datetime) -> None:
    """Hands in every extract that lies before a moment and nobody has handed in, and writes some visits by hand."""
    planner, nurse = as_character(_PLANNER), as_character(_NURSE)
    region = region_of(next(recipient for _, recipient in planner.roles))
    if region_year(region, year) is None:
        return
    visits = list(_made_up(region, year))
    for month, day in _EXTRACTS:
        through = date(year, month, day)
        name = f"besok-{year}-till-{through.isoformat()}.csv"
        arrives = datetime.combine(through + _HANDED_IN_AFTER, moment.timetz(), SWEDISH_TIME)
        if arrives <= moment and not VisitFile.objects.filter(region=region, year=year, name=name).exists():
            content = _written([visit for visit in visits if visit.date <= through])
            _hand_in(planner, VisitDesk(region, year), SimpleUploadedFile(name, content), arrives)
    _by_hand(nurse, year, moment)


def _hand_in(planner: Visitor, desk: VisitDesk, file: SimpleUploadedFile, at: datetime) -> None:
    """Hands a file in, and does at once what a worker would do."""
    row = hand_in(planner, desk, file, at)
    check_file.call(row.pk)
    row.refresh_from_db()
    if row.state == "waiting":
        keep(planner, desk, row)
        while keep_some(row.pk, at):
            pass


def _by_hand(nurse: Visitor, year: int, moment: datetime) -> None:
    """What the nurse has written: a joint visit, an ordinary one, one that is not coded yet, and four offers."""
    key = next(recipient for _, recipient in nurse.roles)
    clinic = Clinic.objects.get(region=region_of(key), number=int(key.rpartition("-")[2]))
    desk = VisitDesk(clinic.region, year, clinic)
    first = date(year, *_FIRST_BY_HAND)
    if moment.date() < first + _SPAN_BY_HAND or VisitRow.objects.filter(clinic=clinic, year=year, file=None).exists():
        return
    written = WrittenVisit(first, 2, "extra", _JOINT, ("ZV509",), child="101", municipality=clinic.municipality_code)
    others = (
        replace(written, date=first + timedelta(days=2), child="102", child_months=8, place="ordinary"),
        replace(written, date=first + timedelta(days=9), child="103", child_months=4, kva_codes=()),
    )
    for each in (written, *others):
        write(nurse, desk, each, moment)
    gap = Visit(clinic.name, first, f"{clinic.number}-gap", 4, "ordinary", frozenset({"nurse"}))
    _hand_in(nurse, desk, SimpleUploadedFile("besok-som-saknades.csv", _written([gap])), moment)
    if not Offer.objects.filter(clinic=clinic, year=year).exists():
        for family, outcome in (("1", "offered"), ("2", "accepted"), ("3", "declined"), ("4", "broken off")):
            note_offer(nurse, desk, family, outcome, now=moment)


def _made_up(region: str, year: int) -> Iterator[Visit]:
    """The year's visits, in the order of their days; some families were seen before birth too."""
    scheme = scheme_of(region, year)
    if scheme is None:
        return
    clinics = list(known_clinics(region, year).values())
    visits = (_lettered(visit) for seed in _SEEDS for visit in made_up_visits(scheme, clinics, seed))
    for number, visit in enumerate(sorted(visits, key=lambda visit: visit.date)):
        yield visit
        before = visit.date - _A_MONTH
        if number % _BEFORE_BIRTH_EVERY == 0 and before.year == year:
            yield replace(visit, date=before, child_months=-1, place="extra", child=f"{visit.family}-expected")


def _lettered(visit: Visit) -> Visit:
    return replace(visit, child=visit.child.translate(_LETTERS), family=(visit.family or "").translate(_LETTERS))


def _written(visits: Sequence[Visit]) -> bytes:
    """An extract as a record system writes it; its last row has a day that is not in the calendar."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["Vårdcentral", "Besöksdatum", "Pseudonym", "Ålder månader", "Besökstyp", "Medverkande", "KVÅ-kod", "Familj",
         "Socialtjänstens kommun"]
    )  # fmt: skip
    days = [visit.date.isoformat() for visit in visits]
    for visit, day in zip((*visits, visits[-1]), (*days, f"{days[-1][:4]}-02-30"), strict=True):
        writer.writerow(
            [visit.clinic, day, visit.child, visit.child_months, visit.place, _codes(visit.professions),
             _codes(visit.kva_codes), visit.family or "", visit.municipality or ""]
        )  # fmt: skip
    return text.getvalue().encode("cp1252")


def _codes(codes: frozenset[str]) -> str:
    return BETWEEN_CODES.join(sorted(codes))
