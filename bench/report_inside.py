"""Has many recipients report by the pages, and times every page, every save and every file in this one process."""

import json
import statistics
from collections import defaultdict
from typing import NamedTuple

from bench.asking import Asker, written
from bench.portal_pages import FORM_PAGE, OWN, REGION, YEAR
from bench.report_files import time_files
from bench.report_pages import HOME, of_a_draft, of_the_agency, of_what_is_certified, of_what_is_locked, of_what_is_sent
from bench.report_saves import ReportSaves
from bench.reporter import Reporter, reporter_for
from bench.timing import SAVE, fill, move, say, time_pages, time_saves
from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.models import ReceivedReport
from statsbidrag.portal.queries.report_list import paid_in

_WHOLE = 100.0  # milliseconds of processor time
_REPORTERS, _WARMING_UP = 20, 2
_SAVERS = 200


class Saver(NamedTuple):
    """Someone who saves a page time after time: where, as whom, and all of the form but what changes."""

    path: str
    cookie: str
    body: str
    version: int


def main() -> None:
    """Prints a line for each page, save and file; last a form page, its cookie and those who will save at once."""
    fill()
    move("open", "last day", "decided", "paid", "report time")
    _time_whole_reports()
    own = Reporter(OWN, Asker("agent_of_municipality"), Asker("signatory"))
    own.begin()
    own.fill_in()
    _time_own_report(own)
    move("report due", "account")
    time_pages("reported", of_the_agency())
    time_saves("reported", ReportSaves(own, own).of_the_officer())
    time_files()
    _begin_again(own)
    savers = [_saver(key) for key in _reported()[:_SAVERS]]
    print(json.dumps({"page": f"{HOME}fyll-i/economy/", "cookie": own.agent.cookie, "savers": savers}))


def _time_whole_reports() -> None:
    """Lets some recipients report from the first page to the last: what each step costs, and all of it."""
    own = {recipient for character in CHARACTERS for _, recipient in character.roles}
    keys = [key for key in paid_in(YEAR) if key not in own][: _REPORTERS + _WARMING_UP]
    reporters = [reporter_for(key) for key in keys]
    for one in reporters:
        one.report()
    costs: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for one in reporters[_WARMING_UP:]:
        for step in one.steps:
            costs[step.name, step.saves].append(step.milliseconds)
    for (name, saves), each in costs.items():
        say(f"report: {'save' if saves else 'read'}: {name}", statistics.median(each), SAVE if saves else FORM_PAGE)
    whole = [sum(step.milliseconds for step in one.steps) for one in reporters[_WARMING_UP:]]
    say(f"report: all of it, {len(reporters[-1].steps)} requests", statistics.median(whole), _WHOLE)


def _time_own_report(own: Reporter) -> None:
    """Times every page of a report as it goes from a draft to its second version, and the saves beside the way."""
    time_pages("report", of_a_draft())
    sent = reporter_for(REGION)
    sent.report()
    time_saves("report", ReportSaves(own, sent).of_the_recipient())
    own.lock()
    time_pages("report", of_what_is_locked())
    own.certify()
    time_pages("report", of_what_is_certified())
    own.send_in()
    _begin_again(own)
    own.answers["contact_name"] = "En annan (påhittad)"
    own.fill_in()
    own.lock()
    own.certify()
    own.send_in()
    time_pages("report", of_what_is_sent())


def _begin_again(reporter: Reporter) -> None:
    reporter.agent.send(f"{reporter.home}ny-version/", {})


def _reported() -> list[str]:
    keys = ReceivedReport.objects.filter(year=YEAR).exclude(recipient=OWN).values_list("recipient", flat=True)
    return sorted(set(keys))


def _saver(recipient: str) -> Saver:
    """Someone with a draft of its own; the version and the name of the contact change with every save."""
    reporter = reporter_for(recipient)
    _begin_again(reporter)
    path = f"{reporter.home}fyll-i/contact/"
    form = reporter.written_on(reporter.agent.get(path))
    version = int(str(form.pop("version")))
    form.pop("contact_name", "")
    return Saver(path, reporter.agent.cookie, written({**form, "action": "save"}).decode(), version)
