"""Every page, tried by every role of its own and of another organisation: the table of guards is what happens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from statsbidrag.portal.access import AGENCY, RECIPIENT, Visitor
from statsbidrag.portal.guards import GUARDS
from statsbidrag.portal.views import refusals

OWN, OTHER = "municipality-0180", "region-03"
# What stands in an address where nothing is found: a page that is let through then says so with status 404.
NOTHING = {"year": 2025, "recipient": OWN, "number": 1, "token": "finns-inte"}
REFUSED, TO_SIGN_IN = "refused", "to sign-in"


def places(name: str) -> dict[str, Any]:
    """Something to stand in every place of a page's address."""
    [(_, parameters)], *_ = get_resolver().reverse_dict[name]
    return {parameter: NOTHING.get(parameter, 987_654) for parameter in parameters}


def everyone(someone: Callable[..., Visitor]) -> dict[str, Visitor | None]:
    """One of each: signed out, without any role, every role for this recipient and another, every role at the agency."""
    who: dict[str, Visitor | None] = {"signed out": None, "no role": someone()}
    for kind in sorted(RECIPIENT):
        who[f"{kind} of this"] = someone(kind, OWN)
        who[f"{kind} of another"] = someone(kind, OTHER)
    return who | {kind: someone(kind) for kind in sorted(AGENCY)}


def test_every_page_opens_for_those_its_guard_lets_in_and_for_nobody_else(
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor | None], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    refusal = refusals.refused
    monkeypatch.setattr(refusals, "refused", lambda *given: (asked.append(REFUSED), refusal(*given))[1])
    wrong: list[str] = []
    for who, visitor in everyone(someone).items():
        browser = browser_of(visitor)
        for name, guard in GUARDS.items():
            expected = guard.lets_in(visitor, places(name).get("recipient", ""))
            for method in ("get", "post"):
                asked.clear()
                answer = getattr(browser, method)(reverse(name, kwargs=places(name)))
                barred = answer.status_code == 403 or answer.headers.get("Location", "").startswith(reverse("sign_in"))
                if expected is barred and not (expected and answer.status_code == 403 and method == "post"):
                    wrong.append(f"{who} {method} {name}: {answer.status_code}")
            if name in ("sign_out", "step_in"):
                browser = browser_of(visitor)
    assert not wrong, "\n".join(wrong)
