"""The region's desk; every address names the region, and rights are held for it."""

from statsbidrag.portal.guards import having, page
from statsbidrag.region.views.desk import (
    board_paper,
    deciding,
    desk,
    diary,
    moves,
    paying,
    people,
    plan,
    receiving,
)

_REGION = "region/<slug:recipient>/"
_YEAR = f"{_REGION}<int:year>/"
_SEES = having("see region")

PAGES = [
    page(_REGION, desk.region_desk, "region_desk", _SEES),
    page(_YEAR, desk.region_year_page, "region_year", _SEES),
    page(f"{_YEAR}mottaget/", receiving.region_received, "region_received", _SEES),
    page(f"{_YEAR}plan/", plan.region_plan, "region_plan", _SEES),
    page(f"{_YEAR}plan/egna-satsningar/", plan.new_project, "new_project", _SEES),
    page(f"{_YEAR}plan/namndens-beslut/", deciding.adopt_plan, "adopt_plan", _SEES),
    page(f"{_YEAR}plan/nytt-beslut/", deciding.revise_plan, "revise_plan", _SEES),
    page(f"{_YEAR}utbetalningar/", paying.region_payments, "region_payments", _SEES),
    page(f"{_YEAR}delegationsbeslut/", moves.region_moves, "region_moves", _SEES),
    page(f"{_YEAR}delegationsbeslut.<str:ending>", moves.region_moves_file, "region_moves_file", _SEES),
    page(f"{_YEAR}tjansteutlatande/", board_paper.board_paper, "board_paper", _SEES),
    page(f"{_YEAR}tjansteutlatande/klart/", board_paper.board_paper_done, "board_paper_done", _SEES),
    page(f"{_YEAR}tjansteutlatande/fil.<str:ending>", board_paper.board_paper_file, "board_paper_file", _SEES),
    page(f"{_YEAR}diarium/", diary.region_diary, "region_diary", _SEES),
    page(f"{_YEAR}diarium/<int:document>/", diary.region_document, "region_document", _SEES),
    page(f"{_YEAR}medarbetare/", people.region_people, "region_people", _SEES),
]
