"""What the tests of the public pages share: someone who has not signed in, and a round that is published or open."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from statsbidrag.portal.models import Round
from statsbidrag.terms.dates import SWEDISH_TIME


@pytest.fixture
def stranger(at: Callable[[datetime], None]) -> Client:
    """A browser that has not signed in, on a day when the round of 2025 can be open."""
    return Client()


@pytest.fixture
def published(db: None) -> Round:
    """The round of 2025 with its list published, but not opened."""
    return Round.objects.create(year=2025, published=datetime(2025, 3, 5, 9, tzinfo=SWEDISH_TIME))


@pytest.fixture
def opened(published: Round) -> Round:
    """The round of 2025, published and opened."""
    published.opened = datetime(2025, 3, 11, 9, tzinfo=SWEDISH_TIME)
    published.save()
    return published
