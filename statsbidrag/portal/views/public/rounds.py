"""The call: a public page for each round, with what it is for, who may requisition, how, and until when."""

from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.exchange.call_text import Announced, Section, sections
from statsbidrag.exchange.letters.instructions import Instructions, parts
from statsbidrag.exchange.letters.letterhead import Letterhead, sender_of
from statsbidrag.portal import letterhead, rules
from statsbidrag.portal.access import may
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.public import PublicRound, public_round, public_rounds
from statsbidrag.portal.views.rendering import show

_NO_CASE = "–"


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
        sections=_sections(year),
        agency=rules.book().agency,
        library=rules.book().library,
        to_requisition=_to_requisition(request, year),
    )


def instructions(request: Request, *, year: int) -> HttpResponse:
    """Gives the round's instructions as a document."""
    round_of(year, request)
    name = f"anvisningar-{year}.pdf"
    return HttpResponse(
        _instructions(year),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _to_requisition(request: Request, year: int) -> str:
    """The way to the form: straight there for whoever fills in for one recipient, else by the own organisations."""
    visitor = request.visitor
    own = [recipient for recipient in visitor.recipients() if may(visitor, "fill in", recipient)] if visitor else []
    if len(own) == 1:
        return reverse("requisition", kwargs={"recipient": own[0], "year": year})
    return reverse("my_organisations")


@cache
def _sections(year: int) -> tuple[Section, ...]:
    agency = rules.book().agency.name.value
    return tuple(sections(Announced(rules.round_rules(year), rules.call(year), rules.allocation(year), agency)))


@cache
def _instructions(year: int) -> bytes:
    of_round, children = rules.round_rules(year), rules.allocation(year).table
    head = Letterhead(
        sender=sender_of(rules.book().agency),
        recipient=None,
        law=rules.law(year),
        year=year,
        dated=of_round.requisition.opens.value,
        our_number=_NO_CASE,
        document_number=1,
        made_up=settings.DEMONSTRATION,
    )
    estimate = "Beräkningen är en uppskattning. " if children.estimate else ""
    letter = Instructions(
        head=head,
        pot=of_round.allocation.pot.value,
        opens=of_round.requisition.opens.value,
        last_day=of_round.requisition.last_day.value,
        summary=rules.call(year).summary.value,
        parts=parts(_sections(year)),
        basis=f"{estimate}{children.note}",
    )
    return letterhead.press().render(letter)
