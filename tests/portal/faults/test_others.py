"""Nobody reaches another organisation's things by an id, and nobody does a deed without being asked for the right."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from statsbidrag.portal import actions
from statsbidrag.portal.access import Refused, Visitor
from statsbidrag.portal.actions import invitations, letters, mailing, post
from statsbidrag.portal.actions.bias import note_bias
from statsbidrag.portal.actions.diary import Paper, enter, open_case
from statsbidrag.portal.middleware import visitor_of
from statsbidrag.portal.models import Document, Mail, RequisitionDraft, Role, Round

OWN, OTHER = "municipality-0484", "region-03"
Browser = Callable[[Visitor | None], Client]
Someone = Callable[..., Visitor]


def deeds() -> Iterator[Callable[..., object]]:
    """Every deed that somebody does: those that are told who."""
    for module in pkgutil.iter_modules(actions.__path__):
        known = importlib.import_module(f"{actions.__name__}.{module.name}")
        for name, deed in inspect.getmembers(known, inspect.isfunction):
            if not name.startswith("_") and deed.__module__ == known.__name__ and who(deed):
                yield deed


def who(deed: Callable[..., object]) -> str:
    """What the deed calls whoever does it."""
    places = inspect.signature(deed, eval_str=True).parameters.values()
    return next((place.name for place in places if place.annotation == Visitor | None), "")


class Anything:
    """Something that a deed is about; it has everything, since no deed should come so far as to look."""

    def __getattr__(self, name: str) -> "Anything":
        return self

    def __getitem__(self, name: object) -> "Anything":
        return self

    def __call__(self, *told: object) -> "Anything":
        return self


@pytest.mark.parametrize("deed", list(deeds()), ids=lambda deed: f"{deed.__module__}.{deed.__name__}")
def test_a_deed_asks_for_the_right_before_it_does_anything(
    someone: Someone, now: datetime, deed: Callable[..., object]
) -> None:
    theirs = someone("agent", OTHER)
    invited = invitations.invite(theirs, OTHER, "deputy", "x@exempel.se", link=str, now=now)
    known = {"kind": "deputy", "recipient": OTHER, "invitation_id": invited.pk, "role_id": Role.objects.get().pk}
    for visitor in (None, Visitor(1, "Ingen roll (påhittad)")):
        told: dict[str, Any] = {
            place.name: known.get(place.name, Anything())
            for place in inspect.signature(deed).parameters.values()
            if place.default is inspect.Parameter.empty
        }
        if deed.__name__ in OF_ONES_OWN and visitor:
            continue
        with pytest.raises(Refused):
            deed(**{**told, who(deed): visitor})


# What a person does with its own things; another's are not found (tested with the things themselves).
OF_ONES_OWN = frozenset({"apply", "complete", "withdraw", "accept", "decline", "delete_account"})


def test_another_organisations_document_has_no_page(someone: Someone, browser_of: Browser, now: datetime) -> None:
    theirs = entered(OTHER, now)
    browser = browser_of(someone("agent", OWN))
    assert browser.get(reverse("recipient_document", args=[OWN, theirs.pk])).status_code == 404
    assert browser.get(reverse("recipient_document", args=[OTHER, theirs.pk])).status_code == 403
    assert browser.get(reverse("document", args=[theirs.pk])).status_code == 403


@pytest.mark.shows("adm-02")
def test_the_agency_never_sees_a_draft(someone: Someone, browser_of: Browser, now: datetime) -> None:
    agent, officer = someone("agent", OWN), someone("officer")
    Round.objects.create(pk=2025, published=now, opened=now)
    RequisitionDraft.objects.create(
        year=2025, recipient=OWN, values={"amount": "123 456 utkastkronor"}, changed=now, changed_by_id=agent.id
    )
    browser = browser_of(officer)
    assert browser.get(reverse("requisition", args=[OWN, 2025])).status_code == 403
    for name, places in (("case", [2025, OWN]), ("requisitions", [2025]), ("round_desk", [2025]), ("diary", [])):
        assert "utkastkronor" not in browser.get(reverse(name, args=places)).content.decode()


def test_another_organisations_invitation_is_neither_seen_nor_touched(
    someone: Someone, browser_of: Browser, now: datetime
) -> None:
    theirs, own = someone("agent", OTHER), someone("agent", OWN)
    made = invitations.invite(theirs, OTHER, "deputy", "hemlig@exempel.se", link=str, now=now)
    browser = browser_of(own)
    for deed in ("revoke", "resend", "end"):
        answer = browser.post(reverse("colleagues", args=[OWN]), {"deed": deed, "id": made.pk, "deed_key": deed})
        assert "hemlig@exempel.se" not in answer.content.decode()
    made.refresh_from_db()
    assert (made.revoked, made.invited_by_id) == (None, theirs.id)
    assert "hemlig@exempel.se" not in browser.get(reverse("colleagues", args=[OWN])).content.decode()


@pytest.mark.shows("adm-07")
def test_who_is_biased_sees_and_does_nothing_of_that_recipient_by_any_address(
    someone: Someone, browser_of: Browser, now: datetime
) -> None:
    officer = someone("officer")
    theirs = entered(OTHER, now)
    mail = post.send("a@exempel.se", "Ämne", "Texten", now, occasion="receipt", recipient=OTHER)
    note_bias(officer, OTHER, "Min syster är ombud.", now)
    officer = seen_anew(officer)
    browser = browser_of(officer)
    for name, places in (
        ("case", [2025, OTHER]),
        ("document", [theirs.pk]),
        ("mail", [mail.pk]),
        ("reallocation_why", [2025, OTHER]),
    ):
        address = reverse(name, args=places)
        assert browser.get(address).status_code == 403, name
        assert browser.get(address, {"fil": "1"}).status_code == 403, name
        assert browser.post(address, {"deed_key": "a"}).status_code == 403, name
    with pytest.raises(Refused):
        mailing.send_again(officer, Mail.objects.get(pk=mail.pk))


def test_who_may_not_send_letters_starts_none(someone: Someone) -> None:
    with pytest.raises(Refused):
        letters.start(someone("auditor"), 2025)


def entered(recipient: str, now: datetime) -> Document:
    """A document in a recipient's case."""
    case = open_case("grant", 2025, "Statsbidrag 2025", now, recipient=recipient)
    return enter(case, Paper("in", "requisition", "Mottagaren", "Rekvisition", "r.pdf", b"%PDF"), now)


def seen_anew(visitor: Visitor) -> Visitor:
    """The same person at its next page."""
    seen = visitor_of(visitor.id)
    assert seen
    return seen
