"""Who has signed in: what we take from a provider's signed word, after we have checked that it is meant for us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import KeySet
from stdnum.se import orgnr

from statsbidrag.portal.signing import refusals
from statsbidrag.portal.signing.setup import Provider
from statsbidrag.portal.signing.subject import keyed_subject

NAME_CLAIMS = ("name", "given_name", "family_name")
ORGANISATION_CLAIM = "https://id.oidc.se/claim/orgNumber"
FRESH = timedelta(minutes=10)
_CLOCKS_MAY_DIFFER = timedelta(minutes=1)
_SIGNATURES = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Identity:
    """All that we take of what a provider tells; the rest is never looked at, kept or logged.

    subject               how we know the person: a keyed hash
    name                  as it is shown on the screen and in the case
    organisation_number   of the region or municipality that issued a work e-legitimation; empty otherwise
    """

    subject: str
    name: str
    organisation_number: str


def identity_of(provider: Provider, token: Mapping[str, Any], keys: KeySet, *, nonce: str, now: datetime) -> Identity:
    """Gives who it is; raises NotSignedIn where the provider's word is false, old, weak or meant for someone else."""
    try:
        word = jwt.decode(token["id_token"], keys, algorithms=_SIGNATURES)
    except (KeyError, TypeError, ValueError, JoseError) as fault:
        raise refusals.untrusted("signature") from fault
    claims = CodeIDToken(
        word.claims,
        word.header,
        {"iss": {"essential": True, "value": provider.issuer}, "aud": {"essential": True, "value": provider.client_id}},
        {"nonce": nonce, "client_id": provider.client_id, "access_token": token.get("access_token")},
    )
    _meant_for_us(claims, now)
    if claims.get("acr") not in provider.levels:
        raise refusals.too_weak()
    return Identity(keyed_subject(provider.issuer, str(claims["sub"])), _name(claims), _public_organisation(claims))


def _meant_for_us(claims: CodeIDToken, now: datetime) -> None:
    leeway = int(_CLOCKS_MAY_DIFFER.total_seconds())
    moment = int(now.timestamp())
    issued, identified = claims.get("iat"), claims.get("auth_time")
    if not isinstance(issued, int | float) or not isinstance(identified, int | float):
        raise refusals.untrusted("time")
    if max(issued, identified) > moment + leeway:
        raise refusals.clocks_differ()
    if min(issued, identified) < moment - FRESH.total_seconds():
        raise refusals.not_fresh()
    try:
        claims.validate(now=moment, leeway=leeway)
    except ExpiredTokenError as fault:
        raise refusals.not_fresh() from fault
    except (JoseError, KeyError, TypeError, ValueError) as fault:
        raise refusals.untrusted(type(fault).__name__) from fault


def _name(claims: Mapping[str, Any]) -> str:
    whole, given, family = (str(claims.get(claim) or "").strip() for claim in NAME_CLAIMS)
    name = " ".join((whole or f"{given.removeprefix('-')} {family}").split())
    if not name:
        raise refusals.nameless()
    return name[:_LONGEST_NAME]


def _public_organisation(claims: Mapping[str, Any]) -> str:
    """Keeps only a number of the public sector (they begin with 2): a sole trader's is a personal number."""
    number = str(claims.get(ORGANISATION_CLAIM) or "")
    return str(orgnr.format(number)) if number.startswith("2") and orgnr.is_valid(number) else ""
