from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
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


@pytest.fixture(scope="session", autouse=True)
def _what_only_grows_may_be_emptied_after_a_test() -> Iterator[None]:
    """Lets a test that stores for real leave nothing behind on PostgreSQL, where some tables refuse to be emptied."""
    really = DatabaseOperations.execute_sql_flush

    def emptied(operations: DatabaseOperations, statements: Iterable[str]) -> None:
        unwatched, watched = (f"SET session_replication_role = {role}" for role in ("replica", "DEFAULT"))
        really(operations, [unwatched, *statements, watched])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", emptied)
        yield
