"""A real service: its settings are strict, and nothing of the demonstration exists in it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SECRET = "en-hemlighet-som-bara-testet-har-0123456789-abcdefghij"
# Asked in a process of its own, since Django is set up once in each.
ASK = """
import json, sys, django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import reverse
call_command("migrate", verbosity=0)
from statsbidrag.portal.middleware import SESSION_KEY
from statsbidrag.portal.models import Person, Role
from django.conf import settings
from django.utils import timezone
admin = Person.objects.create(name="Adam Administratör (påhittad)", created=timezone.now())
Role.objects.create(person=admin, kind="administrator", since=timezone.now())
client = Client(headers={"x-forwarded-proto": "https"}, SERVER_NAME="127.0.0.1")
told = {}
for name in ("step_in", "demonstration_clock", "demonstration_mail"):
    told[name] = [client.get(reverse(name)).status_code, client.post(reverse(name), {"role": "officer"}).status_code]
front = client.get("/")
told["front"] = [front.status_code, "Gå in som" in front.content.decode(), "påhittade" in front.content.decode()]
session = client.session
session[SESSION_KEY] = admin.pk
session.save()
client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
desk = client.get(reverse("agency_desk"))
told["desk"] = [desk.status_code, desk.headers["Cache-Control"], {k: v for k, v in desk.headers.items()}]
form = client.get(reverse("accessibility"))
told["cookies"] = {name: [bool(c["secure"]), bool(c["httponly"]), c["samesite"]] for name, c in form.cookies.items()}
plain = Client(SERVER_NAME="127.0.0.1").get("/om/")
told["plain"] = [plain.status_code, plain.headers.get("Location")]
told["host"] = Client(SERVER_NAME="ond.exempel.se", headers={"x-forwarded-proto": "https"}).get("/").status_code
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What a real service answers."""
    done = run(["-c", ASK], tmp_path_factory.mktemp("real"))
    assert done.returncode == 0, done.stderr[-3000:]
    import json

    return json.loads(done.stdout.splitlines()[-1])


def run(arguments: list[str], data: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python as a real service would."""
    real = {name: value for name, value in os.environ.items() if not name.startswith(("STATSBIDRAG", "DATABASE_URL"))}
    real |= {"STATSBIDRAG_DATA": str(data), "STATSBIDRAG_SECRET_KEY": SECRET}
    real["DJANGO_SETTINGS_MODULE"] = "statsbidrag.portal.settings"
    command = [sys.executable, *arguments]
    return subprocess.run(command, env={**real, **environment}, capture_output=True, text=True, check=False)
