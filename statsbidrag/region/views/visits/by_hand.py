"""A visit written by hand: in under twenty seconds on a phone, altered by a new record, or removed."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.cycle.programme import age_later, next_due, visit_at
from statsbidrag.cycle.scheme import ProgrammeVisit
from statsbidrag.portal import rules
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.visits import alter, remove, write
from statsbidrag.region.keys import local_child
from statsbidrag.region.models import Clinic, Visit
from statsbidrag.region.queries.claims import elsewhere as visits_elsewhere
from statsbidrag.region.queries.visits import judge_of, last_of, verdicts_on, visit_of
from statsbidrag.region.views.place import Place
from statsbidrag.region.views.visits.at import at, clinic_at
from statsbidrag.region.views.visits.visit_form import RemovalForm, VisitForm, as_filled, codes_asked, usual
from statsbidrag.region.views.visits.words import short
from statsbidrag.region.writing import sent
from statsbidrag.terms.personal_numbers import holds_number


@dataclass(frozen=True, slots=True)
class _Saved:
    """The visit that was just stored, and what is said of its pay."""

    visit: Visit
    because: Any
    waits: bool


def new_visit(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Takes a new visit; the page is ready for the next one at once, and says what became of the last."""
    place, desk, pages = at(recipient, year)
    clinic = clinic_at(place)
    before = _named(request, clinic, "efter")
    form = filled(
        request, VisitForm, scheme=place.scheme, same_as=before, initial=_initial(request, place, clinic, before)
    )
    if request.POST.get("what") == "suggest":
        return show(request, "region/visits/suggestion.html", suggested=_suggested(request, place, clinic))

    def done() -> str:
        row = write(request.visitor, desk, form.written(), request.now)
        return f"{reverse('new_visit', args=[recipient, year])}?sparat={row.pk}"

    if answer := sent(request, form, done):
        return answer
    return show(
        request,
        "region/visits/visit.html",
        **place.shown,
        pages=pages,
        form=form,
        child=short(before.child) if before else "",
        saved=_saved(request, place, clinic),
        programme=place.scheme.programme.visits,
        altered=None,
        refused=None,
        elsewhere=(),
        library=rules.book().library,
        may_write=desk.may_write(request.visitor),
    )


def alter_visit(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Alters a visit by a new record that stands instead, or removes one that was written by hand."""
    place, desk, pages = at(recipient, year)
    row = visit_of(clinic_at(place), number)
    if row is None or row.year != year:
        raise Http404
    removes = request.POST.get("what") == "remove"
    elsewhere = [other.clinic.name for other in visits_elsewhere([row])]
    options: dict[str, Any] = {
        "scheme": place.scheme,
        "same_as": row,
        "initial": as_filled(row, codes_asked(place.scheme)),
    }
    form = filled(request, RemovalForm) if removes else filled(request, VisitForm, **options)

    def done() -> str:
        if isinstance(form, VisitForm):
            alter(request.visitor, desk, row, form.written(), now=request.now)
        else:
            remove(request.visitor, desk, row, form.cleaned_data["why"])
        return reverse(pages.all, args=[recipient, year])

    if answer := sent(request, form, done):
        return answer
    return show(
        request,
        "region/visits/visit.html",
        **place.shown,
        pages=pages,
        form=form if isinstance(form, VisitForm) else VisitForm(**options),
        child=short(row.child),
        saved=None,
        programme=place.scheme.programme.visits,
        altered=row,
        refused=form if removes else None,
        removal=form if removes else RemovalForm(),
        elsewhere=elsewhere,
        library=rules.book().library,
        may_write=desk.may_write(request.visitor),
    )


def _named(request: Request, clinic: Clinic, name: str) -> Visit | None:
    """The visit of the clinic's that the address or the form names, or None."""
    number = request.POST.get(name) or request.GET.get(name, "")
    return visit_of(clinic, int(number)) if number.isdecimal() and len(number) < 10 else None


def _initial(request: Request, place: Place, clinic: Clinic, before: Visit | None) -> dict[str, Any]:
    """Today, what is usual, and after an earlier visit what the programme has next."""
    filled_in = usual(request.now.date(), place.year, clinic.municipality_code)
    if before:
        due = next_due(place.scheme.programme, before.date, before.child_months)
        filled_in["child_months"] = str(max(age_later(before.date, before.child_months, request.now.date()), 0))
        filled_in["municipality"] = before.municipality or clinic.municipality_code
        filled_in["place"] = due.visit.place if due else "extra"
    return filled_in


def _suggested(request: Request, place: Place, clinic: Clinic) -> ProgrammeVisit | None:
    """The programme's visit for what has been written so far: the child's next one, else the one for its age."""
    number, months = request.POST.get("child", "").strip(), request.POST.get("child_months", "").strip()
    before = _named(request, clinic, "efter")
    if before is None and number and not holds_number(number):
        before = last_of(clinic, local_child(clinic.region, clinic.number, number))
    if before:
        due = next_due(place.scheme.programme, before.date, before.child_months)
        return due.visit if due else None
    return visit_at(place.scheme.programme, int(months)) if months.isdecimal() and len(months) < 4 else None


def _saved(request: Request, place: Place, clinic: Clinic) -> _Saved | None:
    row = _named(request, clinic, "sparat")
    if row is None:
        return None
    judge = judge_of(place.scheme)
    verdict = verdicts_on(judge, [row])[row.pk]
    return _Saved(row, judge.because(verdict), verdict.to_be_coded and verdict.rate is None)
