"""The pages of a report, and of what the agency does with it: who asks for each, where it is, and what it may cost."""

from collections.abc import Iterator

from bench.portal_pages import FORM_PAGE, LIST, OFFICE, OWN, PAGE, RECIPIENT, REGION, YEAR, Page
from bench.reporter import the_form

HOME = f"{RECIPIENT}/{YEAR}/aterrapportering/"
_AGENT, _SIGNATORY = "agent_of_municipality", "signatory"
_REPORTS = f"{OFFICE}/aterrapporter"


def of_a_draft() -> Iterator[Page]:
    """The report before it is begun, its parts, every page with and without its faults, and the answers to check."""
    begin = f"/organisation/{REGION}/{YEAR}/aterrapportering/"
    yield Page("the report before it is begun", "agent_of_region", begin, FORM_PAGE)
    yield _own("the parts of the report", "")
    for page in the_form().pages:
        if page.by == "recipient":
            yield _own(f"the page ”{page.id}”", f"fyll-i/{page.id}/")
            yield _own(f"the page ”{page.id}”, with its faults", f"fyll-i/{page.id}/?fel=ja")
    yield _own("check the answers", "kontrollera/")


def of_what_is_locked() -> Iterator[Page]:
    """The report while the signatory reads it."""
    yield _own("the parts, locked", "")
    yield _own("certify", "godkann/", _SIGNATORY)
    yield _own("certify for the signatory", "godkann/")
    yield _own("decline", "godkann/nej/", _SIGNATORY)


def of_what_is_certified() -> Iterator[Page]:
    """The report before it is sent in."""
    yield _own("the parts, certified", "")
    yield _own("send in", "godkann/")


def of_what_is_sent() -> Iterator[Page]:
    """The report after its second version has come in."""
    yield _own("the report with two versions", "")
    yield _own("what has come in", "svar/2/mottaget/")
    yield _own("one version", "svar/1/")
    yield _own("what a version changed", "svar/2/andrat/")


def of_the_agency() -> Iterator[Page]:
    """The reports as the agency reads them, when all of them have come in."""
    one = f"{_REPORTS}/{OWN}"
    yield Page("the reports, a list", "officer", f"{_REPORTS}/", LIST)
    yield Page("send the form out, a list", "officer", f"{_REPORTS}-utskick/", LIST)
    yield Page("the whole form, looked at", "officer", f"{_REPORTS}-formular/?som=region", PAGE)
    yield Page("a report read by the officer", "officer", f"{one}/", PAGE)
    yield Page("ask for completion, a form", "officer", f"{one}/komplettering/", FORM_PAGE)
    yield Page("matters of repayment, a list", "officer", f"{OFFICE}/aterbetalning/", LIST)
    yield Page("invoices, a list", "finance", f"{OFFICE}/fakturor/", LIST)
    yield Page("the recipient's desk, with its report", _AGENT, f"{RECIPIENT}/", PAGE)


def _own(name: str, path: str, who: str = _AGENT) -> Page:
    return Page(name, who, f"{HOME}{path}", FORM_PAGE)
