"""The call: a public page for each round, with what it is for, who may requisition, how, and until when."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse

from statsbidrag.portal import rules
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.public import PublicRound, public_round, public_rounds
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.parties import KINDS, Kind

SEVERAL: dict[Kind, str] = {"region": "regioner", "municipality": "kommuner"}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind's part of the pot, and how many share it."""

    kind: str
    kronor: int
    recipients: int


def round_of(year: int, request: Request) -> PublicRound:
    """Gives a round, or says that there is no such page."""
    found = public_round(year, request.now.date())
    if found is None:
        raise Http404
    return found


def all_rounds(request: Request) -> HttpResponse:
    """Shows the rounds, the newest first, with where each stands."""
    return show(request, "public/rounds.html", rounds=public_rounds(request.now.date()))


def round_page(request: Request, *, year: int) -> HttpResponse:
    """Shows a round's own page."""
    round_ = round_of(year, request)
    return show(
        request,
        "public/round.html",
        round=round_,
        rules=round_.rules,
        call=rules.call(year),
        law=rules.law(year),
        agency=rules.book().agency,
        library=rules.book().library,
        who_may=_who_may(round_),
        parts=_parts(year),
    )


def instructions(request: Request, *, year: int) -> HttpResponse:
    """Gives the round's instructions as a document."""
    round_of(year, request)
    raise Http404


def _who_may(round_: PublicRound) -> str:
    kinds = round_.rules.requisition.who_may.value
    return " och ".join(sorted(SEVERAL[kind] for kind in KINDS if kind in kinds))


def _parts(year: int) -> list[Part]:
    shares = rules.allocation(year).shares
    found = []
    for kind in KINDS:
        own = [share for share in shares if share.recipient.kind == kind]
        if own:
            found.append(Part(SEVERAL[kind], own[0].pool.kronor, len(own)))
    return found
