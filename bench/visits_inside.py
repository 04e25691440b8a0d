"""Hands in a hundred thousand visits and once more as many, and times the file, a visit by hand and the pages."""

import random
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile

from bench.asking import Asker
from bench.timing import fill, move, say
from statsbidrag.portal import clock
from statsbidrag.portal.demonstration.cast import as_character
from statsbidrag.region.actions.visit_checking import check_file
from statsbidrag.region.actions.visit_desk import VisitDesk
from statsbidrag.region.actions.visit_files import hand_in, keep
from statsbidrag.region.actions.visit_storing import keep_file
from statsbidrag.region.models import Clinic, VisitFile

_REGION, _YEAR, _ROWS, _TIMES = "region-18", 2025, 100_000, 30
_LETTERS = "abcdefghijkmnprs"
_OWN = "/enhet/region-18-clinic-10/2025/besok/"
_VISIT: dict[str, str | list[str]] = {
    "date": "2025-10-02",
    "child_months": "2",
    "place": "extra",
    "professions": ["nurse", "social_services"],
    "coded": "on",
    "municipality": "1880",
}


def main() -> None:
    """Prints a line for the file, for a visit by hand, and for each page."""
    fill()
    move("open", "last day", "decided", "paid", "report time")
    say("visits: 100 000 rows handed in, checked and stored", _handed_in(1), 15.0, "s")
    _handed_in(2)
    planner, nurse, numbers = Asker("planner_orebro"), Asker("clinic"), count(1)
    for name, limit, ask in (
        ("the region's desk", 15.0, lambda: planner.get(f"/region/{_REGION}/{_YEAR}/")),
        ("the region's page of visits", 15.0, lambda: planner.get(f"/region/{_REGION}/{_YEAR}/besok/")),
        ("one by hand", 4.0, lambda: nurse.send(f"{_OWN}nytt/", {**_VISIT, "child": f"nr {next(numbers)}"})),
    ):
        say(f"visits: {name}, 200 000 behind it", _milliseconds(lambda ask=ask: ask().milliseconds), limit, "ms")
    print("done")


def _handed_in(seed: int) -> float:
    """Hands in a file and does all that a worker does with it; gives the seconds."""
    planner, desk, now = as_character("planner_orebro"), VisitDesk(_REGION, _YEAR), clock.now()
    upload = SimpleUploadedFile(f"besok-{seed}.csv", _rows(seed))
    started = time.perf_counter()
    file = hand_in(planner, desk, upload, now)
    check_file.call(file.pk)
    keep(planner, desk, VisitFile.objects.get(pk=file.pk))
    keep_file.call(file.pk)
    taken = time.perf_counter() - started
    if VisitFile.objects.get(pk=file.pk).kept != _ROWS:
        raise RuntimeError("not every row was stored")
    return taken


def _rows(seed: int) -> bytes:
    chance = random.Random(seed)
    clinics = list(Clinic.objects.filter(region=_REGION).values_list("name", flat=True))
    lines = ["clinic,date,child,child_months,place,professions,kva_codes,family,municipality"]
    for number in range(_ROWS):
        child = "".join(chance.choices(_LETTERS, k=32))
        day = date(_YEAR, 1, 1) + timedelta(days=chance.randrange(365))
        clinic = clinics[number % len(clinics)]
        lines.append(f"{clinic},{day},{child},{number % 16},extra,nurse|social_services,ZV509,{child[::-1]},1880")
    return "\n".join([*lines, ""]).encode()


def _milliseconds(ask: Callable[[], float]) -> float:
    """The median processor time of several, after some that do not count."""
    for _ in range(3):
        ask()
    return statistics.median(ask() for _ in range(_TIMES))


if __name__ == "__main__":
    main()
