"""The diary at the agency's desk: to search, read documents in, number cases, mark as secret, erase and check."""

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import access, rules
from statsbidrag.portal.actions import erasure, record
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.models import Case, Document
from statsbidrag.portal.papers import DIRECTIONS
from statsbidrag.portal.queries.prepared import ID, PreparedObjects
from statsbidrag.portal.queries.record import check_record
from statsbidrag.portal.queries.whole_diary import PAGE, Search, whole_diary
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.papers import paper
from statsbidrag.portal.views.rendering import show


class SearchForm(forms.Form):
    """What may be asked of the diary."""

    sok = forms.CharField(label="Sök", required=False, max_length=100)
    riktning = forms.ChoiceField(label="Riktning", required=False, choices=[("", "Alla"), *DIRECTIONS.items()])
    omgang = forms.ChoiceField(label="Omgång", required=False, choices=lambda: [("", "Alla"), *_years()])
    sekretess = forms.BooleanField(label="Bara sekretessmarkerade", required=False)
    sida = forms.IntegerField(required=False, min_value=1)

    def search(self) -> Search:
        """The same in the words of the query; what cannot be read is not asked for."""
        said = self.cleaned_data
        return Search(
            text=said.get("sok", ""),
            direction=said.get("riktning", ""),
            year=int(said["omgang"]) if said.get("omgang") else None,
            secret=bool(said.get("sekretess")),
        )


class ErasureForm(Form):
    """The decision that the erasure rests on."""

    decision = forms.CharField(
        label="Gallringsbeslutets nummer",
        max_length=60,
        error_messages={"required": "Ange beslutet som gallringen vilar på."},
    )
    reason = forms.CharField(label="Skäl", max_length=1000, required=False)


class NumberForm(Form):
    """The numbers of a case here and at the recipient."""

    ours = forms.CharField(label="Vårt dnr", max_length=60, error_messages={"required": "Ange ett diarienummer."})
    theirs = forms.CharField(label="Ert dnr, mottagarens eget", max_length=60, required=False)


class MarkForm(Form):
    """Whether a document is to be marked as secret."""

    mark = forms.ChoiceField(choices=[("hide", ""), ("show", "")])


def diary_page(request: Request) -> HttpResponse:
    """Shows the diary, or the part of it that is asked for."""
    form = SearchForm(request.GET)
    form.is_valid()
    page = form.cleaned_data.get("sida") or 1
    rows, count = whole_diary(form.search(), page)
    query = request.GET.copy()
    query.pop("sida", None)
    return show(
        request,
        "officer/cases/diary.html",
        form=form,
        rows=rows,
        count=count,
        page=page,
        pages=-(-count // PAGE),
        base=f"?{query.urlencode()}{'&' if query else ''}sida=",
        biased=request.visitor.biased if request.visitor else frozenset(),
        may={right: access.may(request.visitor, right) for right in _RIGHTS},
    )


def document(request: Request, *, entry: int) -> HttpResponse:
    """Gives a document to read (``?fil=1``), or the page about it; the registrar marks it as secret there."""
    found = _document(request, entry)
    if "fil" in request.GET:
        return paper(found)
    form = filled(request, MarkForm)

    def marked() -> str:
        record.mark_secret(request.visitor, found, request.now, secret=form.cleaned_data["mark"] == "hide")
        return reverse("document", args=[entry])

    if answer := sent(request, form, marked):
        return answer
    return show(
        request,
        "officer/cases/document.html",
        form=form,
        document=found,
        case=found.entry.case,
        recipient=rules.recipients().get(found.entry.case.recipient),
        directions=DIRECTIONS,
        may={right: access.may(request.visitor, right) for right in _RIGHTS},
    )


def erase_document(request: Request, *, entry: int) -> HttpResponse:
    """Asks for the erasure decision, and erases."""
    found = _document(request, entry)
    form = filled(request, ErasureForm)

    def erased() -> str:
        said = form.cleaned_data
        erasure.erase(found, said["decision"], request.now, request.visitor, reason=said["reason"])
        return reverse("document", args=[entry])

    if answer := sent(request, form, erased):
        return answer
    return show(request, "officer/cases/erase_document.html", form=form, document=found, case=found.entry.case)


def number_case(request: Request, *, case: int) -> HttpResponse:
    """Asks for the numbers that a case has in the agency's own case system and at the recipient."""
    found = _CASE.one({ID: case})
    if found is None:
        raise Http404
    access.require(request.visitor, "register", found.recipient)
    form = filled(request, NumberForm, initial={"ours": found.number, "theirs": found.their_number})

    def numbered() -> str:
        said = form.cleaned_data
        record.number_case(request.visitor, found, ours=said["ours"], theirs=said["theirs"], now=request.now)
        in_round = found.kind == "grant" and found.recipient
        return reverse("case", args=[found.year, found.recipient]) if in_round else reverse("diary")

    if answer := sent(request, form, numbered, field="ours"):
        return answer
    recipient = rules.recipients().get(found.recipient)
    return show(request, "officer/cases/number_case.html", form=form, case=found, recipient=recipient)


def record_check(request: Request) -> HttpResponse:
    """Checks the whole record when asked to, and says what holds and what does not."""
    asked = "kontrollera" in request.GET
    link = request.GET.get("lank", "").strip()[:64]
    return show(
        request,
        "officer/cases/record_check.html",
        check=check_record(link) if asked else None,
        link=link,
    )


_DOCUMENT = PreparedObjects[Document](
    lambda: Document.objects.filter(pk=ID).select_related("entry__case", "content", "by")
)
_CASE = PreparedObjects[Case](lambda: Case.objects.filter(pk=ID))
_RIGHTS: tuple[access.Right, ...] = ("register", "erase")


def _document(request: Request, entry: int) -> Document:
    found = _DOCUMENT.one({ID: entry})
    if found is None:
        raise Http404
    access.require(request.visitor, "see agency", found.entry.case.recipient)
    return found


def _years() -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in rules.years()]
