"""What the service is told by its environment: secrets, the database, and whether it is a demonstration.

Nothing here is read from a file, so that no secret can end up in one. A demonstration needs no setting at all; a
real service refuses to start where one is missing, and never starts with anything of the demonstration in it.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import unquote, urlsplit

from statsbidrag.rulebook.places import SHIPPED
from statsbidrag.terms.faults import Fault

House = Literal["agency", "region", "both"]

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
    house           whose service this is: the agency's, a region's own, or in the demonstration both under one roof
    region_database_url   the region's own PostgreSQL, or empty for an embedded database of its own
    region_key      what the region's pseudonyms are keyed with, in its own house only
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
    house: House
    region_database_url: str
    region_key: str

    @property
    def has_region(self) -> bool:
        """Whether a region's house is here."""
        return self.house != "agency"


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
    house = _house(demonstration)
    region_key = os.environ.get("STATSBIDRAG_REGION_KEY", _DEMO_SECRET if demonstration else "")
    if not demonstration:
        _refuse_unsafe("STATSBIDRAG_SECRET_KEY", secret)
        if house == "region":
            _refuse_unsafe("STATSBIDRAG_REGION_KEY", region_key)
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
        house=house,
        region_database_url=os.environ.get("STATSBIDRAG_REGION_DATABASE_URL", ""),
        region_key=region_key if house != "agency" else "",
    )


def _house(demonstration: bool) -> House:
    """Whose service this is; a real one is never two houses at once, since they are not to share a database server."""
    said = os.environ.get("STATSBIDRAG_HOUSE", "both" if demonstration else "agency")
    allowed = get_args(House) if demonstration else ("agency", "region")
    if said not in allowed:
        why = f"”{said}” är inget hus som kan startas här."
        raise Fault("miljövariabeln STATSBIDRAG_HOUSE", why, f"Välj bland: {', '.join(allowed)}.")
    return cast(House, said)


def _refuse_unsafe(name: str, secret: str) -> None:
    if len(secret) < _SHORTEST_SECRET or secret == _DEMO_SECRET:
        raise Fault(
            f"miljövariabeln {name}",
            "Hemligheten saknas, är för kort eller är demonstrationens.",
            f"Ange minst {_SHORTEST_SECRET} slumpade tecken, eller starta demonstrationen med STATSBIDRAG_DEMO=1.",
        )


def database(environment: Environment) -> dict[str, object]:
    """Gives Django's settings of the database: PostgreSQL by its address, else SQLite that never loses a commit."""
    return _database(environment, environment.database_url, "DATABASE_URL", "statsbidrag.sqlite3")


def region_database(environment: Environment) -> dict[str, object]:
    """Gives the same for the region's own database, which nothing else of the service lies in (adm-01)."""
    return _database(environment, environment.region_database_url, "STATSBIDRAG_REGION_DATABASE_URL", "region.sqlite3")


def _database(environment: Environment, url: str, variable: str, file: str) -> dict[str, object]:
    if not url:
        environment.data.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": environment.data / file,
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
    address = urlsplit(url)
    if address.scheme not in ("postgres", "postgresql"):
        why = f"Databasen är av slaget ”{address.scheme}”, som vi inte stöder."
        raise Fault(f"miljövariabeln {variable}", why, "Ange postgresql://… eller utelämna den för SQLite.")
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
