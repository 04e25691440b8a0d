"""The board paper (tjänsteutlåtande): its headings to write under, its files, and the way into the diary."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from statsbidrag.exchange.board_paper_docx import as_docx
from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.letterhead import press
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.forms import Form, filled
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.actions.board_papers import WORD, finish, save_texts
from statsbidrag.region.queries.board_paper import WrittenPaper, conflicts, written_paper
from statsbidrag.region.queries.plan import plan_of
from statsbidrag.region.views.desk.fields import day, iso
from statsbidrag.region.views.place import Place, place_of
from statsbidrag.region.writing import sent

_LONGEST = 20_000


class TextsForm(Form):
    """The text under each heading, and the mark of what stood there when the page was opened."""

    def __init__(self, *given: Any, standing: WrittenPaper, **options: Any) -> None:
        super().__init__(*given, **options)
        self.ids = [each.section.id for each in standing.headings]
        for each in standing.headings:
            self.fields[each.section.id] = forms.CharField(
                label=each.section.heading, required=False, max_length=_LONGEST, initial=each.section.text, strip=False
            )

    @property
    def written(self) -> dict[str, str]:
        """Every text that can be read, as it was written."""
        return {id: self.cleaned_data[id] for id in self.ids if id in self.cleaned_data}

    @property
    def seen(self) -> dict[str, str]:
        """The mark of each text as the writer saw it."""
        return {id: str(self.data.get(f"seen-{id}", ""))[:16] for id in self.ids}


class FinishForm(Form):
    """Who approved the paper, and when."""

    approved = forms.CharField(
        label="Godkänd av", max_length=200, error_messages={"required": "Ange titel, och namn om det brukar stå."}
    )
    day = day("Dag")


def board_paper(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows every heading with its text, and saves what is written."""
    place = place_of(recipient, year)
    if place.scheme.board_paper is None:
        return show(request, "region/desk/board_paper_none.html", **place.shown)
    standing = written_paper(plan_of(place.begun), request.now.date())
    form = filled(request, TextsForm, standing=standing)

    def save() -> str:
        save_texts(request.visitor, place.begun, form.written, request.now, seen=form.seen)
        return f"{reverse('board_paper', args=[recipient, year])}#sparat"

    if answer := sent(request, form, save):
        return answer
    return show(
        request,
        "region/desk/board_paper.html",
        **place.shown,
        standing=standing,
        form=form,
        rows=_rows(form, standing),
        may_plan=may(request.visitor, "plan region", recipient),
    )


def board_paper_done(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Asks who approved the paper, and enters it in the diary."""
    place = _written_place(recipient, year)
    board_rules = place.scheme.board_paper
    assert board_rules is not None, "there is a paper"
    first = {"approved": board_rules.signatories.value[0], "day": iso(request.now.date())}
    form = filled(request, FinishForm, initial=first)

    def do() -> str:
        finish(request.visitor, place.begun, **_said(form), now=request.now)
        return reverse("region_diary", args=[recipient, year])

    if answer := sent(request, form, do):
        return answer
    plan = plan_of(place.begun)
    may_plan = may(request.visitor, "plan region", recipient)
    return show(request, "region/desk/board_paper_done.html", **place.shown, form=form, plan=plan, may_plan=may_plan)


def board_paper_file(request: Request, *, recipient: str, year: int, ending: str) -> HttpResponse:
    """Gives the paper as it stands: as Word to go on writing in, or as PDF to look at."""
    place = _written_place(recipient, year)
    if ending not in ("docx", "pdf"):
        raise Http404
    paper = written_paper(plan_of(place.begun), request.now.date()).paper
    word = ending == "docx"
    response = HttpResponse(as_docx(paper) if word else press().render(paper))
    response["Content-Type"] = WORD if word else "application/pdf"
    name = f"{paper.kind.lower()}-{rules.recipients()[recipient].name}-{year}.{ending}".replace(" ", "-")
    response["Content-Disposition"] = content_disposition_header(as_attachment=word, filename=name) or "inline"
    return response


def _written_place(recipient: str, year: int) -> Place:
    place = place_of(recipient, year)
    if place.scheme.board_paper is None:
        raise Http404
    return place


def _rows(form: TextsForm, standing: WrittenPaper) -> list[dict[str, Any]]:
    """Each heading with its field, what was seen, and a colleague's text where the two collide."""
    form.is_valid()  # also reads what was kept when a session ran out
    theirs = conflicts(standing, form.written, form.seen) if form.is_bound else {}
    seen = form.seen if form.is_bound else {}
    return [
        {
            "heading": each,
            "field": form[each.section.id],
            "seen": each.mark if each.section.id in theirs else seen.get(each.section.id) or each.mark,
            "theirs": theirs.get(each.section.id),
        }
        for each in standing.headings
    ]


def _said(form: Form) -> dict[str, Any]:
    return {"approved": form.cleaned_data["approved"], "day": form.cleaned_data["day"]}
