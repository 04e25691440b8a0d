"""The conversation with a provider of e-legitimation, by the Swedish OpenID Connect profile.

We send the person there with a question that only this browser can bring the answer to (state, nonce, PKCE), and
fetch the answer ourselves, signing with our own key (private_key_jwt). We ask for no personal identity number.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc.jwk import ECKey

from statsbidrag.portal.signing import refusals
from statsbidrag.portal.signing.discovery import SECONDS_TO_ANSWER, Addresses, addresses_of, keys_at
from statsbidrag.portal.signing.identity import FRESH, NAME_CLAIMS, ORGANISATION_CLAIM, Identity, identity_of
from statsbidrag.portal.signing.setup import Provider


@dataclass(frozen=True, slots=True)
class Question:
    """What we remember of a sign-in that has begun, until its answer comes.

    nonce      must stand in the provider's signed word
    verifier   proves that it is we who asked, when we fetch the answer
    answer_to  our address that the answer comes to
    then       the page that the person was going to
    """

    state: str
    nonce: str
    verifier: str
    answer_to: str
    then: str


def new_question(answer_to: str, then: str) -> Question:
    """Gives a question with secrets that nobody can guess."""
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    return Question(state, nonce, verifier, answer_to, then)


def way_to(provider: Provider, question: Question, now: datetime) -> str:
    """Gives the address at the provider that the person is sent to."""
    addresses = addresses_of(provider.issuer, now)
    wanted: dict[str, Any] = {
        "acr": {"essential": True, "values": list(provider.levels)},
        "auth_time": {"essential": True},
        **dict.fromkeys((*NAME_CLAIMS, ORGANISATION_CLAIM)),
    }
    with _session(provider, addresses, question) as session:
        address, _ = session.create_authorization_url(
            addresses.authorization,
            state=question.state,
            nonce=question.nonce,
            code_verifier=question.verifier,
            claims=json.dumps({"id_token": wanted}),
            acr_values=" ".join(provider.levels),
            prompt="login",
            max_age=int(FRESH.total_seconds()),
            ui_locales="sv",
        )
    return str(address)


def answered(provider: Provider, question: Question, answer: Mapping[str, str], now: datetime) -> Identity:
    """Gives who it is, from what the browser brought back; raises NotSignedIn where nobody can be let in."""
    if error := answer.get("error"):
        raise refusals.cancelled() if error == "access_denied" else refusals.rejected()
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise refusals.untrusted("issuer of the answer")
    addresses = addresses_of(provider.issuer, now)
    with _session(provider, addresses, question) as session:
        token = _fetched(session, addresses, answer.get("code", ""), question.verifier)
    return identity_of(provider, token, keys_at(addresses.keys), nonce=question.nonce, now=now)


def public_keys(provider: Provider) -> dict[str, Any]:
    """Gives the public half of our key as the provider reads it (JWKS)."""
    public = provider.key.as_dict(private=False)
    return {"keys": [{**public, "kid": provider.key.thumbprint(), "use": "sig", "alg": _signature(provider)}]}


def _session(provider: Provider, addresses: Addresses, question: Question) -> OAuth2Session:
    shown = {"kid": provider.key.thumbprint()}
    session = OAuth2Session(
        provider.client_id,
        provider.key,
        token_endpoint_auth_method=PrivateKeyJWT(addresses.token, headers=shown, alg=_signature(provider)),
        scope=provider.scopes,
        redirect_uri=question.answer_to,
        code_challenge_method="S256",
        default_timeout=SECONDS_TO_ANSWER,
    )
    session.max_redirects = 0
    return session


def _fetched(session: OAuth2Session, addresses: Addresses, code: str, verifier: str) -> Mapping[str, Any]:
    try:
        token: Mapping[str, Any] = session.fetch_token(addresses.token, code=code, code_verifier=verifier)
    except OAuthError as fault:
        raise refusals.untrusted("code") from fault
    except (requests.RequestException, ValueError, TypeError) as fault:
        raise refusals.unreachable() from fault
    return token


def _signature(provider: Provider) -> str:
    return "ES256" if isinstance(provider.key, ECKey) else "RS256"
