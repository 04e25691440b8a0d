from pathlib import Path

import pytest
from hypothesis import settings
from servers.browser import browser
from servers.postgres import postgres_url
from servers.served import portal

from statsbidrag.rulebook.places import SHIPPED

__all__ = ["browser", "portal", "postgres_url", "rules"]  # the servers that tests may ask for, and the rules

# The machine is shared, and the first example pays for loading an engine or a parser.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


@pytest.fixture(scope="session")
def rules() -> Path:
    """The shipped rules."""
    return SHIPPED
