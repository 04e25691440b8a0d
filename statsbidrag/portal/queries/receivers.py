"""Who a letter goes to by e-mail: the recipient's registry and, notified with it, its agent (adm-24)."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from statsbidrag.portal.models import Registry, Role
from statsbidrag.portal.queries.prepared import RECIPIENT, Prepared

_REGISTRY = Prepared(lambda: Registry.objects.filter(pk=RECIPIENT).values_list("email"))
_AGENT = Prepared(
    lambda: Role.objects.filter(kind="agent", ended=None, recipient=RECIPIENT).values_list("person__email")
)


def receivers(recipient: str) -> tuple[str, ...]:
    """Gives the addresses of one recipient, the registry's first; empty where none is known."""
    which = {RECIPIENT: recipient}
    addresses = [email for (email,) in (*_REGISTRY.rows(which), *_AGENT.rows(which)) if email]
    return tuple(dict.fromkeys(addresses))


def receivers_of(recipients: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Gives the addresses of several recipients, by their keys."""
    found: dict[str, list[str]] = defaultdict(list)
    registries = Registry.objects.filter(recipient__in=recipients).values_list("recipient", "email")
    agents = Role.objects.filter(kind="agent", ended=None, recipient__in=recipients)
    for recipient, email in [*registries, *agents.values_list("recipient", "person__email")]:
        if email and email not in found[recipient]:
            found[recipient].append(email)
    return {recipient: tuple(found[recipient]) for recipient in recipients}
