"""Settlements, statistics, and figures released to the reports."""

from statsbidrag.portal.guards import having, page
from statsbidrag.region.views.settlement import releases, settlements, statements, statistics

_REGION = "region/<slug:recipient>/<int:year>"
_RUN = f"{_REGION}/avrakningar/<int:number>"
_OWN = "enhet/<slug:recipient>/<int:year>/avrakningar"
_SEES, _PLANS, _CLINIC = having("see region"), having("plan region"), having("see clinic")

PAGES = [
    page(f"{_REGION}/avrakningar/", settlements.settlements, "settlements", _SEES),
    page(f"{_RUN}/", settlements.settlement, "settlement", _SEES),
    page(f"{_RUN}/ta-tillbaka/", settlements.withdraw_settlement, "withdraw_settlement", _PLANS),
    page(f"{_RUN}/<slug:kind>.<str:ending>", settlements.settlement_file, "settlement_file", _SEES),
    page(f"{_REGION}/statistik/", statistics.region_statistics, "region_statistics", _SEES),
    page(f"{_REGION}/statistik/<slug:kind>.<str:ending>", statistics.statistics_file, "statistics_file", _SEES),
    page(f"{_REGION}/till-rapporten/", releases.releases, "releases", _SEES),
    page(f"{_REGION}/till-rapporten/<int:number>/<slug:receiver>.json", releases.release_file, "release_file", _SEES),
    page(f"{_OWN}/", statements.clinic_statements, "clinic_statements", _CLINIC),
    page(f"{_OWN}/<int:number>.<str:ending>", statements.clinic_statement, "clinic_statement", _CLINIC),
]
