"""Asks a region's own installation, with real settings, what it answers, and prints it as JSON."""

import json
from datetime import UTC, datetime

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from statsbidrag.portal.guards import GUARDS  # noqa: E402
from statsbidrag.portal.middleware import SESSION_KEY  # noqa: E402
from statsbidrag.portal.models import Person, Role  # noqa: E402

HTTPS = {"x-forwarded-proto": "https"}
NOW = datetime.now(UTC)
MANDATORY = ("/om/", "/om/antaganden/", "/om/kakor/", "/om/personuppgifter/", "/om/tillganglighet/", "/logga-ut/")


def signed_in(name: str) -> Client:
    """A browser in which someone has signed in."""
    client = Client(headers=HTTPS, SERVER_NAME="127.0.0.1", raise_request_exception=False)
    session = client.session
    session[SESSION_KEY] = Person.objects.get(name=name).pk
    session.save()
    return client


def main() -> None:
    """Asks everything."""
    for database in connections:
        call_command("migrate", database=database, verbosity=0)
    planner = Person.objects.create(name="Pia Planerare (påhittad)", created=NOW)
    officer = Person.objects.create(name="Hanna Handläggare (påhittad)", created=NOW)
    Role.objects.create(person=officer, kind="officer", since=NOW)
    call_command("appoint_planner", "region-18", planner.name)
    browser = signed_in(planner.name)
    begun = browser.post("/region/region-18/", {"deed_key": "a1"}, follow=True)
    told = {
        "pages": sorted(name for name in GUARDS if name in get_resolver().reverse_dict),
        "all pages": sorted(GUARDS),
        "front": browser.get("/").content.decode(),
        "own": browser.get("/mina-uppdrag/").content.decode(),
        "desk": [begun.status_code, begun.request["PATH_INFO"]],
        "agency": [signed_in(officer.name).get(page).status_code for page in ("/myndighet/", "/diarium/", "/data/")],
        "officer at the region": signed_in(officer.name).get("/region/region-18/2025/").status_code,
        "mandatory": {page: browser.get(page).status_code for page in MANDATORY},
        "tables": {name: sorted(connections[name].introspection.table_names()) for name in connections},
    }
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
