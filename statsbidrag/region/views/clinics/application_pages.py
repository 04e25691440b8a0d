"""The pages of a clinic's application: filled in by several, saved at every step; nobody overwrites unseen."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from statsbidrag.cycle.form import Page
from statsbidrag.portal import rules
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.questions.asking import Known, answer_id, faults_of, ids_of, page_asks, page_of
from statsbidrag.portal.views.questions.sent import Written, answers_sent, both_versions, version_sent
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions import support as deeds
from statsbidrag.region.plain_text import masked_answers
from statsbidrag.region.queries.support import SupportStanding, support_of
from statsbidrag.region.views.clinics.application import own_place
from statsbidrag.region.views.place import Place
from statsbidrag.terms.faults import Fault


def application_page(request: Request, *, recipient: str, year: int, page: str) -> HttpResponse:
    """Shows a page of the application, and keeps what is written on it, whatever is wrong with it."""
    place, clinic = own_place(recipient, year)
    standing = support_of(place.scheme, clinic)
    asked_page = page_of(standing.form, page) if standing.form else None
    if asked_page is None:
        raise Http404
    if standing.row is None or standing.row.sent:
        return redirect("own_application", recipient, year)
    if request.method == "POST":
        return _kept(request, place, standing, asked_page)
    return _page(request, place, standing, asked_page, asks=request.GET.get("fel") == "ja")


def _kept(request: Request, place: Place, standing: SupportStanding, page: Page) -> HttpResponse:
    """Saves what was sent and gives the way on."""
    assert standing.row is not None, "there is an application to write in"
    action = request.POST.get("action", "next")
    answers = answers_sent(request.POST, page, standing.answers)
    saved = standing.with_answers(answers)
    try:
        version = deeds.save_answers(
            request.visitor,
            place.scheme,
            standing.clinic,
            answers,
            version=version_sent(request.POST),
            now=request.now,
        )
    except deeds.ApplicationChanged as changed:
        return _both(request, place, page, mine=answers, changed=changed)
    except Fault as fault:
        shown = standing.with_answers(masked_answers(answers))
        return _page(request, place, shown, page, fault=fault)
    if action == "auto":
        return _page(request, place, saved, page, part=True, version=version)
    return _onward(request, place, saved, page, version=version)


def _onward(request: Request, place: Place, saved: SupportStanding, page: Page, *, version: int) -> HttpResponse:
    """Goes to the next page, unless something here has to be seen first."""
    action = request.POST.get("action", "next")
    own = reverse("application_page", args=(place.key, place.year, page.id))
    if action == "save":
        return redirect(f"{own}?sparat=ja")
    displayed = set(request.POST.get("shown", "").split())
    new = [one.id for one in ids_of(page) if one.id in saved.outcome.shows and one.id not in displayed]
    if new and action == "next":
        return redirect(f"{own}?ny=ja#{answer_id(new[0])}")
    if action == "next" and faults_of(page_asks(page, saved.outcome, _known(saved, asks=True))):
        return _page(request, place, saved, page, asks=True, version=version)
    ids = [one.id for one in saved.outcome.form.pages]
    after = ids[ids.index(page.id) + 1 :]
    if not after:
        return redirect("application_check", place.key, place.year)
    return redirect("application_page", place.key, place.year, after[0])


def _page(
    request: Request,
    place: Place,
    standing: SupportStanding,
    page: Page,
    *,
    asks: bool = False,
    fault: Fault | None = None,
    part: bool = False,
    version: int | None = None,
) -> HttpResponse:
    """Sets the page, or only its questions where a browser asks for them."""
    form = standing.outcome.form
    asked = page_asks(page, standing.outcome, _known(standing, asks=asks))
    number = form.pages.index(page) + 1
    background = {field.id: field.text for field in form.background}
    return show(
        request,
        "recipient/report/questions.html" if part else "region/clinics/application_page.html",
        status=409 if fault else 200,
        **place.shown,
        standing=standing,
        page=page,
        asked=asked,
        number=number,
        pages=len(form.pages),
        before=form.pages[number - 2] if number > 1 else None,
        opens_with=[(background[id], standing.outcome.background.get(id)) for id in page.opens_with],
        version=standing.row.version if version is None and standing.row else version,
        shows=" ".join(one.id for one in ids_of(page) if one.id in standing.outcome.shows),
        faults=faults_of(asked) if asks else [],
        fault=fault,
        saved=request.GET.get("sparat") == "ja",
        new=request.GET.get("ny") == "ja",
        note=form.free_text_note.value,
        library=rules.book().library,
    )


def _both(
    request: Request, place: Place, page: Page, *, mine: Written, changed: deeds.ApplicationChanged
) -> HttpResponse:
    """Shows what one wrote beside what a colleague saved meanwhile, to choose from; nothing is lost."""
    ids = {one.id for one in ids_of(page)}
    own, theirs = ({id: given for id, given in each.items() if id in ids} for each in (mine, changed.row.answers))
    return show(
        request,
        "region/clinics/both_changed.html",
        status=409,
        **place.shown,
        page=page,
        changed=changed.row,
        fault=changed,
        **both_versions(page, own, theirs),
    )


def _known(standing: SupportStanding, *, asks: bool) -> Known:
    return Known(answers=standing.answers, asks_for_missing=asks)
