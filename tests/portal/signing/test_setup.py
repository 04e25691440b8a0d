"""What the environment must say before anyone can sign in for real."""

import json

import pytest
from django.test import Client
from joserfc.jwk import ECKey, OctKey, RSAKey
from portal.signing.providers import Providers
from pytest_django.fixtures import Settings

from statsbidrag.portal.signing.oidc import public_keys
from statsbidrag.portal.signing.setup import LOA_3, Provider, read_provider
from statsbidrag.portal.signing.subject import keyed_subject
from statsbidrag.terms.faults import Fault

pytestmark = pytest.mark.usefixtures("environment")


@pytest.fixture
def safe(environment: pytest.MonkeyPatch, settings: Settings) -> pytest.MonkeyPatch:
    """The environment of a real service with a provider out in the world."""
    settings.DEMONSTRATION = False
    environment.setenv("STATSBIDRAG_OIDC_ISSUER", "https://legitimering.example")
    return environment


def test_a_provider_is_read_from_the_environment_alone(safe: pytest.MonkeyPatch) -> None:
    provider = read_provider()
    assert (provider.issuer, provider.client_id) == ("https://legitimering.example", "statsbidrag")
    assert provider.levels == (LOA_3,)


def test_several_levels_may_be_accepted(safe: pytest.MonkeyPatch) -> None:
    safe.setenv("STATSBIDRAG_OIDC_ACR", f"{LOA_3} http://id.sambi.se/loa/loa3")
    assert read_provider().levels == (LOA_3, "http://id.sambi.se/loa/loa3")


@pytest.mark.parametrize("name", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_KEY", "SUBJECT_KEY"])
def test_what_is_missing_is_named(safe: pytest.MonkeyPatch, name: str) -> None:
    safe.delenv(f"STATSBIDRAG_{name}")
    with pytest.raises(Fault, match=f"STATSBIDRAG_{name}"):
        read_provider()


@pytest.mark.parametrize(
    "issuer", ["http://legitimering.example", "http://127.0.0.1:8080", "http://localhost", "legitimering.example"]
)
def test_a_provider_without_tls_is_refused_also_on_this_machine(safe: pytest.MonkeyPatch, issuer: str) -> None:
    safe.setenv("STATSBIDRAG_OIDC_ISSUER", issuer)
    with pytest.raises(Fault, match="inte en säker adress"):
        read_provider()


def test_the_library_may_not_be_told_to_go_without_tls(safe: pytest.MonkeyPatch) -> None:
    safe.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    with pytest.raises(Fault, match="okrypterad"):
        read_provider()


def test_a_key_may_be_rsa_or_elliptic_and_its_lines_may_be_joined(safe: pytest.MonkeyPatch) -> None:
    for key in (RSAKey.generate_key(2048), ECKey.generate_key("P-256")):
        safe.setenv("STATSBIDRAG_OIDC_KEY", key.as_pem(private=True).decode().replace("\n", "\\n"))
        assert read_provider().key.thumbprint() == key.thumbprint()


@pytest.mark.parametrize(
    "key",
    [
        "inte en nyckel",
        RSAKey.generate_key(2048).as_pem(private=False).decode(),
        json.dumps(OctKey.generate_key(256).as_dict(private=True)),
    ],
    ids=["nonsense", "only the public half", "a shared secret"],
)
def test_a_key_must_be_private_and_ours_alone(safe: pytest.MonkeyPatch, key: str) -> None:
    safe.setenv("STATSBIDRAG_OIDC_KEY", key)
    with pytest.raises(Fault, match="privat nyckel"):
        read_provider()


@pytest.mark.usefixtures("safe", "db")
def test_only_the_public_half_of_the_key_is_shown(client: Client, providers: Providers) -> None:
    shown = client.get("/logga-in/nycklar.json").json()
    (key,) = shown["keys"]
    assert shown == public_keys(Provider("", "", providers.key))
    assert {"d", "p", "q", "dp", "dq", "qi"}.isdisjoint(key)
    assert (key["use"], key["alg"]) == ("sig", "RS256")


def test_the_demonstration_has_no_e_legitimation(client: Client, db: None) -> None:
    assert "Gå in som" in client.get("/logga-in/").content.decode()
    assert client.get("/logga-in/e-legitimation/")["Location"] == "/logga-in/"


@pytest.mark.shows("adm-03")
def test_a_subject_is_another_with_another_key_provider_or_person(safe: pytest.MonkeyPatch) -> None:
    first = keyed_subject("https://a", "1")
    others = {keyed_subject("https://b", "1"), keyed_subject("https://a", "2")}
    safe.setenv("STATSBIDRAG_SUBJECT_KEY", "another made up key that is long enough")
    others.add(keyed_subject("https://a", "1"))
    assert len({first, *others}) == 4
    assert all(len(subject) == 64 for subject in {first, *others})


def test_a_real_service_has_no_key_of_the_demonstrations(safe: pytest.MonkeyPatch) -> None:
    safe.setenv("STATSBIDRAG_SUBJECT_KEY", "demonstration, inget att skydda")
    with pytest.raises(Fault, match="SUBJECT_KEY"):
        keyed_subject("https://a", "1")
