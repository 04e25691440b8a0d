"""The provider's signed word: every way in which it can be false, old or meant for someone else."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from statsbidrag.portal.signing.identity import Identity, identity_of
from statsbidrag.portal.signing.refusals import NotSignedIn
from statsbidrag.portal.signing.setup import LOA_3, Provider
from statsbidrag.portal.signing.subject import keyed_subject
from statsbidrag.terms.dates import SWEDISH_TIME

ISSUER = "https://legitimering.example"
OURS = RSAKey.generate_key(2048)
THEIRS = RSAKey.generate_key(2048, {"kid": "theirs"})
STRANGERS = RSAKey.generate_key(2048, {"kid": "theirs"})
PROVIDER = Provider(ISSUER, "statsbidrag", OURS)
MOMENT = datetime(2025, 4, 2, 10, tzinfo=SWEDISH_TIME)


def _base64(content: bytes) -> bytes:
    return urlsafe_b64encode(content).rstrip(b"=")


def claims(**other: Any) -> dict[str, Any]:
    """What a provider says; a claim given as None is left out."""
    seconds = int(MOMENT.timestamp())
    said = {
        "iss": ISSUER,
        "aud": "statsbidrag",
        "sub": "a",
        "name": "Exempel Ombud",
        "acr": LOA_3,
        "nonce": "ours",
        "iat": seconds,
        "auth_time": seconds,
        "exp": seconds + 300,
        **other,
    }
    return {claim: value for claim, value in said.items() if value is not None}


def word(signed_by: RSAKey = THEIRS, **other: Any) -> dict[str, Any]:
    """A provider's answer, with its signature."""
    return {"access_token": "x", "id_token": jwt.encode({"alg": "RS256", "kid": "theirs"}, claims(**other), signed_by)}


def forged(alg: str) -> dict[str, Any]:
    """An answer by someone who knows only the public key: unsigned, or signed with that key as if it were a secret."""
    parts = [json.dumps(part).encode() for part in ({"alg": alg, "kid": "theirs"}, claims())]
    signed = b".".join(map(_base64, parts))
    secret = THEIRS.as_pem(private=False)
    signature = hmac.digest(secret, signed, "sha256") if alg == "HS256" else b""
    return {"access_token": "x", "id_token": (signed + b"." + _base64(signature)).decode()}


def read(token: dict[str, Any], after: timedelta = timedelta()) -> Identity:
    """Reads an answer as the service does, some time after it was given."""
    return identity_of(PROVIDER, token, KeySet([THEIRS]), nonce="ours", now=MOMENT + after)


def test_a_true_word_gives_a_subject_and_a_name() -> None:
    assert read(word()) == Identity(keyed_subject(ISSUER, "a"), "Exempel Ombud", "")


@pytest.mark.parametrize(
    "false",
    [
        {"iss": "https://annan.example"},
        {"iss": None},
        {"aud": "en annan tjänst"},
        {"aud": ["en annan tjänst", "ännu en"]},
        {"aud": ["statsbidrag", "en annan"], "azp": "en annan"},
        {"nonce": "theirs"},
        {"nonce": None},
        {"sub": None},
        {"exp": None},
        {"exp": "snart"},
        {"iat": None},
        {"auth_time": None},
        {"auth_time": "nyss"},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    ],
    ids=str,
)
def test_a_word_that_is_not_for_us_and_now_is_not_trusted(false: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn, match="gick inte att lita på"):
        read(word(**false))


@pytest.mark.parametrize(
    "token",
    [
        word(signed_by=STRANGERS),
        forged("HS256"),
        forged("none"),
        {"access_token": "x"},
        {"access_token": "x", "id_token": "x.y.z"},
        {"access_token": "x", "id_token": ""},
    ],
    ids=["a stranger's key", "the public key as a secret", "unsigned", "no word", "no word at all", "an empty word"],
)
def test_a_word_that_the_provider_has_not_signed_is_not_trusted(token: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn, match="gick inte att lita på"):
        read(token)


@pytest.mark.parametrize("level", [LOA_3.replace("loa3", "loa2"), LOA_3 + "x", "", None, [LOA_3]], ids=str)
def test_only_a_level_that_we_accept_is_enough(level: object) -> None:
    with pytest.raises(NotSignedIn, match="tillitsnivå"):
        read(word(acr=level))


def test_a_word_is_old_when_it_has_run_out_or_the_person_was_identified_long_ago() -> None:
    assert read(word(), after=timedelta(minutes=4)).name == "Exempel Ombud"
    with pytest.raises(NotSignedIn, match="för gammal"):
        read(word(), after=timedelta(minutes=7))
    with pytest.raises(NotSignedIn, match="för gammal"):
        read(word(auth_time=int((MOMENT - timedelta(minutes=11)).timestamp())))


def test_clocks_may_differ_by_a_minute_and_no_more() -> None:
    assert read(word(), after=timedelta(seconds=-50)).name == "Exempel Ombud"
    with pytest.raises(NotSignedIn, match="klocka och vår går olika"):
        read(word(), after=timedelta(minutes=-3))


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"name": "  Exempel \n Ombud "}, "Exempel Ombud"),
        ({"name": None, "given_name": "Exempel", "family_name": "Ombud"}, "Exempel Ombud"),
        ({"name": None, "given_name": "-", "family_name": "Ombud"}, "Ombud"),
        ({"name": "Å" * 300}, "Å" * 200),
    ],
    ids=["spaces", "parts", "no given name", "very long"],
)
def test_a_name_is_tidied(told: dict[str, Any], name: str) -> None:
    assert read(word(**told)).name == name


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("2321000016", "232100-0016"), ("2321000017", ""), ("5560360793", ""), ("1212121212", ""), ("", ""), (7, "")],
    ids=["a region", "a wrong check digit", "a company", "a sole trader", "empty", "not a text"],
)
def test_only_the_number_of_a_public_organisation_is_kept(sent: object, kept: str) -> None:
    assert read(word(**{"https://id.oidc.se/claim/orgNumber": sent})).organisation_number == kept


def test_the_moment_is_an_argument_and_never_the_real_one() -> None:
    assert abs(time.time() - MOMENT.timestamp()) > 3600
    assert read(word())
