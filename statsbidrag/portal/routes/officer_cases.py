"""The agency's desk: cases, decisions, letters, the diary, delegations and bias."""

from statsbidrag.portal.guards import having, page
from statsbidrag.portal.views.officer.cases import case, deciding, delegations, letters, preparing, record

_AGENCY = having("see agency")
_ROUND = "myndighet/omgangar/<int:year>"
_CASE = f"{_ROUND}/arenden/<slug:recipient>"
_DIARY = "myndighet/diarium"

PAGES = [
    page(f"{_CASE}/", case.case_page, "case", _AGENCY),
    page(f"{_CASE}/jav/", case.note_bias_page, "note_bias", having("note bias")),
    page(f"{_CASE}/bered/", preparing.prepare_decision, "prepare_decision", having("prepare decision")),
    page(f"{_ROUND}/bered-beslut/", preparing.prepare_decisions, "prepare_decisions", _AGENCY),
    page(f"{_ROUND}/beslut/", deciding.decisions_page, "decisions", _AGENCY),
    page(f"{_ROUND}/beslut.<str:ending>", deciding.decisions_file, "decisions_file", _AGENCY),
    page(f"{_ROUND}/beslut/<str:reference>/brev.pdf", letters.preview, "decision_preview", _AGENCY),
    page(f"{_ROUND}/brev/", letters.letters_page, "letters", _AGENCY),
    page(f"{_ROUND}/brev/lage/", letters.letters_progress, "letters_progress", _AGENCY),
    page(f"{_DIARY}/", record.diary_page, "diary", _AGENCY),
    page(f"{_DIARY}/kontroll/", record.record_check, "record_check", _AGENCY),
    page(f"{_DIARY}/handlingar/<int:entry>/", record.document, "document", _AGENCY),
    page(f"{_DIARY}/handlingar/<int:entry>/gallra/", record.erase_document, "erase_document", having("erase")),
    page(f"{_DIARY}/arenden/<int:case>/", record.number_case, "number_case", having("register")),
    page("myndighet/delegationsordning/", delegations.delegations, "delegations", _AGENCY),
]
