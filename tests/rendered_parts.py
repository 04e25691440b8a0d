"""Pieces of pages, and whole pages, set from a template in a test and read as a browser reads them."""

from typing import Any

from lxml import html

from statsbidrag.portal.jinja import environment

EVERY_MACRO = (
    '{% from "parts/fields.html" import area, button, button_link, buttons, checkboxes, choices, deed_key, '
    "error_summary, field, hidden, pick, tick, upload %}"
    '{% from "parts/shows.html" import copyable, empty, facts, folds, kr, message, next_steps, pager, progress, '
    "stations, table, tag, timeline, why %}"
)
ENVIRONMENT = environment()


def rendered(source: str, **context: Any) -> Any:
    """A piece of a page; every macro is at hand in the source."""
    text = ENVIRONMENT.from_string(EVERY_MACRO + source).render(**context)
    return html.fragment_fromstring(text, create_parent="div")


def page(source: str, **context: Any) -> Any:
    """A whole page."""
    return html.document_fromstring(ENVIRONMENT.from_string(source).render(**context))


def words(element: Any) -> str:
    """What a reader sees, with single spaces."""
    return " ".join(element.text_content().split())
