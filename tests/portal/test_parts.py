"""What a page shows: labelled, escaped, said in words, and never silently blank."""

from collections import namedtuple
from datetime import date, datetime
from fractions import Fraction

import pytest
from jinja2 import UndefinedError
from rendered_parts import rendered, words

from statsbidrag.portal import rules
from statsbidrag.portal.jinja import days_left, moment, number, slug
from statsbidrag.terms.because import Because
from statsbidrag.terms.dates import SWEDISH_TIME


@pytest.mark.parametrize(
    ("kind", "word"), [("info", "Information"), ("success", "Klart"), ("warning", "Viktigt"), ("error", "Fel")]
)
def test_a_message_says_its_kind_in_words(kind: str, word: str) -> None:
    shown = rendered("{% call message(kind, 'Sista dag') %}<p>{{ text }}</p>{% endcall %}", kind=kind, text="<i>nu</i>")
    assert words(shown) == f"{word}: Sista dag <i>nu</i>"


def test_what_is_unknown_is_a_dash_and_nought_is_nought() -> None:
    shown = rendered("{{ facts([('Belopp', none), ('Antal', 0), ('Namn', '')]) }}")
    assert [words(each) for each in shown.xpath("//dd")] == ["–", "0", "–"]
    assert words(rendered("{{ kr(none) }}")) == "–"
    assert words(rendered("{{ kr(0) }}")) == "0 kr"


def test_a_state_is_said_in_words_beside_its_tone() -> None:
    shown = rendered("{{ tag('Väntar på <attest>', 'wait') }}")
    assert words(shown) == "Väntar på <attest>"
    assert shown.xpath("//span/@class") == ["tag tag--wait"]


def test_a_table_has_a_caption_row_headings_and_a_region_to_scroll_in() -> None:
    rows = [("Ale <kommun>", 201_500, 12, date(2025, 4, 1)), ("Region Skåne", None, 0, "saknas")]
    columns = ["Mottagare", ("Belopp", "kr"), ("Barn", "number"), ("Inkom", "day")]
    shown = rendered("{{ table('Rekvisitioner', columns, rows) }}", columns=columns, rows=rows)
    region = shown.xpath("//div[@role='region']")[0]
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Rekvisitioner")
    assert words(shown.xpath("//caption")[0]) == "Rekvisitioner"
    assert [words(each) for each in shown.xpath("//th[@scope='col']")] == ["Mottagare", "Belopp", "Barn", "Inkom"]
    assert [[words(cell) for cell in row] for row in shown.xpath("//tbody/tr")] == [
        ["Ale <kommun>", "201 500 kr", "12", "1 april 2025"],
        ["Region Skåne", "–", "0", "saknas"],
    ]
    assert len(shown.xpath("//tbody//th[@scope='row']")) == 2
    assert len(shown.xpath("//tbody//td[@class='table__figure']")) == 4


def test_a_pager_leads_back_and_on_but_never_past_the_ends() -> None:
    assert rendered("{{ pager(1, 3, '?sida=') }}").xpath("//a/@href") == ["?sida=2"]
    assert rendered("{{ pager(2, 3, '?sida=') }}").xpath("//a/@href") == ["?sida=1", "?sida=3"]
    assert rendered("{{ pager(3, 3, '?sida=') }}").xpath("//a/@href") == ["?sida=2"]
    assert not rendered("{{ pager(1, 1, '?sida=') }}").xpath("//nav")


def test_every_ceiling_says_why_with_the_words_of_its_source_and_our_assumptions() -> None:
    allocation = rules.allocation(2025)
    because = allocation.because(allocation.share_of("region-01"))
    shown = rendered("{{ why(because, library) }}", because=because, library=rules.book().library)
    text = words(shown)
    assert shown.xpath("//details/summary")
    for _, step in because.walk():
        assert " ".join(step.says.split()) in text
        if step.cites:
            statement = rules.book().library.statements[step.cites]
            assert rules.book().library.place(step.cites) in text
            assert statement.quote in text
        if step.assumption:
            assert f"Vårt antagande: {step.assumption}" in text


def test_a_deep_reason_folds_and_is_escaped() -> None:
    deepest = Because("<u>djupast</u>", 4)
    because = Because(
        "Summan", 1, "kr", steps=(Because("Del", 2, "kr", steps=(Because("Andel", 3, steps=(deepest,)),)),)
    )
    shown = rendered("{{ why(because) }}", because=because)
    assert words(shown.xpath("//details//details/summary")[0]) == "Vad det bygger på: Andel"
    assert words(shown.xpath("//details//details//li")[0]) == "<u>djupast</u> 4"


def test_a_reason_without_a_library_still_names_its_statement() -> None:
    shown = rendered("{{ why(because) }}", because=Because("Potten", 145, "kr", cites="anv-06"))
    assert "Källa: anv-06" in words(shown)


def test_the_stations_say_their_state_in_words_and_which_is_now() -> None:
    Station = namedtuple("Station", "text state link note")
    items = [
        Station("Fördelning", "done", "/f/", ""),
        {"text": "Rekvisition", "state": "now", "note": "224 av 311"},
        {"text": "Omfördelning", "state": "next"},
        {"text": "Beslut", "state": "wait"},
    ]
    shown = rendered("{{ stations(items) }}", items=items)
    said = [" ".join(words(each).split()[1:]) for each in shown.xpath("//ol/li")]
    assert said == ["Fördelning Klart", "Rekvisition Pågår 224 av 311", "Omfördelning Härnäst", "Beslut Väntar"]
    assert words(shown.xpath("//li[@aria-current='step']")[0]).startswith("2 Rekvisition")
    assert shown.xpath("//a/@href") == ["/f/"]


def test_the_timeline_tells_when_what_and_who() -> None:
    events = [
        {"when": datetime(2025, 4, 2, 9, 12, tzinfo=SWEDISH_TIME), "what": "Inskickad", "who": "Maja", "link": "/k/"},
        {"when": date(2025, 3, 25), "what": "Öppnade", "note": "För alla"},
    ]
    shown = rendered("{{ timeline(events) }}", events=events)
    assert [words(each) for each in shown.xpath("//li")] == [
        "2 april 2025 kl. 09.12 Inskickad Maja",
        "25 mars 2025 Öppnade För alla",
    ]
    assert shown.xpath("//time/@datetime") == ["2025-04-02T09:12:00+02:00", "2025-03-25"]


def test_what_to_do_now_says_by_when() -> None:
    items = [
        {"what": "Rekvirera", "link": "/r/", "by": date(2025, 4, 29)},
        {"what": "Läs", "link": "/l/", "note": "Ny"},
    ]
    shown = rendered("{{ next_steps(items, today) }}", items=items, today=date(2025, 4, 2))
    said = [words(each) for each in shown.xpath("//li")]
    assert said == ["Rekvirera Senast 29 april 2025 (27 dagar kvar)", "Läs Ny"]
    assert "kvar" not in words(rendered("{{ next_steps(items) }}", items=items))


def test_progress_is_said_in_figures_too() -> None:
    shown = rendered("{{ progress(1200, 3110, 'Brev på väg') }}{{ progress(0, 0, 'Inget') }}")
    bar = shown.xpath("//progress")[0]
    assert (bar.get("id"), bar.get("value"), bar.get("max")) == ("progress-brev-pa-vag", "1200", "3110")
    assert "1 200 av 3 110" in words(shown)
    assert shown.xpath("//progress/@max") == ["3110", "1"]


def test_a_copy_button_waits_for_javascript() -> None:
    shown = rendered("{{ copyable('SB2025-0117', 'ref') }}")
    assert shown.xpath("//button[@hidden][@type='button']/@data-copies") == ["ref"]
    assert words(shown.get_element_by_id("ref")) == "SB2025-0117"


def test_an_empty_list_says_so_and_more_folds_out() -> None:
    shown = rendered("{{ empty('Inget än.') }}{% call folds('Mer') %}Allt{% endcall %}")
    assert words(shown.xpath("//p")[0]) == "Inget än."
    assert words(shown.xpath("//details")[0]) == "Mer Allt"


def test_days_numbers_and_moments_are_written_in_swedish() -> None:
    assert moment(date(2025, 5, 26)) == "26 maj 2025"
    assert moment(datetime(2025, 12, 31, 23, 5, tzinfo=SWEDISH_TIME)) == "31 december 2025 kl. 23.05"
    assert number(1234) == "1\u00a0234"
    assert number(Fraction(27, 10)) == "2,7"
    assert slug("  Åtgärd för Örebro – 2025 ") == "atgard-for-orebro-2025"


@pytest.mark.parametrize(
    ("day", "said"),
    [(1, "1 dag kvar"), (30, "29 dagar kvar"), (-2, "gick ut för 2 dagar sedan"), (-1, "gick ut för 1 dag sedan")],
)
def test_time_left_is_said_in_days(day: int, said: str) -> None:
    today = date(2025, 4, 1)
    last = date.fromordinal(today.toordinal() + (day if day < 30 else 29))
    assert days_left(last, today) == said
    assert days_left(today, today) == "sista dagen"


def test_a_name_that_a_template_does_not_know_stops_the_page() -> None:
    with pytest.raises(UndefinedError, match="amuont"):
        rendered("<p>{{ amuont }}</p>", amount=1)
