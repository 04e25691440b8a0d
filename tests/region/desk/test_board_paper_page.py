"""The board paper's page: drafted by scheme and plan, written by several, never lost, and entered in the diary."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from docx import Document

from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.region.actions.board_papers import finish, save_texts
from statsbidrag.region.actions.planning import plan_sums
from statsbidrag.region.models import BoardDraft, RegionDocument, RegionYear
from statsbidrag.region.queries.board_paper import WrittenPaper, mark_of, written_paper
from statsbidrag.region.queries.plan import plan_of

PAGE = "/region/region-01/2025/tjansteutlatande/"
OWN = "Beslutet påverkar inte miljön i vår region."


def standing(begun: RegionYear, now: datetime) -> WrittenPaper:
    return written_paper(plan_of(begun), now.date())


def as_sent(paper: WrittenPaper, **changed: str) -> dict[str, str]:
    """The form as a browser sends it, with some texts changed."""
    texts = {each.section.id: each.section.text for each in paper.headings}
    return {**texts, **{f"seen-{each.section.id}": each.mark for each in paper.headings}, **changed}


def text_of(begun: RegionYear, now: datetime, id: str) -> str:
    return next(each.section.text for each in standing(begun, now).headings if each.section.id == id)


@pytest.mark.shows("adm-27", "sth-01", "sth-02", "sth-07", "sth-08")
def test_the_draft_has_the_regions_headings_and_the_plans_figures(
    paid: RegionYear, lo: Visitor, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    page = browser_of(lo).get(PAGE).content.decode().replace("\u00a0", " ")
    assert "Förslag till beslut" in page
    assert "16 259 682 kr" in page
    assert "2,7 procent (439 000 kr)" in page
    assert "okänt belopp" in page  # the budgets are not planned yet


def test_what_is_written_stays_and_the_rest_follows_the_plan(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    paper = standing(paid, now)
    texts = {each.section.id: each.section.text for each in paper.headings}
    seen = {each.section.id: each.mark for each in paper.headings}
    save_texts(lo, paid, {**texts, "environment": OWN}, now, seen=seen)
    plan_sums(lo, paid, {"suppliers": 4_000_000}, now)
    assert text_of(paid, now, "environment") == OWN
    assert "4\u00a0000\u00a0000\u00a0kr" in text_of(paid, now, "considerations")
    assert list(BoardDraft.objects.get().texts) == ["environment"]


def test_a_text_that_was_written_by_older_figures_says_so(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    save_texts(lo, paid, {"considerations": "Egna överväganden."}, now, seen=_seen(paid, now))
    assert not _heading(paid, now, "considerations").stale
    plan_sums(lo, paid, {"suppliers": 4_000_000}, now)
    assert _heading(paid, now, "considerations").stale
    assert "4\u00a0000\u00a0000" in _heading(paid, now, "considerations").drafted


def test_two_who_write_under_different_headings_both_keep_what_they_wrote(
    paid: RegionYear, lo: Visitor, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    opened, browser = standing(paid, now), browser_of(lo)
    assert browser.post(PAGE, as_sent(opened, environment=OWN)).status_code == 302
    assert browser.post(PAGE, as_sent(opened, finances="Inget resultat.")).status_code == 302
    assert (text_of(paid, now, "environment"), text_of(paid, now, "finances")) == (OWN, "Inget resultat.")


def test_two_who_write_under_the_same_heading_see_both_texts_and_nothing_is_lost(
    paid: RegionYear, lo: Visitor, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    opened, browser = standing(paid, now), browser_of(lo)
    browser.post(PAGE, as_sent(opened, environment=OWN))
    mine = as_sent(opened, environment="Min text.", finances="Även den här.")
    page = browser.post(PAGE, mine).content.decode()
    assert "En kollega har ändrat" in page
    assert all(text in page for text in (OWN, "Min text.", "Även den här."))
    assert text_of(paid, now, "environment") == OWN
    assert f'name="seen-environment" value="{mark_of(OWN)}"' in page
    # Having seen both, the writer decides.
    assert browser.post(PAGE, {**mine, "seen-environment": mark_of(OWN)}).status_code == 302
    assert (text_of(paid, now, "environment"), text_of(paid, now, "finances")) == ("Min text.", "Även den här.")


def test_a_text_that_is_the_draft_again_follows_the_figures_again(paid: RegionYear, lo: Visitor, now: datetime) -> None:
    drafted = text_of(paid, now, "environment")
    save_texts(lo, paid, {"environment": OWN}, now, seen=_seen(paid, now))
    save_texts(lo, paid, {"environment": drafted.replace("\n", "\r\n")}, now, seen=_seen(paid, now))
    assert BoardDraft.objects.get().texts == {}


@pytest.mark.shows("adm-27", "sth-38")
def test_when_it_is_done_it_goes_to_the_diary_as_word_and_pdf_and_says_who_approved_it(
    decided: RegionYear, lo: Visitor, now: datetime, browser_of: Callable[[Visitor | None], Client]
) -> None:
    save_texts(lo, decided, {"environment": OWN}, now, seen=_seen(decided, now))
    said = {"approved": "Hälso- och sjukvårdsdirektör", "day": "2025-05-27"}
    assert browser_of(lo).post(f"{PAGE}klart/", said).url == "/region/region-01/2025/diarium/"
    word, pdf = RegionDocument.objects.filter(about="board_paper").order_by("id")
    paragraphs = [each.text for each in Document(BytesIO(bytes(word.content.content))).paragraphs]
    assert OWN in paragraphs
    assert "Godkänd av Hälso- och sjukvårdsdirektör, 2025-05-27" in paragraphs
    assert bytes(pdf.content.content).startswith(b"%PDF")
    assert BoardDraft.objects.get().document == pdf


def test_the_paper_is_downloaded_to_write_in_and_shown_as_pdf(
    decided: RegionYear, lo: Visitor, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser: Any = browser_of(lo)
    word, pdf = browser.get(f"{PAGE}fil.docx"), browser.get(f"{PAGE}fil.pdf")
    assert word["Content-Disposition"].startswith("attachment")
    assert pdf["Content-Disposition"].startswith("inline")
    assert (word.content[:2], pdf.content[:4]) == (b"PK", b"%PDF")
    assert browser.get(f"{PAGE}fil.odt").status_code == 404


def test_whoever_only_reads_writes_nothing(paid: RegionYear, dag: Visitor, now: datetime) -> None:
    with pytest.raises(Refused):
        save_texts(dag, paid, {"environment": OWN}, now, seen=_seen(paid, now))
    with pytest.raises(Refused):
        finish(dag, paid, approved="X", day=now.date(), now=now)


def test_a_scheme_without_a_board_paper_says_what_is_missing(
    orebro: str, planner: Visitor, browser_of: Callable[[Visitor | None], Client]
) -> None:
    browser = browser_of(planner)
    page = browser.get(f"/region/{orebro}/2025/tjansteutlatande/").content.decode()
    assert "Ordningen säger inte hur" in page
    assert browser.get(f"/region/{orebro}/2025/tjansteutlatande/fil.pdf").status_code == 404


def _seen(begun: RegionYear, now: datetime) -> dict[str, str]:
    return {each.section.id: each.mark for each in standing(begun, now).headings}


def _heading(begun: RegionYear, now: datetime, id: str) -> Any:
    return next(each for each in standing(begun, now).headings if each.section.id == id)
