from collections.abc import Iterator

import pytest
from django.test import Client
from portal.signing.providers import Providers, new_browser, running_providers
from pytest_django.fixtures import Settings


@pytest.fixture(scope="session")
def providers() -> Iterator[Providers]:
    """Two real providers of e-legitimation on this machine."""
    with running_providers() as running:
        yield running


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, providers: Providers) -> pytest.MonkeyPatch:
    """The environment of a real service that trusts the strict provider."""
    monkeypatch.setenv("STATSBIDRAG_OIDC_ISSUER", providers.strict)
    monkeypatch.setenv("STATSBIDRAG_OIDC_CLIENT_ID", "statsbidrag")
    monkeypatch.setenv("STATSBIDRAG_OIDC_KEY", providers.key.as_pem(private=True).decode())
    monkeypatch.setenv("STATSBIDRAG_SUBJECT_KEY", "made up, only for these tests, and long enough")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return monkeypatch


@pytest.fixture
def visitor(settings: Settings, environment: pytest.MonkeyPatch, db: None) -> Client:
    """A browser at the service as it is used for real, not as a demonstration."""
    settings.DEMONSTRATION = False
    settings.SIGN_IN_ON_THIS_MACHINE = True
    settings.SESSION_COOKIE_SECURE = True
    settings.CSRF_COOKIE_SECURE = True
    return new_browser()
