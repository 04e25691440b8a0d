"""Which provider of e-legitimation this installation trusts, as its environment says."""

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from statsbidrag.portal.signing.subject import subject_key
from statsbidrag.terms.faults import Fault

LOA_3 = "http://id.elegnamnden.se/loa/1.0/loa3"
_SCOPES = "openid https://id.oidc.se/scope/naturalPersonName"
_ISSUER, _CLIENT_ID, _KEY = (f"STATSBIDRAG_OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "KEY"))


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of e-legitimation, and who we are to it.

    issuer      its address, as it stands in everything that it signs
    key         our private key, that we show who we are with; the provider has the public half
    levels      the levels of assurance (tillitsnivåer) that we accept, each by its address
    scopes      what we ask for, with spaces between
    """

    issuer: str
    client_id: str
    key: RSAKey | ECKey
    levels: tuple[str, ...] = (LOA_3,)
    scopes: str = _SCOPES


def read_provider() -> Provider:
    """Reads the provider; raises Fault where something is missing or unsafe.

    A service that is to be used for real asks this before it starts, so that a mistake is seen by whoever made it.
    """
    subject_key()
    if "AUTHLIB_INSECURE_TRANSPORT" in os.environ:
        why = "Den låter inloggningen gå okrypterad."
        raise Fault("miljövariabeln AUTHLIB_INSECURE_TRANSPORT", why, "Ta bort den.")
    issuer = safe_address(_told(_ISSUER, "legitimeringstjänstens adress"), f"miljövariabeln {_ISSUER}")
    return Provider(
        issuer,
        _told(_CLIENT_ID, "vårt namn hos legitimeringstjänsten"),
        _private_key(_told(_KEY, "vår privata nyckel")),
        tuple(os.environ.get("STATSBIDRAG_OIDC_ACR", LOA_3).split()),
        os.environ.get("STATSBIDRAG_OIDC_SCOPES", _SCOPES),
    )


def safe_address(address: str, where: str) -> str:
    """Gives an address back where it is https; raises Fault otherwise.

    Only tests may talk to a provider on the same machine without TLS: they say so in Django's settings, which no
    environment can do.
    """
    parts = urlsplit(address)
    on_this_machine = getattr(settings, "SIGN_IN_ON_THIS_MACHINE", False) and _is_loopback(parts.hostname or "")
    if parts.hostname and (parts.scheme == "https" or on_this_machine):
        return address
    raise Fault(where, f"”{address}” är inte en säker adress.", "Adressen ska börja med https://.")


def _told(variable: str, what: str) -> str:
    value = os.environ.get(variable, "").strip()
    if not value:
        where = f"miljövariabeln {variable}"
        raise Fault(where, f"Den ska innehålla {what} men är tom.", "Ange den och starta tjänsten på nytt.")
    return value


def _private_key(pem: str) -> RSAKey | ECKey:
    """Reads a key in PEM, also where its lines have been joined with ``\\n`` to fit in a settings file."""
    for kind in (RSAKey, ECKey):
        try:
            key = kind.import_key(pem.replace("\\n", "\n"))
        except (JoseError, ValueError):
            continue
        if key.is_private:
            return key
    why = "Det är inte en privat nyckel (RSA eller EC) i PEM-format."
    raise Fault(f"miljövariabeln {_KEY}", why, "Skapa en med: openssl genrsa 3072")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
