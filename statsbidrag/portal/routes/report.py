"""The recipient's report: its pages to fill in, and its answers to check."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.recipient.report import checking, figures, filling, start

_REPORT = "organisation/<slug:recipient>/<int:year>/aterrapportering/"
_FIGURES = "organisation/<slug:recipient>/<int:year>/siffror-fran-regionen/"
_SEES, _FILLS_IN = having("see own case"), having("fill in")

PAGES = [
    page(_REPORT, start.report, "report", _SEES),
    page(f"{_REPORT}fyll-i/<slug:page>/", filling.report_page, "report_page", _FILLS_IN),
    page(_FIGURES, figures.region_figures, "region_figures", _FILLS_IN),
    page(f"{_REPORT}kontrollera/", checking.report_check, "report_check", _FILLS_IN),
]
