"""What a provider says of itself: where to send people, where to fetch the answer, and the keys that it signs with."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from statsbidrag.portal.signing import refusals
from statsbidrag.portal.signing.setup import safe_address
from statsbidrag.terms.faults import Fault

SECONDS_TO_ANSWER = 10
_REMEMBERED = timedelta(hours=1)
_known: dict[str, tuple[datetime, "Addresses"]] = {}


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a provider."""

    authorization: str
    token: str
    keys: str


def addresses_of(issuer: str, now: datetime) -> Addresses:
    """Gives a provider's addresses, asked for once an hour; raises NotSignedIn where it cannot tell."""
    if issuer in _known and now - _known[issuer][0] < _REMEMBERED:
        return _known[issuer][1]
    said = _fetched(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        raise refusals.untrusted("issuer of the discovery")
    wanted = (said.get(name, "") for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"))
    try:
        addresses = Addresses(*(safe_address(str(address), issuer) for address in wanted))
    except Fault as fault:
        raise refusals.untrusted("address") from fault
    _known[issuer] = (now, addresses)
    return addresses


def keys_at(address: str) -> KeySet:
    """Gives the keys that a provider signs with, fetched anew, since it may change them any day."""
    try:
        return KeySet.import_key_set(_fetched(address))  # type: ignore[arg-type]  # checked as it is read
    except (JoseError, KeyError, TypeError, ValueError) as fault:
        raise refusals.untrusted("keys") from fault


def _fetched(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS_TO_ANSWER, allow_redirects=False)
        answer.raise_for_status()
        said = answer.json()
    except requests.RequestException as fault:
        raise refusals.unreachable() from fault
    if answer.status_code != requests.codes.ok or not isinstance(said, dict):
        raise refusals.unreachable()
    return said
