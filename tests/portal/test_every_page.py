"""Every page, tried by every role of its own and of another organisation: the table of guards is what happens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from statsbidrag.portal.access import AGENCY, RECIPIENT, Visitor
from statsbidrag.portal.guards import GUARDS

OWN, OTHER = "municipality-0180", "region-03"
# What stands in an address where nothing is found: a page that is let through then says so with status 404.
NOTHING = {"year": 2025, "page": "amounts", "recipient": OWN, "number": 1, "token": "finns-inte"}
# What anyone may open, written out by hand: a new page is not public by mistake.
OPEN = {
    "about",
    "accessibility",
    "allocation_file",
    "allocation_list",
    "allocation_why",
    "assumptions",
    "cookies",
    "demonstration_clock",
    "demonstration_mail",
    "flaw_reported",
    "front",
    "open_data",
    "open_file",
    "personal_data",
    "public_diary",
    "report_reading_copy",
    "round_instructions",
    "round_page",
    "rounds",
    "sign_in",
    "sign_in_answer",
    "sign_in_keys",
    "sign_in_start",
    "sign_out",
    "signed_out",
    "step_in",
    "yearly_file",
}


def places(name: str) -> dict[str, Any]:
    """Something to stand in every place of a page's address."""
    [(_, parameters)], *_ = get_resolver().reverse_dict[name]
    return {parameter: NOTHING.get(parameter, 987_654) for parameter in parameters}


def everyone(someone: Callable[..., Visitor]) -> dict[str, Visitor | None]:
    """One of each: signed out, without a role, every role for this recipient and another, every role at the agency."""
    who: dict[str, Visitor | None] = {"signed out": None, "no role": someone()}
    for kind in sorted(RECIPIENT):
        who[f"{kind} of this"] = someone(kind, OWN)
        who[f"{kind} of another"] = someone(kind, OTHER)
    return who | {kind: someone(kind) for kind in sorted(AGENCY)}


def tried(browser: Client, method: str, name: str) -> HttpResponse:
    """What a page answers; whatever it did is undone, so that every page is tried on the same people."""
    as_it_came = dict(browser.cookies)
    with transaction.atomic(), transaction.atomic(using="region"):
        answer: HttpResponse = getattr(browser, method)(reverse(name, kwargs=places(name)))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="region")
    browser.cookies.clear()
    browser.cookies.update(as_it_came)
    return answer


@pytest.mark.django_db(databases=["default", "region"])
def test_every_page_opens_for_those_its_guard_lets_in_and_for_nobody_else(
    someone: Callable[..., Visitor],
    browser_of: Callable[[Visitor | None], Client],
) -> None:
    get_resolver().reverse_dict  # noqa: B018  # reads the table of routes, and with it every guard
    assert len(GUARDS) > 60
    wrong: list[str] = []
    for who, visitor in everyone(someone).items():
        browser = browser_of(visitor)
        for name, guard in GUARDS.items():
            if guard.anyone:
                continue
            expected = guard.lets_in(visitor, places(name).get("recipient", ""))
            for method in ("get", "post"):
                answer = tried(browser, method, name)
                barred = answer.status_code == 403 or answer.headers.get("Location", "").startswith(reverse("sign_in"))
                # Someone who is let in may still be refused by the deed itself, as a second lock.
                refused_by_the_deed = expected and method == "post" and answer.status_code == 403
                if expected is barred and not refused_by_the_deed:
                    wrong.append(f"{who} {method} {name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_every_page_that_anyone_may_open_is_meant_to_be() -> None:
    get_resolver().reverse_dict  # noqa: B018  # reads the table of routes, and with it every guard
    assert {name for name, guard in GUARDS.items() if guard.anyone} == OPEN
