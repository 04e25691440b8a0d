"""The list of decisions: to search, sort and take along, and for the decision-maker to decide from."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from statsbidrag.cycle import DECISION_KINDS
from statsbidrag.portal import access
from statsbidrag.portal.access import AGENCY, Visitor
from statsbidrag.portal.actions.decisions import Taking, decide
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Mandate, Person
from statsbidrag.portal.queries.decision_rows import SORTS, STATES, Row, Wanted, decision_rows, table
from statsbidrag.portal.queries.words import in_swedish_order
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.sorting import Heading, sorting
from statsbidrag.terms.kronor import in_words

_TAGS = {
    state: Markup('<span class="tag tag--{}">{}</span>').format(tone, says) for state, (says, tone) in STATES.items()
}
_HEADINGS = {"name": "Mottagare", "reference": "Beslut", "kind": "Om"}


class Filter(forms.Form):
    """What may be asked of the list."""

    sok = forms.CharField(label="Sök", required=False, max_length=100)
    slag = forms.ChoiceField(
        label="Beslut om",
        required=False,
        choices=[("", "Alla"), *((key, text) for key, text in DECISION_KINDS.items())],
    )
    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[("", "Alla"), *((key, says) for key, (says, _) in STATES.items())]
    )


class DecidingForm(Form):
    """Which decisions are made, in whose place, and who else takes part."""

    acting_for = forms.ChoiceField(label="Du beslutar i stället för", required=False)
    others = forms.MultipleChoiceField(label="Andra som deltar i den slutliga handläggningen", required=False)

    def __init__(self, *args: Any, visitor: Visitor, **options: Any) -> None:
        super().__init__(*args, **options)
        held = Mandate.objects.filter(deputy=visitor.id).values_list("holder_id", "holder__name").distinct()
        own = ("", "Ingen, jag beslutar med min egen delegation")
        self.fields["acting_for"].choices = [own, *((str(key), name) for key, name in held)]  # type: ignore[attr-defined]
        self.fields["others"].choices = _colleagues(visitor)  # type: ignore[attr-defined]  # it is a choice field

    def taking(self) -> Taking:
        """Who takes part."""
        said = self.cleaned_data
        others = sorted(Person.objects.filter(pk__in=said["others"]), key=lambda one: in_swedish_order(one.name))
        holder = Person.objects.get(pk=said["acting_for"]) if said["acting_for"] else None
        return Taking(holder, tuple(others))


def decisions_page(request: Request, *, year: int) -> HttpResponse:
    """Shows the decisions that are asked for, and makes those that are chosen."""
    known_round(year)
    visitor = access.require(request.visitor, "see agency")
    may_decide = access.may(visitor, "decide")
    form = filled(request, DecidingForm, visitor=visitor) if may_decide or request.method == "POST" else Form()
    chosen = request.POST.getlist("chosen")

    def decided() -> str:
        assert isinstance(form, DecidingForm), "what is sent is always read as this form"
        decide(visitor, year, chosen, request.now, taking=form.taking())
        return reverse("letters", args=[year])

    if answer := sent(request, form, decided):
        return answer
    all_rows, wanted = decision_rows(year), _wanted(request)
    waiting = [row for row in all_rows if row.state == "waiting"]
    return show(
        request,
        "officer/cases/decisions.html",
        form=form,
        year=year,
        rows=wanted.of(all_rows),
        total=len(all_rows),
        waiting=len(waiting),
        waiting_sum=sum(row.total for row in waiting if row.kind == "grant"),
        unwritten=sum(row.state == "unwritten" for row in all_rows),
        filter=Filter(request.GET),
        headings=_headings(request, wanted),
        query=request.GET.urlencode(),
        kinds=DECISION_KINDS,
        tags=_TAGS,
        amounts=_amounts,
        may_decide=may_decide,
        chosen=frozenset(chosen),
        biased=visitor.biased,
        **_addresses(year),
    )


def decisions_file(request: Request, *, year: int, ending: str) -> HttpResponse:
    """Gives exactly what is asked for as a file."""
    known_round(year)
    if ending not in ENDINGS:
        raise Http404
    wanted, today = _wanted(request), request.now.date()
    rows: Sequence[Row] = wanted.of(decision_rows(year))
    return download(table(year, rows, wanted, today), f"beslut-{year}", ENDINGS[ending], today)


@lru_cache(maxsize=4096)
def _amounts(kronor: int, reallocated: int) -> Markup:
    """The three cells of amounts in a row, set once: granted, reallocated and both together."""
    total = kronor + reallocated
    shown = [in_words(amount) if total else "–" for amount in (kronor, reallocated, total)]
    cell = Markup('<td class="table__figure">{}</td>')
    return cell.format(shown[0]) + cell.format(shown[1]) + cell.format(Markup("<strong>{}</strong>").format(shown[2]))


def _addresses(year: int) -> dict[str, Any]:
    """The beginnings of the addresses in the rows, worked out once instead of in every row."""
    case = reverse("case", args=[year, "x"]).removesuffix("x/")
    return {
        "base": case,
        "documents": reverse("document", args=[0]).removesuffix("0/"),
        "previews": reverse("decisions", args=[year]),
    }


def _wanted(request: Request) -> Wanted:
    asked = request.GET
    return Wanted(
        text=asked.get("sok", "")[:100],
        kind=asked.get("slag", ""),
        state=asked.get("lage", ""),
        column=column if (column := asked.get("ordna", "")) in SORTS else "name",
        falling=asked.get("fallande") == "1",
    )


def _headings(request: Request, wanted: Wanted) -> list[Heading]:
    def sorted_by(column: str, text: str, *, figures: bool = False) -> Heading:
        return sorting(request, column, text, by=wanted.column, falling=wanted.falling, figures=figures)

    return [
        *(sorted_by(column, text) for column, text in _HEADINGS.items()),
        Heading("Beviljat", figures=True),
        Heading("Omfördelat", figures=True),
        sorted_by("total", "Summa", figures=True),
        sorted_by("state", "Läge"),
        Heading("Brev"),
    ]


def _colleagues(visitor: Visitor) -> list[tuple[str, str]]:
    """The others at the agency, by name."""
    people = Person.objects.filter(roles__kind__in=AGENCY, roles__ended=None).exclude(pk=visitor.id).distinct()
    by_name = sorted(people.values_list("pk", "name"), key=lambda one: in_swedish_order(one[1]))
    return [(str(key), name) for key, name in by_name]
