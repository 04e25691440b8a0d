"""The recipient's report: certified by the signatory, sent in, and every version of it afterwards."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.recipient.report_sending import afterwards, signing

_REPORT = "organisation/<slug:recipient>/<int:year>/aterrapportering/"
_VERSION = f"{_REPORT}svar/<int:number>/"
_SEES, _FILLS_IN, _SENDS = having("see own case"), having("fill in"), having("submit")
_SIGNS = having("certify", "submit", "fill in")

PAGES = [
    page(f"{_REPORT}godkann/", signing.report_sign, "report_sign", _SIGNS),
    page(f"{_REPORT}godkann/nej/", signing.report_decline, "report_decline", having("certify")),
    page(f"{_REPORT}las-upp/", signing.report_unlock, "report_unlock", _FILLS_IN),
    page(f"{_REPORT}skicka/", signing.report_send, "report_send", _SENDS),
    page(f"{_REPORT}ny-version/", afterwards.report_new_version, "report_new_version", _FILLS_IN),
    page(f"{_REPORT}mina-svar.pdf", afterwards.report_own_answers, "report_own_answers", _SIGNS),
    page(_VERSION, afterwards.report_version, "report_version", _SEES),
    page(f"{_VERSION}mottaget/", afterwards.report_received, "report_received", _SEES),
    page(f"{_VERSION}svar.pdf", afterwards.report_version_pdf, "report_version_pdf", _SEES),
    page(f"{_VERSION}andrat/", afterwards.report_changes, "report_changes", _SEES),
    page(f"{_VERSION}till-mig/", afterwards.report_to_own_address, "report_to_own_address", _SEES),
]
