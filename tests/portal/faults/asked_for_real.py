"""Asks a service with real settings what it answers, and prints it as JSON."""

import json
from datetime import UTC, datetime

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from statsbidrag.portal.middleware import SESSION_KEY  # noqa: E402
from statsbidrag.portal.models import Person, Role  # noqa: E402

HTTPS = {"x-forwarded-proto": "https"}
NOW = datetime.now(UTC)


def signed_in() -> Client:
    """A browser in which an administrator has signed in."""
    administrator = Person.objects.create(name="Adam Administratör (påhittad)", created=NOW)
    Role.objects.create(person=administrator, kind="administrator", since=NOW)
    client = browser()
    session = client.session
    session[SESSION_KEY] = administrator.pk
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def browser() -> Client:
    """A browser that comes by https, through the proxy in front."""
    return Client(headers=HTTPS, SERVER_NAME="127.0.0.1", raise_request_exception=False)


def answered(answer: HttpResponse) -> dict[str, object]:
    """What can be told of an answer."""
    return {"status": answer.status_code, "headers": dict(answer.headers), "page": answer.content.decode()}


def cookies() -> dict[str, list[object]]:
    """How each cookie is set: by https only, out of reach for scripts, and to whom it is sent."""
    form = browser().get(reverse("accessibility"))
    interrupted = browser().post(reverse("agency_desk"), {"deed_key": "a"})
    seen = {**form.cookies, **interrupted.cookies}
    known = {name: [bool(one["secure"]), bool(one["httponly"]), one["samesite"]] for name, one in seen.items()}
    session = [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE]
    return {**known, settings.SESSION_COOKIE_NAME: session}


def main() -> None:
    """Asks everything."""
    call_command("migrate", verbosity=0)
    exists = ("step_in", "demonstration_clock", "demonstration_mail")
    told: dict[str, object] = {
        "demonstration": {name: browser().post(reverse(name), {"role": "officer"}).status_code for name in exists},
        "front": answered(browser().get("/")),
        "desk": answered(signed_in().get(reverse("agency_desk"))),
        "cookies": cookies(),
        "other host": Client(headers=HTTPS, SERVER_NAME="ond.exempel.se").get("/").status_code,
    }
    plain = Client(SERVER_NAME="127.0.0.1").get("/om/")
    told["plain"] = [plain.status_code, plain.headers["Location"]]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE portal_round")
    told["broken"] = answered(browser().get("/"))
    print(json.dumps(told))  # noqa: T201


if __name__ == "__main__":
    main()
