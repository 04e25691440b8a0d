"""The e-service: what pages and saves cost, and how it bears many at once, beside a bare view and a bare server."""

from collections.abc import Iterator

from bench.load import load
from bench.measuring import Measurement, process
from bench.serving import PORT, a_place_of_its_own, ratio, request, served, timed_inside


def measurements() -> Iterator[Measurement]:
    """Migrations and a lived-in demonstration, each page in one process, then the server under many clients."""
    with a_place_of_its_own():
        taken, _ = process("-m", "statsbidrag.portal", "migrate", "--verbosity", "0")
        yield Measurement("migrations of an empty database, the whole process", taken, 3.0, "s")
        measured, last = timed_inside("bench.portal_inside")
        yield from measured
        yield from _under_load(*last.split("\t"))


def _under_load(form_page: str, cookie: str) -> Iterator[Measurement]:
    with served():
        bare_server, bare_view, form = (
            load(PORT, request(path, cookie), clients=50, seconds=4) for path in ("/server/", "/bare/", form_page)
        )
        yield Measurement("a form page, 50 clients, beside a bare view", ratio(form, bare_view), 6.0, "x")
        yield Measurement("a form page, 50 clients, beside a bare server", ratio(form, bare_server), 60.0, "x")
        many = load(PORT, request(form_page, cookie), clients=200, seconds=4)
        yield Measurement(f"faults among {many.answered} answers to 200 clients", many.failed, 1.0, "")
