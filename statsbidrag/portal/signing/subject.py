"""How a person is known: by a keyed hash, from which nobody can find the way back to a personal identity number."""

import hashlib
import hmac
import os

from django.conf import settings

from statsbidrag.terms.faults import Fault

_VARIABLE = "STATSBIDRAG_SUBJECT_KEY"
_SHORTEST = 32
_DEMONSTRATION = "demonstration, inget att skydda"


def keyed_subject(issuer: str, sub: str) -> str:
    """Gives how we know a person: what its provider calls it, hashed with our key; 64 characters.

    The same person at another provider is another subject. Without the key the hash cannot be tried against a list
    of personal identity numbers, should a provider use them as its own names.
    """
    return hmac.new(subject_key(), f"{issuer}|{sub}".encode(), hashlib.sha256).hexdigest()


def subject_key() -> bytes:
    """Gives the key; raises Fault where a real service has none.

    It is a key of its own, since the key of the sessions may be changed any day while this one never can: everyone
    would become a stranger.
    """
    key = os.environ.get(_VARIABLE, _DEMONSTRATION if settings.DEMONSTRATION else "")
    if not settings.DEMONSTRATION and (len(key) < _SHORTEST or key == _DEMONSTRATION):
        raise Fault(
            f"miljövariabeln {_VARIABLE}",
            "Nyckeln som personer känns igen med saknas eller är för kort.",
            f"Ange minst {_SHORTEST} slumpade tecken, och byt dem aldrig: då känns ingen igen.",
        )
    return key.encode()
