"""The allocation list: search, sort, why every amount is what it is, and the same lines as a file."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.loader import get_template
from markupsafe import Markup

from statsbidrag.cycle.comparison import CAUSES
from statsbidrag.exchange.tables import as_json
from statsbidrag.portal import rules
from statsbidrag.portal.lists import list_file
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries import public_list
from statsbidrag.portal.queries.public import PublicRound
from statsbidrag.portal.queries.public_list import ListRow, Wanted
from statsbidrag.portal.views.public.rounds import round_of
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.sorting import Heading, sorting
from statsbidrag.terms.made_up import MADE_UP
from statsbidrag.terms.parties import Kind

COMPARED = "jamforelse"
_KINDS: dict[str, Kind] = {"regioner": "region", "kommuner": "municipality"}
_WORDS = frozenset({"namn", "slag", "kod", "organisationsnummer", "lan"})
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Filter(forms.Form):
    """What one may ask of the list."""

    sok = forms.CharField(label="Namn, kod eller nummer", required=False, max_length=100)
    slag = forms.ChoiceField(
        label="Slag", required=False, choices=[("", "Alla"), ("regioner", "Regioner"), ("kommuner", "Kommuner")]
    )
    lan = forms.ChoiceField(label="Län", required=False)

    def __init__(self, data: Mapping[str, Any], year: int) -> None:
        super().__init__(data)
        self.fields["lan"].choices = [("", "Alla"), *public_list.counties(year)]  # type: ignore[attr-defined]


def allocation_list(request: Request, *, year: int) -> HttpResponse:
    """Shows the list, or says when it is coming."""
    round_ = round_of(year, request)
    if not round_.listed:
        return show(request, "public/allocation_waits.html", round=round_)
    asked, compared = _asked(request), _compared(request, year)
    found = public_list.chosen(year, asked)
    lines = _lines(year, compared=compared)
    return show(
        request,
        "public/allocation_list.html",
        round=round_,
        library=rules.book().library,
        children=rules.allocation(year).table,
        published=rules.allocation(year).rules.published,
        recipients=rules.recipients(),
        earlier=public_list.earlier_year(year),
        filter=Filter(request.GET, year),
        compared=compared,
        views=_views(request),
        headings=_headings(request, year, asked, compared=compared),
        lines=[lines[row.recipient.key] for row in found],
        found=len(found),
        all=len(lines),
        kronor=sum(row.kronor or 0 for row in found),
        query=request.GET.urlencode(),
    )


def allocation_why(request: Request, *, year: int, recipient: str) -> HttpResponse:
    """Shows every factor behind a recipient's amount, and why it differs from the year before."""
    round_ = round_of(year, request)
    row = next((row for row in public_list.rows(year) if row.recipient.key == recipient), None)
    if not round_.listed or row is None:
        raise Http404
    allocation, compared = rules.allocation(year), public_list.comparison(year)
    return show(
        request,
        "public/allocation_why.html",
        round=round_,
        row=row,
        because=allocation.because(allocation.share_of(recipient)),
        difference=compared.because(row.change) if compared and row.change else None,
        earlier=public_list.earlier_year(year),
        children=allocation.table,
        library=rules.book().library,
        fingerprint=rules.fingerprint(year),
    )


def allocation_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives exactly the lines that are asked for, as a file."""
    found = public_list.chosen(year, _asked(request))
    return file_of(round_of(year, request), found, ending, compared=_compared(request, year))


def file_of(round_: PublicRound, found: list[ListRow], ending: str, *, compared: bool) -> HttpResponse:
    """Gives lines of a published list as CSV, XLSX or JSON."""
    if ending not in _TYPES or not round_.listed:
        raise Http404
    year = round_.year
    listed, table = public_list.listed(year), public_list.table(year, found, compared=compared)
    if ending == "json":
        content = as_json(table, name="changes" if compared else "shares", facts=_facts(year, compared=compared))
    elif ending == "csv":
        content = list_file(listed.open_data(table), "csv", date(year, 1, 1))
    else:
        content = list_file(table, "xlsx", date(year, 1, 1))
    name = f"fordelningslista-{year}{'-jamforelse' if compared else ''}.{ending}"
    return HttpResponse(
        content, content_type=_TYPES[ending], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _facts(year: int, *, compared: bool) -> dict[str, object]:
    facts = public_list.listed(year).facts()
    if compared:
        facts["compared_with"] = public_list.earlier_year(year)
    return facts | ({"note": MADE_UP} if settings.DEMONSTRATION else {})


def _asked(request: Request) -> Wanted:
    column = request.GET.get("ordna", "")
    return Wanted(
        search=request.GET.get("sok", "")[:100],
        kind=_KINDS.get(request.GET.get("slag", ""), ""),
        county=request.GET.get("lan", ""),
        column=column if column in {*_columns(compared=False), *_columns(compared=True)} else "",
        falling=request.GET.get("fallande") == "1",
    )


def _compared(request: Request, year: int) -> bool:
    return request.GET.get("visa") == COMPARED and public_list.earlier_year(year) is not None


def _columns(*, compared: bool, earlier: bool = True) -> tuple[str, ...]:
    if compared:
        return ("namn", "belopp", "fore", "skillnad", *CAUSES)
    change = ("fore", "skillnad") if earlier else ()
    return ("namn", "belopp", *change, "slag", "kod", "organisationsnummer", "lan")


def _headings(request: Request, year: int, asked: Wanted, *, compared: bool) -> list[Heading]:
    earlier = public_list.earlier_year(year)
    texts = _texts(year, earlier)
    return [
        sorting(request, column, texts[column], by=asked.column, falling=asked.falling, figures=column not in _WORDS)
        for column in _columns(compared=compared, earlier=earlier is not None)
    ]


def _texts(year: int, earlier: int | None) -> dict[str, str]:
    return {
        "namn": "Namn",
        "slag": "Slag",
        "kod": "Kod",
        "organisationsnummer": "Organisationsnummer",
        "lan": "Län",
        "fore": f"Belopp {earlier}",
        "belopp": f"Högsta belopp {year}",
        "skillnad": "Skillnad",
        **public_list.cause_headings(year),
    }


def _views(request: Request) -> dict[str, str]:
    """The addresses of the two views of the list, with what is asked for kept."""
    kept = {name: value for name, value in request.GET.items() if name not in ("visa", "ordna", "fallande")}
    return {"amounts": f"?{urlencode(kept)}", "compared": f"?{urlencode({**kept, 'visa': COMPARED})}"}


@cache
def _lines(year: int, *, compared: bool) -> Mapping[str, Markup]:
    """Every line of the list as it is shown, set once: it never changes while the service runs."""
    template, earlier = get_template("public/allocation_line.html"), public_list.earlier_year(year)
    return {
        row.recipient.key: Markup(  # noqa: S704  # our own template has escaped it
            template.render({"row": row, "year": year, "earlier": earlier, "compared": compared})
        )
        for row in public_list.rows(year)
    }
