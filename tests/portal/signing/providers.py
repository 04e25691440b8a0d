"""Real providers of e-legitimation for the tests, and what a person does there."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from django.test import Client
from joserfc.jwk import RSAKey
from servers.needs import MODULES, needed, node

from statsbidrag.portal.signing.oidc import public_keys
from statsbidrag.portal.signing.setup import LOA_3, Provider

HERE = "https://testserver"
ANSWER_TO = f"{HERE}/logga-in/svar/"
PERSONAL_NUMBER = "191212121212"
LOA_2 = LOA_3.replace("loa3", "loa2")


@dataclass(frozen=True, slots=True)
class Providers:
    """Two running providers and our key at both.

    strict   the address of one that gives what is asked or nothing
    lax      the address of one that lets anyone through, at any level
    """

    strict: str
    lax: str
    key: RSAKey
    process: "subprocess.Popen[str]"

    def provider(self, issuer: str = "") -> Provider:
        """Gives a provider as the service knows it."""
        return Provider(issuer or self.strict, "statsbidrag", self.key)


@contextmanager
def running_providers() -> Iterator[Providers]:
    """Starts the providers, and ends them with the block."""
    program = needed(node(), "oidc-provider", "Run: python assets/bring.py --test")
    key = RSAKey.generate_key(2048)
    told = {
        "modules": str(MODULES),
        "clientKeys": public_keys(Provider("", "statsbidrag", key)),
        "answerTo": ANSWER_TO,
    }
    script = Path(__file__).with_name("provider.mjs")
    with subprocess.Popen(
        [program, "--no-warnings", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        try:
            process.stdin.write(json.dumps(told) + "\n")
            process.stdin.flush()
            yield Providers(**json.loads(process.stdout.readline()), key=key, process=process)
        finally:
            process.kill()


def new_browser() -> Client:
    """Gives a browser that nobody has signed in with, on the safe side of the proxy."""
    return Client(headers={"x-forwarded-proto": "https", "host": urlsplit(HERE).netloc})


def identify(address: str, **choice: str | int) -> str:
    """Does at a provider what a person would, and gives the address that the browser is sent back to."""
    with requests.Session() as browser:
        browser.trust_env = False
        answer = browser.get(address, allow_redirects=False)
        while not answer.headers.get("Location", "").startswith(HERE):
            assert answer.is_redirect, re.sub(r"(?s)<style.*?</style>|<[^>]+>|\s+", " ", answer.text)
            onward = urljoin(answer.url, answer.headers["Location"])
            if urlsplit(onward).path.startswith("/interaction/"):
                onward = str(requests.Request("GET", onward, params=choice).prepare().url)
            answer = browser.get(onward, allow_redirects=False)
    return str(answer.headers["Location"])
