from pathlib import Path

import pytest
from hypothesis import settings

from statsbidrag.rulebook.places import SHIPPED

# The machine is shared, and the first example pays for loading an engine or a parser.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")


@pytest.fixture(scope="session")
def rules() -> Path:
    """The shipped rules."""
    return SHIPPED
