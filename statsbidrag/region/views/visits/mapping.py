"""The forms that ask what a file's own columns and words mean; what is chosen is remembered for the next file."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms

from statsbidrag.cycle.visit_mapping import LEFT_OUT, VisitMapping, folded
from statsbidrag.portal import rules
from statsbidrag.portal.views.forms import Form
from statsbidrag.region.models import Clinic, VisitFile
from statsbidrag.region.queries.visit_files import municipalities

_BETWEEN = re.compile(r"\s*[|,;/+&\n]\s*")
_MOST_ASKED = 40
_NOTHING = ("", "Välj …")


class ColumnsForm(Form):
    """What each column of a file is, or that it is not used."""

    def __init__(self, *args: Any, file: VisitFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = dict(file.says.get("columns", []))
        self._headings = list(columns)
        asked = file.says.get("asked", [])
        known = [(column.id, column.text) for column in rules.book().visit_columns.columns]
        for at, heading in enumerate(self._headings):
            suggested = columns[heading]
            is_asked = heading in asked and not suggested
            self.fields[f"column{at}"] = forms.ChoiceField(
                label=heading,
                choices=[*([_NOTHING] if is_asked else []), *known, ("-", "Används inte")],
                initial="" if is_asked else suggested or "-",
                help_text="Vårt förslag, kontrollera det." if heading in asked and suggested else "",
                error_messages={"required": "Välj vad kolumnen är, eller att den inte används."},
            )

    def clean(self) -> dict[str, Any]:
        """Says where two columns are taken for the same."""
        chosen: dict[str, str] = {}
        for at, heading in enumerate(self._headings):
            column = self.cleaned_data.get(f"column{at}", "-")
            if column != "-" and column in chosen:
                self.add_error(f"column{at}", f"”{chosen[column]}” är redan den kolumnen. Välj en av dem.")
            chosen.setdefault(column, heading)
        return self.cleaned_data

    def mapping(self, remembered: VisitMapping) -> VisitMapping:
        """Gives what is remembered with what was chosen here."""
        values = [self.cleaned_data[f"column{at}"] for at in range(len(self._headings))]
        return remembered.with_columns(
            {
                heading: LEFT_OUT if value == "-" else value
                for heading, value in zip(self._headings, values, strict=True)
            }
        )


class WordsForm(Form):
    """What each word means that was not understood; rows with those that stay unexplained are left out."""

    def __init__(self, *args: Any, file: VisitFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(_unknown(file))[:_MOST_ASKED]
        texts = {column.id: column.text for column in rules.book().visit_columns.columns}
        for at, (column, word) in enumerate(self.asked):
            self.fields[f"word{at}"] = forms.ChoiceField(
                label=f"{texts[column]}: ”{word}”",
                choices=[("", "Vet inte, lämna raderna utanför"), *_meanings(file, column)],
                required=False,
            )

    def mapping(self, remembered: VisitMapping) -> VisitMapping:
        """Gives what is remembered with what was explained here."""
        for at, (column, word) in enumerate(self.asked):
            if means := self.cleaned_data[f"word{at}"]:
                remembered = remembered.with_word(column, word, means)
        return remembered


def _unknown(file: VisitFile) -> Iterator[tuple[str, str]]:
    """The words that were not understood, of the columns with words to choose among; each part of a list by itself."""
    columns = rules.book().visit_columns
    known, seen = rules.book().visit_words.codes(columns), set[tuple[str, str]]()
    kinds = {column.id: column for column in columns.columns}
    others = _other_clinics(file)
    for column, word, means, _, _ in file.says.get("words", []):
        if means or not word or not (kinds[column].options or column in ("clinic", "municipality")):
            continue
        if column == "clinic" and folded(word) in others:
            continue
        parts = _BETWEEN.split(word) if kinds[column].kind == "choices" else [word]
        for part in parts:
            if part and folded(part) not in known.get(column, {}) and (column, folded(part)) not in seen:
                seen.add((column, folded(part)))
                yield column, part


def _other_clinics(file: VisitFile) -> set[str]:
    """The names of other clinics, whose visits are never taken for those of the clinic that handed the file in."""
    if file.clinic is None:
        return set()
    rows = Clinic.objects.filter(region=file.region).exclude(pk=file.clinic.pk)
    return set(map(folded, rows.values_list("name", flat=True)))


def _meanings(file: VisitFile, column: str) -> list[tuple[str, str]]:
    if column == "clinic":
        names = [file.clinic.name] if file.clinic else Clinic.objects.filter(region=file.region).values_list("name")
        return [(name, name) for name in (each if isinstance(each, str) else each[0] for each in names)]
    if column == "municipality":
        return list(municipalities().items())
    return list(next(one for one in rules.book().visit_columns.columns if one.id == column).options.items())
