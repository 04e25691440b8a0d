from pathlib import Path

import pytest
from statsbidrag.rulebook.places import SHIPPED


@pytest.fixture(scope="session")
def rules() -> Path:
    """The shipped rules."""
    return SHIPPED
