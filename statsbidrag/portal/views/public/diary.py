"""The public diary: search it by diary number, recipient and year."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse

from statsbidrag.portal import rules
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.queries.diary import PAGE, Search, documents
from statsbidrag.portal.views.rendering import show


class Filter(forms.Form):
    """What one may ask of the diary."""

    nummer = forms.CharField(label="Diarienummer", required=False, max_length=60)
    mottagare = forms.CharField(label="Region eller kommun", required=False, max_length=100)
    ar = forms.ChoiceField(label="Bidragsår", required=False)

    def __init__(self, data: dict[str, str]) -> None:
        super().__init__(data)
        years = [(str(year), str(year)) for year in rules.years()]
        self.fields["ar"].choices = [("", "Alla"), *years]  # type: ignore[attr-defined]


def public_diary(request: Request) -> HttpResponse:
    """Shows a page of the documents that fit, the newest first."""
    asked = {name: request.GET.get(name, "").strip()[:100] for name in ("nummer", "mottagare", "ar")}
    search = Search(
        number=asked["nummer"],
        recipient=asked["mottagare"],
        year=int(asked["ar"]) if asked["ar"].isdecimal() and len(asked["ar"]) == 4 else None,
    )
    number = _number(request.GET.get("sida", ""))
    found, count = documents(search, number)
    return show(
        request,
        "public/diary.html",
        filter=Filter(asked),
        asked=any(asked.values()),
        documents=found,
        count=count,
        number=number,
        pages=max(1, -(-count // PAGE)),
        base=f"?{urlencode({**asked, 'sida': ''})}",
        agency=rules.book().agency,
    )


def _number(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1
