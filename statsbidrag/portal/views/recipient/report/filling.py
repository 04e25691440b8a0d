"""A page of the report: filled in, saved at every step, and come back to; nobody overwrites unseen."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.form import Page
from statsbidrag.cycle.step_7_versions import State
from statsbidrag.portal.actions import report_draft as deeds
from statsbidrag.portal.actions.report_draft import PageChanged, Written
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.report_draft import Standing, standing_draft
from statsbidrag.portal.views.questions.asking import (
    AskedQuestion,
    Known,
    answer_id,
    faults_of,
    ids_of,
    page_asks,
    page_of,
    reason_id,
)
from statsbidrag.portal.views.questions.sent import answers_sent, both_versions, version_sent
from statsbidrag.portal.views.recipient.report.place import context
from statsbidrag.portal.views.rendering import show
from statsbidrag.terms.faults import Fault


@dataclass(frozen=True, slots=True)
class _Look:
    """How a page is shown.

    asks      say also what is not answered yet
    fault     why it could not be saved; ``written`` is then what was written
    part      only the questions, for a browser that asks what shows now
    version   of the page, where it has just been saved
    """

    asks: bool = False
    fault: Fault | None = None
    written: Written | None = None
    part: bool = False
    version: int | None = None


_AS_IT_IS = _Look()


def report_page(request: Request, *, recipient: str, year: int, page: str) -> HttpResponse:
    """Shows a page of the report, and keeps what is written on it, whatever is wrong with it."""
    shown = context(recipient, year)
    standing = standing_draft(year, recipient)
    if standing is None:
        return redirect("report", recipient, year)
    asked_page = page_of(standing.form, page)
    if asked_page is None or asked_page.by != "recipient":
        raise Http404
    if standing.state is not State.DRAFT and request.method != "POST":
        return redirect("report", recipient, year)
    if request.method == "POST":
        return _kept(request, standing, asked_page, shown)
    return _page(request, standing, asked_page, shown, look=_Look(asks=request.GET.get("fel") == "ja"))


def _kept(request: Request, standing: Standing, page: Page, shown: dict[str, Any]) -> HttpResponse:
    """Saves what was sent and gives the way on."""
    action = request.POST.get("action", "next")
    written, version = _written(request, standing, page), version_sent(request.POST)
    where = (standing.draft.year, standing.draft.recipient)
    saved = standing.with_page(page.id, written.answers, written.reasons)
    on = _next(saved, page) if action == "next" else page
    try:
        version = deeds.save_page(
            request.visitor,
            *where,
            page.id,
            written=written,
            version=version,
            now=request.now,
            next_page=on.id if on else "",
        )
    except PageChanged as changed:
        return _both(request, page, shown, written=written, changed=changed)
    except Fault as fault:
        return _page(request, standing, page, shown, look=_Look(fault=fault, written=written))
    if action == "auto":
        return _page(request, saved, page, shown, look=_Look(part=True, version=version))
    return _onward(request, saved, page)


def _onward(request: Request, saved: Standing, page: Page) -> HttpResponse:
    """Goes to the next page, unless something here has to be seen first."""
    action = request.POST.get("action", "next")
    recipient, year = saved.draft.recipient, saved.draft.year
    own = reverse("report_page", args=(recipient, year, page.id))
    if action == "save":
        return redirect(f"{own}?sparat=ja")
    displayed = set(request.POST.get("shown", "").split())
    new = [one.id for one in ids_of(page) if one.id in saved.outcome.shows and one.id not in displayed]
    if new and action == "next":
        return redirect(f"{own}?ny=ja#{answer_id(new[0])}")
    if action == "next" and (unseen := _unseen_reason(request, saved, page)):
        return redirect(f"{own}?skal=ja#{reason_id(unseen)}")
    if action == "next" and faults_of(_asked(saved, page, asks=True)):
        return redirect(f"{own}?fel=ja")  # a page that the browser's back button can come back to
    on = _next(saved, page)
    if on is None:
        return redirect("report_check", recipient, year)
    return redirect("report_page", recipient, year, on.id)


def _unseen_reason(request: Request, saved: Standing, page: Page) -> str | None:
    """The field of a page whose reason is missing and was not asked for, as the change was made just now."""
    own = {one.id for one in ids_of(page)}
    lacking = (change.was.field for change in saved.unexplained)
    return next((id for id in lacking if id in own and f"reason.{id}" not in request.POST), None)


def _page(
    request: Request,
    standing: Standing,
    page: Page,
    shown: dict[str, Any],
    *,
    look: _Look = _AS_IT_IS,
) -> HttpResponse:
    """Sets the page, or only its questions where a browser asks for them."""
    asked = _asked(standing, page, asks=look.asks, written=look.written)
    pages = standing.shown_pages
    number = next((place for place, one in enumerate(pages, 1) if one.id == page.id), 1)
    return show(
        request,
        "recipient/report/questions.html" if look.part else "recipient/report/page.html",
        status=409 if look.fault else 200,
        **shown,
        standing=standing,
        page=page,
        asked=asked,
        number=number,
        pages=len(pages),
        before=pages[number - 2] if number > 1 else None,
        opens_with=_opens_with(standing, page),
        version=standing.version(page.id) if look.version is None else look.version,
        shows=" ".join(one.id for one in ids_of(page) if one.id in standing.outcome.shows),
        faults=faults_of(asked) if look.asks else [],
        fault=look.fault,
        saved=request.GET.get("sparat") == "ja",
        new=request.GET.get("ny") == "ja",
        ask_why=request.GET.get("skal") == "ja",
        note=standing.form.free_text_note.value,
    )


def _asked(
    standing: Standing, page: Page, *, asks: bool = False, written: Written | None = None
) -> tuple[AskedQuestion, ...]:
    known = Known(
        answers={**standing.answers, **(written.answers if written else {})},
        reasons={**standing.reasons, **(written.reasons if written else {})},
        prefilled=standing.prefilled,
        asks_for_missing=asks,
    )
    return page_asks(page, standing.outcome, known)


def _written(request: Request, standing: Standing, page: Page) -> Written:
    """What stands on the page now, with the reasons given for what was changed."""
    kept = standing.pages.get(page.id)
    reasons: dict[str, str] = dict(kept.reasons) if kept else {}
    sent = (one.id for one in ids_of(page) if f"reason.{one.id}" in request.POST)
    reasons |= {id: request.POST[f"reason.{id}"] for id in sent}
    return Written(answers=answers_sent(request.POST, page, kept.answers if kept else {}), reasons=reasons)


def _next(standing: Standing, page: Page) -> Page | None:
    """The page after this one, of those that show; None after the last."""
    pages = standing.shown_pages
    ids = [one.id for one in pages]
    place = ids.index(page.id) + 1 if page.id in ids else 0
    return pages[place] if place < len(pages) else None


def _opens_with(standing: Standing, page: Page) -> list[tuple[str, object]]:
    before = {field.id: field for field in standing.form.background}
    return [(before[id].text, standing.outcome.background.get(id)) for id in page.opens_with]


def _both(
    request: Request, page: Page, shown: dict[str, Any], *, written: Written, changed: PageChanged
) -> HttpResponse:
    """Shows what one wrote beside what a colleague saved meanwhile, to choose from; nothing is lost."""
    return show(
        request,
        "recipient/report/both_changed.html",
        status=409,
        **shown,
        page=page,
        changed=changed.page,
        fault=changed,
        **both_versions(page, written.answers, changed.page.answers),
    )
