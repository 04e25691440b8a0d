"""Forms of free text in the region's house: a personal number that somebody writes is taken away before all else."""

from typing import Any

from django.http import QueryDict

from statsbidrag.portal.views.forms import Form
from statsbidrag.region.plain_text import HELD_A_NUMBER, masked

_OUR_OWN = frozenset({"deed_key", "csrfmiddlewaretoken"})


class PlainForm(Form):
    """A form that never shows a personal number again: its digits are gone, and the field says so."""

    def __init__(self, data: QueryDict | None = None, *given: Any, **options: Any) -> None:
        self._masked: list[str] = []
        super().__init__(self._without_numbers(data) if data else data, *given, **options)

    def clean(self) -> dict[str, Any] | None:
        """Says at each field that something was taken away."""
        for name in self._masked:
            if name in self.fields:
                self.add_error(name, f"{HELD_A_NUMBER} Siffrorna är borttagna. Skriv inga personuppgifter.")
        return super().clean()

    def _without_numbers(self, data: QueryDict) -> QueryDict:
        told = data.copy()
        for name in set(data) - _OUR_OWN:
            shown = [masked(each) for each in data.getlist(name)]
            if shown != data.getlist(name):
                self._masked.append(name)
                told.setlist(name, shown)
        return told
