"""What the service is told by its environment: secrets, the database, and whether it is a demonstration.

Nothing here is read from a file, so that no secret can end up in one. A demonstration needs no setting at all; a
real service refuses to start where one is missing, and never starts with anything of the demonstration in it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.terms.faults import Fault

_DEMO_SECRET = "demonstration, inget att skydda " * 2
_SHORTEST_SECRET = 50


@dataclass(frozen=True, slots=True)
class Environment:
    """What the environment says, read once when the service starts.

    demonstration   whether anyone may step in as anyone, on made-up data, with a clock that can be moved
    secret          what sessions and forms are keyed with; subjects have a key of their own (``signing``)
    data            the folder of the embedded database and of the lock that queues its writers
    database_url    a PostgreSQL address, or empty for the embedded database
    diary_series    how a diary number is written
    """

    demonstration: bool
    secret: str
    data: Path
    database_url: str
    hosts: tuple[str, ...]
    rules: Path
    diary_series: str
    mail_server: str
    sender: str


def say(*, demonstration: bool, data: Path | None) -> None:
    """Puts what a command was told into the environment, before the service reads it."""
    if demonstration:
        os.environ["STATSBIDRAG_DEMO"] = "1"
    if data is not None:
        os.environ["STATSBIDRAG_DATA"] = str(data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "statsbidrag.portal.settings")


def read_environment() -> Environment:
    """Reads the environment; raises Fault where a real service lacks what it needs."""
    demonstration = os.environ.get("STATSBIDRAG_DEMO") == "1"
    secret = os.environ.get("STATSBIDRAG_SECRET_KEY", _DEMO_SECRET if demonstration else "")
    if not demonstration:
        _refuse_unsafe(secret)
    return Environment(
        demonstration=demonstration,
        secret=secret,
        data=Path(os.environ.get("STATSBIDRAG_DATA", "out/portal")),
        database_url=os.environ.get("DATABASE_URL", ""),
        hosts=tuple(os.environ.get("STATSBIDRAG_HOSTS", "127.0.0.1,localhost").split(",")),
        rules=Path(os.environ.get("STATSBIDRAG_RULES", SHIPPED)),
        diary_series=os.environ.get("STATSBIDRAG_DIARY_SERIES", "9.1-{serial}/{year}"),
        mail_server=os.environ.get("STATSBIDRAG_MAIL_SERVER", ""),
        sender=os.environ.get("STATSBIDRAG_MAIL_FROM", "statsbidrag@exempel.se"),
    )


def _refuse_unsafe(secret: str) -> None:
    if len(secret) < _SHORTEST_SECRET or secret == _DEMO_SECRET:
        raise Fault(
            "miljövariabeln STATSBIDRAG_SECRET_KEY",
            "Hemligheten saknas, är för kort eller är demonstrationens.",
            f"Ange minst {_SHORTEST_SECRET} slumpade tecken, eller starta demonstrationen med STATSBIDRAG_DEMO=1.",
        )


def database(environment: Environment) -> dict[str, object]:
    """Gives Django's settings of the database: PostgreSQL by its address, else SQLite that never loses a commit."""
    if not environment.database_url:
        environment.data.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.data / "statsbidrag.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
                    "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    address = urlsplit(environment.database_url)
    if address.scheme not in ("postgres", "postgresql"):
        why = f"Databasen är av slaget ”{address.scheme}”, som vi inte stöder."
        raise Fault("miljövariabeln DATABASE_URL", why, "Ange postgresql://… eller utelämna den för SQLite.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.removeprefix("/"),
        "USER": unquote(address.username or ""),
        "PASSWORD": unquote(address.password or ""),
        "HOST": unquote(address.hostname or ""),
        "PORT": str(address.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12}},
    }
