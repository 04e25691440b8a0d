"""Checks the record of an installation from outside the service, such as from the command line."""

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import DatabaseError

from statsbidrag.portal import environment
from statsbidrag.terms.faults import Fault

if TYPE_CHECKING:
    from statsbidrag.portal.queries.record import Check


def checked(known_link: str = "", *, demonstration: bool = False, data: Path | None = None) -> "Check":
    """Checks the diary and the ledger of the database that the environment names.

    Raises Fault where the environment names none that can be read.
    """
    environment.say(demonstration=demonstration, data=data)
    django.setup()
    record = importlib.import_module("statsbidrag.portal.queries.record")  # rows can be asked for only after setup
    try:
        check: Check = record.check_record(known_link)
    except DatabaseError as error:
        why = f"Den går inte att läsa: {error}."
        remedy = "Kontrollera miljöns inställningar, och att tjänsten har startats minst en gång."
        raise Fault("databasen", why, remedy) from error
    return check
