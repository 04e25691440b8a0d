"""A file of visits on the screen: handed in, looked through, its columns explained, its good rows kept."""

import zlib
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal.jinja import slug
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.visit_files import MOST_BYTES, explain, hand_in, keep, throw_away
from statsbidrag.region.models import VisitFile
from statsbidrag.region.queries.retention import retention
from statsbidrag.region.queries.visit_files import AT_WORK, file_of, remembered_mapping
from statsbidrag.region.views.visits.at import at
from statsbidrag.region.views.visits.mapping import ColumnsForm, WordsForm
from statsbidrag.region.views.visits.words import STATE_WORDS, column_texts, days_said, meaning
from statsbidrag.region.writing import sent

# The file, and what a browser writes around it.
MOST_SENT = MOST_BYTES + 1024 * 1024


class FileForm(Form):
    """A file of visits."""

    file = forms.FileField(
        label="Fil med besök",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.parquet"}),
        error_messages={
            "required": "Välj en fil.",
            "missing": "Välj en fil.",
            "empty": "Filen är tom. Välj en annan.",
            "invalid": "Välj en fil.",
        },
    )


def handed_in(request: Request, form: FileForm, recipient: str, year: int) -> HttpResponse | None:
    """Takes a sent file in, and gives the way to its page; None where the form is to be shown (again)."""
    _, desk, pages = at(recipient, year)

    def done() -> str:
        file = hand_in(request.visitor, desk, form.cleaned_data["file"], request.now)
        return reverse(pages.file, args=[recipient, year, file.pk])

    return sent(request, form, done, field="file")


def visit_file(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows how a file is understood or how far it has come, and takes what is to be done with it."""
    place, desk, pages = at(recipient, year)
    file = _known(recipient, year, number)
    form = _form(request, file)
    here = reverse(pages.file, args=[recipient, year, number])
    what = request.POST.get("what", "")

    def done() -> str:
        if what == "keep":
            keep(request.visitor, desk, file)
        elif what == "throw":
            throw_away(request.visitor, desk, file)
            return reverse(pages.all, args=[recipient, year])
        elif isinstance(form, ColumnsForm | WordsForm):
            remembered = remembered_mapping(place.region, place.clinic)
            explain(request.visitor, desk, file, form.mapping(remembered), now=request.now)
        return here

    if answer := sent(request, form, done):
        return answer
    return show(
        request,
        "region/visits/file.html",
        **place.shown,
        pages=pages,
        file=file,
        says=file.says,
        form=form,
        asks=isinstance(form, ColumnsForm | WordsForm),
        at_work=file.state in AT_WORK,
        state=STATE_WORDS[file.state],
        days=days_said(file.says),
        texts=column_texts(),
        meaning=meaning,
        kept_for=retention().refused_rows.value,
        may_write=desk.may_write(request.visitor),
    )


def refused_rows(_request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Gives the rows that could not be used, as a file to mend and hand in again."""
    file = _known(recipient, year, number)
    if not file.refusals:
        raise Http404
    answer = HttpResponse(zlib.decompress(bytes(file.refusals)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="att-ratta-{slug(file.name.rpartition(".")[0])}.csv"'
    return answer


def _known(recipient: str, year: int, number: int) -> VisitFile:
    _, desk, _ = at(recipient, year)
    file = file_of(desk.region, year, number, desk.clinic)
    if file is None:
        raise Http404
    return file


def _form(request: Request, file: VisitFile) -> Form:
    """The form that a file's state asks for: its columns, its words, or only a button."""
    if request.POST.get("what") in ("keep", "throw"):
        return filled(request, Form)
    options: dict[str, Any] = {"file": file}
    if file.state == "mapping":
        return filled(request, ColumnsForm, **options)
    if file.state == "waiting":
        words = filled(request, WordsForm, **options)
        if words.asked:
            return words
    return filled(request, Form)
