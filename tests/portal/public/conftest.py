"""What the tests of the public pages share: a published round, and what a page says without its markup."""

import html
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from statsbidrag.portal.models import Round
from statsbidrag.terms.dates import SWEDISH_TIME

PUBLISHED = datetime(2025, 3, 5, 9, tzinfo=SWEDISH_TIME)
OPENED = datetime(2025, 3, 11, 9, tzinfo=SWEDISH_TIME)
_MARKUP = re.compile(r"<[^>]*>")


@pytest.fixture
def stranger(at: Callable[[datetime], None]) -> Client:
    """A browser that has not signed in, on a day when the round of 2025 can be open."""
    return Client()


@pytest.fixture
def published(db: None) -> Round:
    """The round of 2025 with its list published, but not opened."""
    return Round.objects.create(year=2025, published=PUBLISHED)


@pytest.fixture
def opened(published: Round) -> Round:
    """The round of 2025, published and opened."""
    published.opened = OPENED
    published.save()
    return published


def said(browser: Client, address: str) -> str:
    """What a page says, as one line of plain text with ordinary spaces."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return plain(answer.content.decode())


def plain(page: str) -> str:
    """A page's words without markup, as one line with ordinary spaces."""
    text = html.unescape(_MARKUP.sub(" ", page[page.index("<main") :])).replace("\u00a0", " ")
    return re.sub(r"\s+([.,:;?!])", r"\1", re.sub(r"\s+", " ", text))
