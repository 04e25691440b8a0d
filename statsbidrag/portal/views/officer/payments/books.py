"""The vouchers for the finance system: handed over a file at a time, and the whole round to compare with."""

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, handover
from statsbidrag.portal.actions.vouchers import hand_over_vouchers
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import VoucherFile
from statsbidrag.portal.queries import vouchers as reading
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.papers import paper
from statsbidrag.portal.views.rendering import show


def vouchers(request: Request, *, year: int) -> HttpResponse:
    """Shows the files of vouchers; what the ledger has moved since the last one is handed over from here."""
    known_round(year)
    form = filled(request, Form)

    def done() -> str:
        hand_over_vouchers(request.visitor, year, request.now)
        return reverse("vouchers", args=[year])

    if answer := sent(request, form, done):
        return answer
    return show(
        request,
        "officer/payments/vouchers.html",
        form=form,
        year=year,
        files=list(VoucherFile.objects.filter(year=year).select_related("by").order_by("-first")),
        waiting=reading.waiting(year),
        may_pay=access.may(request.visitor, "prepare payment"),
    )


def voucher_file(_: Request, *, year: int, first: int) -> HttpResponse:
    """Gives a file of vouchers as it was handed over: always the very same bytes."""
    found = VoucherFile.objects.select_related("document__content").filter(year=year, first=first).first()
    return paper(found.document if found else None)


def all_vouchers(_: Request, *, year: int) -> HttpResponse:
    """Gives every voucher of the round, under the same numbers, to compare the books with."""
    known_round(year)
    postings = reading.booked(year)
    if not postings:
        raise Http404
    content = handover.vouchers(year, postings, 1, max(posting.day for posting in postings))
    answer = HttpResponse(content, content_type="text/plain; charset=cp437")
    answer["Content-Disposition"] = f'attachment; filename="verifikationer-{year}-alla.si"'
    return answer
