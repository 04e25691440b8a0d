"""Pseudonyms keyed once more as they arrive, with the region's own key: what was sent cannot be read back from here.

Without the key nobody can tell whether a child or family in this house is one that it knows from elsewhere.
"""

import hmac
from functools import cache

from django.conf import settings


def keyed_child(region: str, pseudonym: str) -> str:
    """Gives a child as it is kept here; the same pseudonym always gives the same."""
    return _keyed("child", region, pseudonym)


def keyed_family(region: str, pseudonym: str) -> str:
    """Gives a family as it is kept here, or nothing where none was told."""
    return _keyed("family", region, pseudonym) if pseudonym else ""


def local_child(region: str, clinic: int, number: str) -> str:
    """Gives a child that a clinic knows by a number of its own, for visits written by hand (adm-16)."""
    return _keyed("local", f"{region}-{clinic}", number.strip().casefold())


def local_family(region: str, clinic: int, number: str) -> str:
    """Gives a family that a clinic knows by a number of its own, or nothing where none was told."""
    return _keyed("local family", f"{region}-{clinic}", number.strip().casefold()) if number.strip() else ""


def _keyed(kind: str, whose: str, text: str) -> str:
    return hmac.digest(_key(), f"{kind}|{whose}|{text}".encode(), "sha256").hex()


@cache
def _key() -> bytes:
    key: str = settings.ENVIRONMENT.region_key
    return key.encode()
