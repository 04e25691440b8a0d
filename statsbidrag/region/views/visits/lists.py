"""The visits of a region and of a clinic: their files, what is pointed out, and why each visit is paid or not."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse

from statsbidrag.portal import rules
from statsbidrag.portal.middleware import Request, takes_files
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.queries.claims import claims, removed_claims
from statsbidrag.region.queries.visit_files import files_of
from statsbidrag.region.queries.visits import judge_of, perhaps_twice, verdicts_on, visits_of
from statsbidrag.region.views.visits.at import at, clinic_at, ways_to_remove
from statsbidrag.region.views.visits.files import MOST_SENT, FileForm, handed_in
from statsbidrag.region.views.visits.words import STATE_WORDS, profession_words, short

MOST_CLAIMS = 50


@takes_files(MOST_SENT)
def region_visits(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows the files of visits that have come in, what must be looked into, and takes in another file."""
    place, desk, pages = at(recipient, year)
    form = filled(request, FileForm)
    if answer := handed_in(request, form, recipient, year):
        return answer
    claimed = claims(place.region, year)
    return show(
        request,
        "region/visits/visits.html",
        **place.shown,
        pages=pages,
        form=form,
        files=files_of(place.region, year),
        states=STATE_WORDS,
        claims=claimed[:MOST_CLAIMS],
        claimed=len(claimed),
        removed=removed_claims(place.region, year)[:MOST_CLAIMS],
        way_to_remove=ways_to_remove(request, place),
        short=short,
        may_write=desk.may_write(request.visitor),
    )


@takes_files(MOST_SENT)
def clinic_visits(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows a clinic's visits with why each is paid or not, its files, and takes in another file."""
    place, desk, pages = at(recipient, year)
    clinic = clinic_at(place)
    form = filled(request, FileForm)
    if answer := handed_in(request, form, recipient, year):
        return answer
    page = _page(request.GET.get("sida", "1"))
    visits, more = visits_of(clinic, year, page)
    judge = judge_of(place.scheme)
    verdicts = verdicts_on(judge, visits)
    return show(
        request,
        "region/visits/clinic_visits.html",
        **place.shown,
        pages=pages,
        form=form,
        files=files_of(place.region, year, clinic),
        states=STATE_WORDS,
        claims=claims(place.region, year, clinic)[:MOST_CLAIMS],
        removed=removed_claims(place.region, year, clinic)[:MOST_CLAIMS],
        way_to_remove=ways_to_remove(request, place),
        perhaps_twice={visit.pk for visit in perhaps_twice(clinic, year)},
        visits=[(visit, verdicts[visit.pk], judge.because(verdicts[visit.pk])) for visit in visits],
        professions=profession_words(),
        page=page,
        more=more,
        library=rules.book().library,
        short=short,
        may_write=desk.may_write(request.visitor),
    )


def _page(asked: str) -> int:
    if not asked.isdecimal() or not 0 < int(asked[:6]) < 10_000:
        raise BadRequest
    return int(asked[:6])
