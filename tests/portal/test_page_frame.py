"""The frame of every page: one heading, a way past the menu, who is signed in, and what is made up says so."""

import re
from collections import namedtuple
from datetime import date
from pathlib import Path

import pytest
from django import forms
from lxml import html
from rendered_parts import ENVIRONMENT, page, words

PORTAL = Path(__file__).parents[2] / "statsbidrag" / "portal"
TEMPLATES = sorted((PORTAL / "templates").rglob("*.html"))
PAGE = (
    '{% extends "base.html" %}{% block title %}Rekvirera{% endblock %}{% block heading %}Rekvirera 2025{% endblock %}'
    "{% block content %}<p>Text.</p>{% endblock %}"
)


class Requisition(forms.Form):
    """A form that is wrong as soon as it is sent empty."""

    amount = forms.IntegerField(label="Belopp")


def test_a_page_has_one_heading_its_own_title_and_a_way_past_the_menu() -> None:
    shown = page(PAGE)
    assert [words(each) for each in shown.xpath("//h1")] == ["Rekvirera 2025"]
    assert shown.findtext(".//title") == "Rekvirera – statsbidrag"
    assert shown.get("lang") == "sv"
    assert shown.xpath("//body/a[1]/@href") == ["#main"]
    assert shown.get_element_by_id("main").tag == "main"


def test_a_page_with_faults_says_so_in_its_title() -> None:
    assert page(PAGE, form=Requisition({})).findtext(".//title") == "Fel: Rekvirera – statsbidrag"
    assert page(PAGE, form=Requisition()).findtext(".//title") == "Rekvirera – statsbidrag"


@pytest.mark.shows("adm-13")
def test_in_the_demonstration_every_page_says_that_it_is_made_up_and_which_day_it_is() -> None:
    shown = page(PAGE, demonstration=True, today=date(2025, 4, 2))
    band = words(shown.xpath("//aside")[0])
    assert "Exempel – påhittade uppgifter, inget beslut" in band
    assert "2 april 2025" in band
    assert "noindex" in shown.xpath("//meta[@name='robots']/@content")[0]
    real = page(PAGE, demonstration=False, today=date(2025, 4, 2))
    assert not real.xpath("//aside | //meta[@name='robots']")


def test_a_page_says_who_is_signed_in_and_for_whom() -> None:
    Person = namedtuple("Person", "name at_agency")
    shown = page(PAGE, person=Person("Maja <Modell>", at_agency=False), acting_for="Region Skåne", csrf_input="")
    assert words(shown.xpath("//header//p")[0]) == "Maja <Modell> för Region Skåne"
    assert not page(PAGE, person=None).xpath("//header//p")


def test_the_way_here_begins_at_the_start() -> None:
    trail = page(PAGE + "{% block trail %}<li>Omgångar</li>{% endblock %}").xpath("//nav[@aria-label='Sökväg']")[0]
    assert [words(each) for each in trail.xpath(".//li")] == ["Start", "Omgångar"]
    assert not page(PAGE).xpath("//nav[@aria-label='Sökväg']")


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_page_of_an_error_says_what_to_do_even_when_nothing_else_is_known(status: int) -> None:
    shown = html.document_fromstring(ENVIRONMENT.get_template(f"pages_of_errors/{status}.html").render())
    assert len(shown.xpath("//h1")) == 1
    assert [words(each) for each in shown.xpath("//h2")] == ["Gör så här"]
    assert shown.xpath("//main//a/@href") == ["/"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PORTAL / "templates")))
def test_no_template_has_a_script_or_a_style_of_its_own(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text)


def _luminance(colour: str) -> float:
    parts = [
        int(part, 16) / 255 for part in re.findall("..", colour.lstrip("#") if len(colour) > 4 else colour[1:] * 2)
    ]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("words_in", "grounds", "least"),
    [
        ("ink", ["paper", "sheet", "sea-wash", "coin-wash", "good-wash", "bad-wash"], 7),
        ("ink-soft", ["paper", "sheet", "sea-wash", "coin-wash"], 4.5),
        ("sea", ["paper", "sheet", "sea-wash", "good-wash", "bad-wash", "coin-wash"], 4.5),
        ("coin", ["paper", "coin-wash"], 4.5),
        ("good", ["good-wash"], 4.5),
        ("bad", ["paper", "sheet", "bad-wash"], 4.5),
        ("line-strong", ["paper", "sheet"], 3),
        ("sheet", ["sea", "sea-deep", "coin", "good", "bad"], 4.5),
    ],
)
def test_words_and_borders_stand_out_from_every_ground(words_in: str, grounds: list[str], least: float) -> None:
    css = (PORTAL / "static" / "portal.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", css))
    for ground in grounds:
        assert _contrast(colours[words_in], colours[ground]) >= least, f"{words_in} on {ground}"
