"""How pages are set: one Jinja environment, with the Swedish way to write amounts, numbers, days and moments.

A name that a template does not know stops the page; nothing is ever silently left blank.
"""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static as address_of
from django.urls import get_resolver, reverse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from statsbidrag.terms.because import Because, Figure
from statsbidrag.terms.dates import SWEDISH_TIME, day_in_words
from statsbidrag.terms.kronor import decimal_comma, grouped, in_words

_TEMPLATES = Path(__file__).parent / "templates"
_OF_THE_REGION = [_TEMPLATES.parents[1] / "region" / "templates"] if settings.ENVIRONMENT.has_region else []
_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


def environment(**options: Any) -> Environment:
    """Gives the environment that every page is set in; Django calls it once."""
    ours = {
        "loader": FileSystemLoader([_TEMPLATES, *_OF_THE_REGION]),
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "cache_size": -1,
        "extensions": ["jinja2.ext.do"],
        "auto_reload": options.get("auto_reload", False),
    }
    options.pop("autoescape", None)
    made = Environment(autoescape=True, **{**options, **ours})
    made.filters.update(FILTERS)
    made.globals.update(url=url, static=static, has_page=has_page)
    return made


def moment(when: date) -> str:
    """Writes a day, and the time of day where there is one: ``26 maj 2025 kl. 14.05``, by Swedish time."""
    if not isinstance(when, datetime):
        return day_in_words(when)
    swedish = when.astimezone(SWEDISH_TIME)
    return f"{day_in_words(swedish.date())} kl. {swedish:%H.%M}"


def number(value: Fraction | int) -> str:
    """Writes a whole number in groups of three, and a fraction with one decimal: ``16 259 682``, ``2,7``."""
    return grouped(value) if isinstance(value, int) else decimal_comma(value)


def figure(value: Figure, unit: str = "") -> str:
    """Writes any figure as a reason does: kronor, a share in per cent, a day or a word."""
    return Because("", value, unit).figure


def days_left(last_day: date, today: date) -> str:
    """Says how long there is left: ``sista dagen``, ``12 dagar kvar`` or ``gick ut för 3 dagar sedan``."""
    left = (last_day - today).days
    if left == 0:
        return "sista dagen"
    days = f"{abs(left)} {'dag' if abs(left) == 1 else 'dagar'}"
    return f"{days} kvar" if left > 0 else f"gick ut för {days} sedan"


def slug(text: str) -> str:
    """Makes a word that an id or an address can hold: ``Brev på väg`` becomes ``brev-pa-vag``."""
    plain = text.lower().translate(str.maketrans("åäöé", "aaoe"))
    return _NOT_IN_AN_ID.sub("-", plain).strip("-")


def cell(value: object, kind: str) -> object:
    """Writes a cell of a table by its column: kronor, a number, a day or text; a dash where nothing is known."""
    if value is None:
        return "–"
    if kind == "kr" and isinstance(value, int):
        return in_words(value)
    if kind == "number" and isinstance(value, int):
        return grouped(value)
    return day_in_words(value) if kind == "day" and isinstance(value, date) else value


@lru_cache(maxsize=8192)
def url(name: str, *places: str | int, **named: str | int) -> str:
    """Gives the address of a page by its name in the table of routes."""
    return reverse(name, args=places, kwargs=named)


@cache
def has_page(name: str) -> bool:
    """Tells whether the table of routes has a page by that name."""
    return name in get_resolver().reverse_dict


@cache
def static(path: str) -> str:
    """Gives the address of a file that never changes; its content is part of it, so that a browser may keep it."""
    found = finders.find(path)
    if not isinstance(found, str):
        return address_of(path)
    return f"{address_of(path)}?v={hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10]}"


FILTERS: dict[str, Callable[..., object]] = {
    "kr": in_words,
    "day": day_in_words,
    "moment": moment,
    "number": number,
    "figure": figure,
    "days_left": days_left,
    "slug": slug,
    "cell": cell,
}
