"""The allocation list: published, searched, sorted, explained and taken home as a file."""

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from portal.public.words import said

from statsbidrag.portal import rules
from statsbidrag.portal.models import Round
from statsbidrag.portal.queries.public_list import in_swedish_order
from statsbidrag.terms.dates import SWEDISH_TIME
from statsbidrag.terms.made_up import MADE_UP

LIST = "/omgangar/2025/fordelningslista/"
FILE = "/omgangar/2025/fordelningslista."

pytestmark = pytest.mark.usefixtures("published")


def names(stranger: Client, query: str = "") -> list[str]:
    page = stranger.get(LIST + query).content.decode()
    return [row.partition("</th>")[0] for row in page.split('<th scope="row">')[1:]]


def lines(stranger: Client, query: str = "") -> list[dict[str, str]]:
    answer = stranger.get(f"{FILE}csv{query}")
    assert answer["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.shows("anv-07", "utl-26")
def test_everyone_sees_the_ceiling_of_all_311_and_the_sum_is_the_pot(stranger: Client) -> None:
    assert len(names(stranger)) == 311
    text = said(stranger, LIST)
    assert "311 av 311 mottagare, tillsammans 145 000 000 kr." in text
    assert "Beräkningen är en uppskattning." in text
    assert len(names(stranger, "")) == len(rules.ceilings(2025))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?sok=eskilstuna", ["Eskilstuna kommun"]),
        ("?sok=0484", ["Eskilstuna kommun"]),
        ("?sok=2120000357", ["Eskilstuna kommun"]),
        ("?sok=212000-0357", ["Eskilstuna kommun"]),
        ("?sok=gotlands+kommun", ["Gotlands kommun"]),
        ("?sok=gotland", ["Region Gotland", "Gotlands kommun"]),
        ("?lan=08&slag=regioner", ["Region Kalmar län"]),
        ("?sok=finns+inte", []),
    ],
)
def test_one_finds_a_recipient_by_name_code_number_and_county(stranger: Client, query: str, found: list[str]) -> None:
    assert names(stranger, query) == found


def test_a_search_that_finds_nothing_says_what_to_do(stranger: Client) -> None:
    assert "Ingen mottagare passar det ni har sökt efter." in said(stranger, f"{LIST}?sok=finns+inte")


def test_each_column_is_sorted_both_ways_and_by_the_swedish_alphabet(stranger: Client) -> None:
    rising = names(stranger, "?ordna=namn")
    assert rising == sorted(rising, key=in_swedish_order)
    assert rising[-1] == "Övertorneå kommun"
    assert names(stranger, "?ordna=namn&fallande=1") == rising[::-1]
    amounts = [int(line["kronor"]) for line in lines(stranger, "?ordna=belopp&fallande=1")]
    assert amounts == sorted(amounts, reverse=True)
    page = stranger.get(f"{LIST}?ordna=belopp&fallande=1").content.decode()
    assert page.count('aria-sort="descending"') == 1


def test_a_recipient_without_an_amount_the_year_before_stands_last_whichever_way_one_sorts(stranger: Client) -> None:
    for query in ("?ordna=fore", "?ordna=fore&fallande=1"):
        assert all(name.startswith(("Region", "Västra")) for name in names(stranger, query)[:21])


def test_every_amount_leads_to_why(stranger: Client) -> None:
    page = stranger.get(f"{LIST}?sok=0180").content.decode()
    share = rules.allocation(2025).share_of("municipality-0180")
    shown = f"{share.kronor:,}".replace(",", "\u00a0")
    assert f'<a href="{LIST}municipality-0180/">{shown}</a>' in page
    text = said(stranger, f"{LIST}municipality-0180/")
    assert text.startswith(" Stockholms kommun kan rekvirera högst ") or "kan rekvirera högst" in text
    assert "Vårt antagande:" in text
    assert "Källa: anvisningarna 2025" in text
    assert "egen uppskattning" in text


@pytest.mark.shows("adm-13")
def test_the_published_amount_stands_beside_ours_with_how_much_it_differs(stranger: Client) -> None:
    assert "Region Stockholm har fått beloppet 16 259 682 kr publicerat" in said(stranger, LIST)
    text = said(stranger, f"{LIST}region-01/")
    assert "Publicerat belopp är 16 259 682 kr; vår uträkning avviker med 375 292 kr" in text
    assert "Källa: Region Stockholms tjänsteutlåtande" in text


@pytest.mark.shows("adm-26")
def test_the_difference_from_the_year_before_is_split_by_cause_to_the_krona(stranger: Client) -> None:
    header, stockholm = "Region Stockholm", "16 634 974 18 814 729 −2 179 755 14 455 219 −16 634 974 0 0 0"
    assert f"{header} {stockholm}" in said(stranger, f"{LIST}?visa=jamforelse&sok=region+stockholm")
    text = said(stranger, f"{LIST}region-01/")
    assert "16 634 974 kr 2025, 18 814 729 kr 2024, en skillnad på −2 179 755 kr" in text
    for line in lines(stranger, "?visa=jamforelse"):
        causes = sum(int(line[cause]) for cause in ("pot", "split", "rules", "population", "areas"))
        assert causes == int(line["difference"]) == int(line["after"] or 0) - int(line["before"] or 0)


def test_the_file_holds_exactly_the_lines_that_are_shown_in_the_same_order(stranger: Client) -> None:
    query = "?lan=04&slag=kommuner&ordna=belopp&fallande=1"
    shown = names(stranger, query)
    assert len(shown) == 9
    assert [line["name"] for line in lines(stranger, query)] == shown
    rows = json.loads(stranger.get(f"{FILE}json{query}").content)["shares"]
    assert [row["name"] for row in rows] == shown
    book = openpyxl.load_workbook(io.BytesIO(stranger.get(f"{FILE}xlsx{query}").content))
    assert [row[2] for row in book["Lista"].iter_rows(min_row=2, values_only=True)] == shown
    about = " ".join(str(cell) for row in book["Om listan"].iter_rows(values_only=True) for cell in row)
    assert "egen uppskattning" in about


@pytest.mark.shows("adm-13")
def test_every_file_of_the_demonstration_says_that_it_is_an_example_and_no_real_one_does(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def about() -> list[bool]:
        book = openpyxl.load_workbook(io.BytesIO(stranger.get(f"{FILE}xlsx?sok=0180").content))
        texts = [
            str([[*row] for row in book["Om listan"].iter_rows(values_only=True)]),
            stranger.get(f"{FILE}csv?sok=0180").content.decode(),
            stranger.get(f"{FILE}json?sok=0180").content.decode(),
        ]
        return [MADE_UP in text for text in texts]

    assert about() == [True, True, True]
    monkeypatch.setattr(settings, "DEMONSTRATION", False)
    assert about() == [False, False, False]


def test_the_files_of_the_page_are_of_what_is_asked_for(stranger: Client) -> None:
    page = stranger.get(f"{LIST}?sok=upp&ordna=belopp").content.decode()
    assert f'href="{FILE}csv?sok=upp&amp;ordna=belopp"' in page


def test_before_it_is_published_nobody_sees_an_amount(
    stranger: Client, published: Round, at: Callable[[datetime], None]
) -> None:
    published.delete()
    at(datetime(2025, 3, 3, 9, tzinfo=SWEDISH_TIME))
    text = said(stranger, LIST)
    assert "Listan kommer här innan omgången öppnar för rekvisition den 11 mars 2025." in text
    for address in (f"{LIST}region-01/", f"{FILE}csv", f"{FILE}xlsx", "/data/2025/fordelning.json"):
        assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("address", [f"{FILE}exe", f"{LIST}region-99/", f"{LIST}municipality-018/"])
def test_what_is_not_in_the_list_has_no_page(stranger: Client, address: str) -> None:
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(
    "query", ["?lan=%27--", "?ordna=%00", "?slag=x", "?fallande=%F0%9F%92%A5", "?visa=x&ordna=pot"]
)
def test_an_odd_address_shows_a_list_all_the_same(stranger: Client, query: str) -> None:
    assert stranger.get(LIST + query).status_code == 200


def test_a_search_is_never_markup(stranger: Client) -> None:
    page = stranger.get(f"{LIST}?sok=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in page


def test_the_first_round_has_nothing_to_be_compared_with(stranger: Client) -> None:
    text = said(stranger, "/omgangar/2024/fordelningslista/?visa=jamforelse")
    assert "21 av 21 mottagare, tillsammans 82 000 000 kr." in text
    assert "Jämför med" not in text


@pytest.mark.shows("adm-25")
def test_the_open_data_stand_at_an_address_that_stays_for_any_program_without_signing_in(stranger: Client) -> None:
    answer = stranger.get("/data/2025/fordelning.csv")
    assert answer["Access-Control-Allow-Origin"] == "*"
    found = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sum(int(line["kronor"]) for line in found) == 145_000_000
    assert {line["basis"] for line in found} == {"egen uppskattning (children/2023-estimate.csv)"}
    page = said(stranger, "/data/")
    assert all(column in page for column in found[0])
    assert "CC0 1.0" in page
