"""What is made of every report at once: all answers as files, the account's tables, and the receipts as PDF.

Some recipients have nothing to report or never do, so what is made of those that have is reckoned up to 311.
"""

from collections.abc import Callable
from time import process_time

from bench.asking import Answer, Asker, median_of, questions
from bench.measuring import seconds
from bench.portal_pages import OFFICE, YEAR
from bench.timing import say
from statsbidrag.portal import clock, letterhead
from statsbidrag.portal.letters.reports import receipt_of
from statsbidrag.portal.models import ReceivedReport

_ALL = 311
_TIMES = 5
_MOST_QUESTIONS = 5
_ENDINGS = (("csv", 0.1), ("xlsx", 0.5), ("json", 0.5))  # with the most seconds for all answers
_ACCOUNT = f"{OFFICE}/samlad-redovisning"
_ANSWERS = f"{OFFICE}/aterrapporter/svar"


def time_files() -> None:
    """Prints what each file costs in seconds, for 311 reports."""
    officer, reports = Asker("officer"), _standing()
    each = _ALL / len(reports)
    for ending, limit in _ENDINGS:
        _time(f"all answers as {ending}", lambda at=f"{_ANSWERS}.{ending}": officer.get(at), each, limit)
    asked = questions(lambda: officer.get(f"{_ANSWERS}.csv"))
    say("the questions of all answers as CSV", asked, _MOST_QUESTIONS, "")
    for ending, _ in _ENDINGS:
        _time(f"the account's tables as {ending}", lambda at=f"{_ACCOUNT}.{ending}": officer.get(at), each, 0.5)
    _time("the account as a page, with its diagrams", lambda: officer.get(f"{_ACCOUNT}/"), each, 0.5)
    now, press = clock.now(), letterhead.press()
    receipts = [receipt_of(row, 4, now) for row in reports]
    used = process_time()
    taken = seconds(lambda: list(press.render_all(receipts)), runs=1)
    used = (process_time() - used) / 2  # the first time does not count for the clock, but the processor did it too
    say(f"311 receipts as PDF, two at a time; {len(reports)} were set", taken * each, 4.0, "s")
    say("311 receipts as PDF, processor time shared by two", used * each / 2, 4.0, "s")


def _time(name: str, ask: Callable[[], Answer], each: float, limit: float) -> None:
    say(f"311 reports: {name}", median_of(_TIMES, ask) * each / 1000, limit, "s")


def _standing() -> list[ReceivedReport]:
    """The version that stands of every report."""
    along = ("document__entry__case", "sent_by", "certified_by")
    rows = ReceivedReport.objects.filter(year=YEAR).select_related(*along).order_by("number")
    return list({row.recipient: row for row in rows}.values())
