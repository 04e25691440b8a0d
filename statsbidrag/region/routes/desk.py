"""The region's desk; every address names the region, and rights are held for it."""

from statsbidrag.portal.guards import having, page
from statsbidrag.region.views.desk import desk

_REGION = "region/<slug:recipient>/"
_YEAR = f"{_REGION}<int:year>/"
_SEES = having("see region")

PAGES = [
    page(_REGION, desk.region_desk, "region_desk", _SEES),
    page(_YEAR, desk.region_year_page, "region_year", _SEES),
]
