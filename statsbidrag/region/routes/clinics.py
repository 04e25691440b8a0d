"""Clinics: the region's pages about them, and each clinic's own; rights are held for the region or for the clinic."""

from statsbidrag.portal.guards import having, page
from statsbidrag.region.views.clinics import desk

_OWN = "enhet/<slug:recipient>/"
_OWN_YEAR = f"{_OWN}<int:year>/"
_SEES = having("see clinic")

PAGES = [
    page(_OWN, desk.clinic_desk, "clinic_desk", _SEES),
    page(_OWN_YEAR, desk.clinic_year, "clinic_year", _SEES),
]
