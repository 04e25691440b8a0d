"""The agency's desk: the report form sent out, what has come in, and its review."""

from statsbidrag.portal.guards import ANYONE, having, page
from statsbidrag.portal.views.officer.reports import form, listing, reading

_AGENCY, _REVIEWS = having("see agency"), having("review report")
_ROUND = "myndighet/omgangar/<int:year>"
_REPORT = f"{_ROUND}/aterrapporter/<slug:recipient>"

PAGES = [
    page(f"{_ROUND}/aterrapporter/", listing.reports, "reports", _AGENCY),
    page(f"{_ROUND}/aterrapporter.<str:ending>", listing.reports_file, "reports_file", _AGENCY),
    page(f"{_ROUND}/aterrapporter-utskick/", form.report_sending_out, "report_sending_out", _AGENCY),
    page(f"{_ROUND}/aterrapporter-formular/", form.report_preview, "report_preview", _AGENCY),
    page(f"{_REPORT}/", reading.reviewed_report, "reviewed_report", _AGENCY),
    page(f"{_REPORT}/komplettering/", reading.ask_completion, "ask_completion", _REVIEWS),
    page(f"{_REPORT}/komplettering/ta-tillbaka/", reading.withdraw_completion, "withdraw_completion", _REVIEWS),
    page("omgangar/<int:year>/aterrapportering.pdf", form.report_reading_copy, "report_reading_copy", ANYONE),
]
