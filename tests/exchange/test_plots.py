"""Diagrams say what they show to those who see colours, to those who do not, and to those who hear."""

import re
from fractions import Fraction

import pytest
from lxml import etree

from statsbidrag.exchange.plots import Plot, Series, Share, bars, said, shares
from statsbidrag.terms.dates import MONTHS

SVG = "{http://www.w3.org/2000/svg}"
DONE = Plot(
    "done",
    "Besök per månad",
    MONTHS,
    (
        Series(
            "besök",
            (12, 34, "few", 40, 55, 61, "protected", *range(5)),
        ),
    ),
)
BOTH = Plot(
    "both",
    "Planerat och genomfört",
    ("2 månader", "12 månader, utöver ordinarie teambesök"),
    (Series("planerade", (100, 80)), Series("genomförda", (50, "few"))),
)
ACCEPTED = (
    Share("Ada & Bo", 31, 50),
    Share("Bo", "few", 30),
    Share("Cia", 0, 12),
    Share("Dan", 0, 0),
    Share("Eva", 7, "few"),
)


def read(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def texts(svg: str) -> list[str]:
    return [(each.text or "").replace("\u00a0", " ") for each in read(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> list[etree._Element]:
    """The bars, without the rectangle within the hatching."""
    return [each for each in read(svg).iter(f"{SVG}rect") if each.get("stroke")]


@pytest.mark.parametrize("svg", [bars(DONE), bars(BOTH), shares("accepted", "Tackat ja", ACCEPTED)])
def test_a_diagram_is_a_picture_with_a_title_and_a_description(svg: str) -> None:
    root = read(svg)
    assert root.get("role") == "img"
    title, description = str(root.get("aria-labelledby")).split()
    named = {each.get("id"): each.text for each in root if each.get("id")}
    assert named[title]
    assert str(named[description]).endswith("Talen står i tabellen under.")


@pytest.mark.parametrize("svg", [bars(DONE), bars(BOTH), shares("accepted", "Tackat ja", ACCEPTED)])
def test_a_strict_content_policy_lets_a_diagram_through(svg: str) -> None:
    for element in read(svg).iter():
        assert not {"style", "onload", "href"} & set(element.attrib)
        assert etree.QName(element).localname not in ("script", "style", "image", "use", "foreignObject")


def test_every_bar_has_its_number_beside_it() -> None:
    assert texts(bars(DONE))[:6] == ["januari", "12", "februari", "34", "mars", "färre än 5"]
    assert "Flest besök: 61, juni" in str(read(bars(DONE)).find(f"{SVG}desc").text)


def test_a_bar_is_as_long_as_its_number() -> None:
    by_fill = [(box.get("fill"), int(str(box.get("width")))) for box in boxes(bars(BOTH))[2:]]
    (_, planned), (_, done), (_, later), _ = by_fill
    assert Fraction(done, planned) == Fraction(1, 2)
    assert abs(Fraction(later, planned) - Fraction(4, 5)) < Fraction(1, 100)


def test_what_is_hidden_is_hatched_says_so_and_has_the_same_length_whatever_it_hides() -> None:
    hatched = [box for box in boxes(bars(DONE)) if "hatch" in str(box.get("fill"))]
    assert len(hatched) == 2
    assert len({box.get("width") for box in hatched}) == 1
    assert all(box.get("stroke-dasharray") for box in hatched)
    assert {"färre än 5", "visas inte"} < set(texts(bars(DONE)))
    assert "Streckade staplar döljer små tal" in bars(DONE)
    assert "Streckade" not in bars(Plot("all", "Alla", ("a",), (Series("besök", (7,)),)))
    lone = bars(Plot("lone", "Ett", ("a",), (Series("besök", ("few",)),)))
    assert "few" not in lone
    assert said("few") == "färre än 5"


def test_two_series_differ_in_outline_and_filling_and_are_named() -> None:
    first, second = boxes(bars(BOTH))[:2]
    assert (first.get("fill"), second.get("fill")) == ("#ffffff", "#0d5560")
    assert first.get("stroke") == second.get("stroke")
    assert texts(bars(BOTH))[:2] == ["planerade", "genomförda"]


def test_a_long_name_is_broken_into_lines_and_a_row_with_nothing_has_no_bar() -> None:
    assert texts(bars(BOTH))[5:8] == ["12 månader,", "utöver ordinarie", "teambesök"]
    zero = bars(Plot("zero", "Noll", ("a", "b"), (Series("besök", (0, 9)),)))
    assert len(boxes(zero)) == 1


def test_a_share_says_per_cent_or_why_not() -> None:
    found = texts(shares("accepted", "Tackat ja", ACCEPTED))
    assert found == ["Ada & Bo", "62 %", "Bo", "färre än 5", "Cia", "0 %", "Dan", "inga", "Eva", "visas inte"]
    assert Share("Ada", 1, 3).exact == Fraction(1, 3)
    assert Share("Eva", 7, "few").exact is None


def test_names_are_texts_and_never_markup() -> None:
    svg = bars(Plot("x", "<b>&", ('<script>alert("1")</script>',), (Series("<i>", (7,)),)))
    assert not re.search(r"<(script|b|i)>", svg)
    assert texts(svg)[0] == '<script>alert("1")</script>'


@pytest.mark.parametrize("series", [(), (Series("a", (1, 2)),), (Series("a", (1,)),) * 3])
def test_a_plot_has_a_value_for_every_row(series: tuple[Series, ...]) -> None:
    with pytest.raises(ValueError, match="one or two series"):
        Plot("x", "X", ("a",), series)


@pytest.mark.parametrize(("colour", "least"), [("#1c2628", 4.5), ("#0d5560", 3), ("#50605f", 3)])
def test_every_colour_stands_out_against_white(colour: str, least: float) -> None:
    assert colour in bars(DONE)
    assert (1 + 0.05) / (_luminance(colour) + 0.05) >= least


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
