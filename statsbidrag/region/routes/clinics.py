"""Clinics: the region's pages about them, and each clinic's own; rights are held for the region or for the clinic."""

from statsbidrag.portal.guards import having, page
from statsbidrag.region.views.clinics import (
    application,
    application_pages,
    desk,
    handling,
    known,
    papers,
    people,
    register,
    reporting,
    reports,
)

_REGION = "region/<slug:recipient>/<int:year>/"
_REGISTER = f"{_REGION}enheter/"
_ONE = f"{_REGISTER}<int:number>/"
_SUPPORT = f"{_REGION}fast-ersattning/"
_REPORTS = f"{_REGION}redovisningar/"
_SEES_REGION, _PLANS = having("see region"), having("plan region")

_OWN = "enhet/<slug:recipient>/"
_OWN_YEAR = f"{_OWN}<int:year>/"
_APPLICATION = f"{_OWN_YEAR}ansokan/"
_SEES, _ACTS = having("see clinic"), having("act for clinic")

PAGES = [
    page(_REGISTER, register.clinics, "clinics", _SEES_REGION),
    page(f"{_REGISTER}ny/", register.new_clinic, "new_clinic", _PLANS),
    page(_ONE, register.clinic_page, "clinic_page", _SEES_REGION),
    page(f"{_ONE}andra/", register.change_clinic, "change_clinic", _PLANS),
    page(f"{_ONE}stang/", register.close_clinic, "close_clinic", _PLANS),
    page(f"{_ONE}uppgifter/", known.clinic_known, "clinic_known", _PLANS),
    page(_SUPPORT, handling.applications, "applications", _SEES_REGION),
    page(f"{_SUPPORT}<int:number>/", handling.application, "application", _SEES_REGION),
    page(f"{_SUPPORT}<int:number>/moten/", handling.meetings, "meetings", _SEES_REGION),
    page(_REPORTS, reports.line_reports, "line_reports", _SEES_REGION),
    page(f"{_REPORTS}sammanstallning.<str:ending>", reports.line_reports_file, "line_reports_file", _SEES_REGION),
    page(f"{_REPORTS}<slug:line>/", reporting.line_report, "line_report", _SEES_REGION),
    page(_OWN, desk.clinic_desk, "clinic_desk", _SEES),
    page(_OWN_YEAR, desk.clinic_year, "clinic_year", _SEES),
    page(f"{_OWN_YEAR}medarbetare/", people.clinic_people, "clinic_people", _SEES),
    page(f"{_OWN_YEAR}handling/<int:number>/", papers.clinic_document, "clinic_document", _SEES),
    page(f"{_OWN_YEAR}redovisning/", reporting.clinic_report, "clinic_report", _SEES),
    page(_APPLICATION, application.own_application, "own_application", _SEES),
    page(f"{_APPLICATION}kontrollera/", application.application_check, "application_check", _ACTS),
    page(f"{_APPLICATION}<slug:page>/", application_pages.application_page, "application_page", _ACTS),
]
