"""What the agency considers claiming back: the recipient reads it and answers before anything is decided (FL 25)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from statsbidrag.portal import rules
from statsbidrag.portal.access import may
from statsbidrag.portal.actions.communication import NOTHING_TO_ADD, answer
from statsbidrag.portal.actions.uploads import Upload
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.repayments import heard_in, matter, owed_in, state_of
from statsbidrag.portal.views.forms import Form, filled, sent
from statsbidrag.portal.views.known import known_round
from statsbidrag.portal.views.rendering import show
from statsbidrag.portal.views.upload_field import UploadField


class AnswerForm(Form):
    """What the recipient says, or that it has nothing to add; a paper may go along."""

    arguments = forms.CharField(label="Ert yttrande", max_length=10_000, required=False)
    nothing = forms.BooleanField(label="Vi har inget att tillägga", required=False)
    paper = UploadField(label="Underlag", required=False)

    def clean(self) -> dict[str, Any]:
        """One of the two is needed."""
        said = super().clean() or {}
        if not said.get("nothing") and not (said.get("arguments") or "").strip():
            self.add_error("arguments", "Skriv ert yttrande, eller kryssa i att ni inte har något att tillägga.")
        return said


def communication(request: Request, *, recipient: str, year: int, number: int) -> HttpResponse:
    """Shows what is considered, and takes in the answer."""
    known_round(year)
    row = matter(year, recipient, number)
    heard = heard_in(row) if row else None
    if row is None or heard is None:
        raise Http404
    form = filled(request, AnswerForm)

    def say() -> str:
        said = form.cleaned_data
        text = NOTHING_TO_ADD if said["nothing"] and not said["arguments"].strip() else said["arguments"]
        paper = _paper(said.get("paper"), year, recipient)
        answer(request.visitor, row, text, now=request.now, attachment=paper)
        return f"{reverse('communication', args=(recipient, year, number))}?skickat=ja"

    if done := sent(request, form, say):
        return done
    return show(
        request,
        "recipient/communication.html",
        acting_for=rules.recipients()[recipient].name,
        here={"recipient": recipient, "year": year},
        year=year,
        row=row,
        heard=heard,
        owed=owed_in(row),
        form=form,
        done=request.GET.get("skickat") == "ja",
        open=state_of(row) in ("heard", "answered"),
        may_send=may(request.visitor, "submit", recipient),
        library=rules.book().library,
    )


def _paper(upload: Upload | None, year: int, recipient: str) -> Paper | None:
    if upload is None:
        return None
    return Paper(
        direction="in",
        about="answer",
        party=rules.recipients()[recipient].name,
        matter=f"Underlag till yttrande, statsbidrag {year}",
        name=upload.name,
        content=upload.content,
        mime=upload.mime,
    )
