"""A settlement's files: all of it, booking orders to the region's own clinics, and the basis for private owners."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpResponse

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.exchange.hand_over import booking_order_file, booking_order_table, booking_orders, settlement_basis
from statsbidrag.portal import rules
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.region.models import SettlementRun, StatementPaper
from statsbidrag.region.queries.settlement_lists import whole_list
from statsbidrag.region.queries.settlements import lines_of
from statsbidrag.region.statements import statements_of
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.made_up import MADE_UP


class Listed(NamedTuple):
    """One of a settlement's lists: what it is called, and the kinds of file that there are of it."""

    words: str
    endings: tuple[str, ...]


# What is written in the address of each list.
LISTS = {
    "alla": Listed("Alla enheter och månader", ("xlsx", "csv")),
    "bokforingsorder": Listed("Egen regi: intern bokföringsorder", ("xlsx", "csv", "si")),
    "underlag": Listed("Privata: underlag till ägarens ordinarie avräkning", ("xlsx", "csv")),
}


def list_response(kind: str, ending: str, run: SettlementRun, *, scheme: Scheme, today: date) -> HttpResponse:
    """Gives one of a settlement's lists as a file. Raises Fault where scheme or register lacks what it needs.

    Nothing is paid by a settlement that no clinic has been told of (adm-15).
    """
    if kind not in LISTS or ending not in LISTS[kind].endings:
        raise Http404
    if kind != "alla" and run.handed_over is None:
        raise Fault("avräkningen", "Den är inte överlämnad, så enheterna har inga besked.", "Överlämna den först.")
    lines, name = lines_of(run), f"avrakning-{run.year}-{run.number}-{kind}"
    if kind == "alla":
        return download(whole_list(run, scheme, lines), name, ENDINGS[ending], today)
    statements = statements_of(run, lines, scheme)
    if kind == "underlag":
        return download(settlement_basis(statements, scheme), name, ENDINGS[ending], today)
    made = day_of_arrival(run.at)
    vouchers = booking_orders(statements, scheme, made, first=_first_voucher(run))
    if ending != "si":
        return download(booking_order_table(vouchers, scheme), name, ENDINGS[ending], today)
    region, remark = rules.recipients()[run.region], MADE_UP if settings.DEMONSTRATION else ""
    content = booking_order_file(vouchers, scheme, region, made, remark=remark)
    response = HttpResponse(content, content_type="text/plain; charset=cp437")
    response["Content-Disposition"] = f'attachment; filename="{name}.si"'
    return response


def _first_voucher(run: SettlementRun) -> int:
    """The number of the settlement's first voucher: no two settlements of a year share one, whoever runs a clinic."""
    earlier = StatementPaper.objects.filter(run__region=run.region, run__year=run.year, run__number__lt=run.number)
    return 1 + earlier.count()
