"""The report: what its pages and saves cost, the whole of it, what is made of all of them, and many at once."""

import json
from collections.abc import Iterator
from itertools import count

from bench.load import load, load_of
from bench.measuring import Measurement
from bench.serving import PORT, a_place_of_its_own, ratio, request, served, timed_inside

_PAGE_BESIDE, _SAVE_BESIDE = 6.0, 15.0
_PAGE, _SAVE = 1.0, 2.5  # milliseconds of two processors: 1 000 pages and 400 saves a second


def measurements() -> Iterator[Measurement]:
    """Every page, save and file in one process, then the server under many who read and many who save."""
    with a_place_of_its_own():
        measured, last = timed_inside("bench.report_inside")
        yield from measured
        told = json.loads(last)
        with served():
            yield from _under_load(told["page"], told["cookie"], told["savers"])


def _under_load(path: str, cookie: str, savers: list[tuple[str, str, str, int]]) -> Iterator[Measurement]:
    bare, page = (load(PORT, request(each, cookie), clients=50, seconds=3) for each in ("/bare/", path))
    yield Measurement("report: a form page, 50 clients, beside a bare view", ratio(page, bare), _PAGE_BESIDE, "x")
    yield Measurement("report: a form page, 50 clients, each", page.milliseconds, _PAGE, "ms")
    # Those who read are 200 before anybody saves; those who save go on from where they were.
    many = load(PORT, request(path, cookie), clients=200, seconds=3)
    yield Measurement(f"report: faults among {many.answered} pages to 200 clients", many.failed, 1.0, "")
    clients = [_saves(*saver) for saver in savers]
    save = load_of(PORT, clients[:50], 3, expected=302)
    yield Measurement("report: a save that lasts, 50 clients, beside a bare view", ratio(save, bare), _SAVE_BESIDE, "x")
    yield Measurement("report: a save that lasts, 50 clients, each", save.milliseconds, _SAVE, "ms")
    many = load_of(PORT, clients[50:] + clients[:50], 3, expected=302)
    yield Measurement(f"report: faults among {many.answered} saves by {len(clients)} clients", many.failed, 1.0, "")


def _saves(path: str, cookie: str, body: str, version: int) -> Iterator[bytes]:
    """The same page saved time after time, each time with another name and the version that the save before made."""
    for number in count():
        yield request(path, cookie, f"{body}&version={version + number}&contact_name=Nr+{number}".encode())
