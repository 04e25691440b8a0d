"""Visits handed in as files or by hand, offers, and retention."""

from statsbidrag.portal.guards import having, page
from statsbidrag.region.views.visits import by_hand, families, files, keeping, lists, taking_back

_REGION = "region/<slug:recipient>/<int:year>/besok/"
_CLINIC = "enhet/<slug:recipient>/<int:year>/besok/"
_SEES_REGION = having("see region")
_PLANS = having("plan region")
_SEES = having("see clinic")
_ACTS = having("act for clinic")

PAGES = [
    page(_REGION, lists.region_visits, "region_visits", _SEES_REGION),
    page(f"{_REGION}fil/<int:number>/", files.visit_file, "visit_file", _SEES_REGION),
    page(f"{_REGION}fil/<int:number>/fel.csv", files.refused_rows, "refused_rows", _PLANS),
    page(f"{_REGION}<int:number>/ta-bort/", taking_back.take_back_visit, "take_back_visit", _PLANS),
    page(f"{_REGION}gallring/", keeping.visit_retention, "visit_retention", _SEES_REGION),
    page(f"{_REGION}nya-pseudonymer/", keeping.rekey_page, "rekey_visits", _PLANS),
    page(_CLINIC, lists.clinic_visits, "clinic_visits", _SEES),
    page(f"{_CLINIC}fil/<int:number>/", files.visit_file, "own_visit_file", _SEES),
    page(f"{_CLINIC}fil/<int:number>/fel.csv", files.refused_rows, "own_refused_rows", _SEES),
    page(f"{_CLINIC}nytt/", by_hand.new_visit, "new_visit", _ACTS),
    page(f"{_CLINIC}<int:number>/", by_hand.alter_visit, "alter_visit", _ACTS),
    page(f"{_CLINIC}kommande/", families.due_visits_page, "due_visits", _SEES),
    page(f"{_CLINIC}erbjudanden/", families.offers_page, "offers", _SEES),
]
