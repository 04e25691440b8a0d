"""The form of one visit: short enough for a phone, and deaf to personal numbers."""

import re
from collections.abc import Iterable
from datetime import date as day
from typing import Any

from django import forms

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.portal import rules
from statsbidrag.portal.views.forms import Form
from statsbidrag.region.actions.visits import WrittenVisit
from statsbidrag.region.models import Visit
from statsbidrag.region.views.plain_forms import PlainForm
from statsbidrag.terms.faults import Fault, Faults
from statsbidrag.terms.personal_numbers import holds_number
from statsbidrag.terms.written_days import read_day

NUMBER_REFUSED = (
    "Det såg ut som ett personnummer och är borttaget. Skriv det nummer som bara er enhet känner barnet under."
)
_USUAL = ("nurse", "social_services")
_IN_A_RULE = re.compile(r"kva_codes has ([A-ZÅÄÖ]+[0-9]+)")
_LONGEST_NUMBER = 40


class WithoutNumbers(Form):
    """A form that forgets a personal number at once: it is not shown again, stored or logged."""

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        self.scrubbed: list[str] = []
        if data is not None:
            data = data.copy()
            for name in list(data):
                if any(holds_number(str(text)) for text in data.getlist(name)):
                    self.scrubbed.append(name)
                    data.setlist(name, [])
        super().__init__(data, *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Says where something was taken away."""
        for name in self.scrubbed:
            where = name if name in self.fields else None
            if where:
                self.errors.pop(where, None)
            self.add_error(where, NUMBER_REFUSED)
        return self.cleaned_data

    def say(self, fault: Fault, field: str | None = None) -> None:
        """Shows each fault at the field that it is about, where there is one."""
        for one in fault.faults if isinstance(fault, Faults) else (fault,):
            super().say(one, one.where if one.where in self.fields else field)


class VisitForm(WithoutNumbers):
    """One visit, as a clinic writes it."""

    date = forms.CharField(label="Besöksdag", max_length=30, error_messages={"required": "Skriv besöksdagen."})
    child = forms.CharField(label="Barnets lokala nummer", max_length=_LONGEST_NUMBER, required=False)
    child_months = forms.CharField(label="Ålder i månader", max_length=4, required=False)
    before_birth = forms.BooleanField(label="Besöket var före födseln", required=False)
    place = forms.ChoiceField(label="Besöket är", error_messages={"required": "Välj vilket slags besök det var."})
    professions = forms.MultipleChoiceField(label="Vilka gjorde besöket?", required=False)
    coded = forms.BooleanField(required=False)
    municipality = forms.ChoiceField(label="Kommun vars socialtjänst var med", required=False)
    others = forms.MultipleChoiceField(label="Fler som var med", required=False)
    contacts = forms.MultipleChoiceField(label="Kontakt togs med", required=False)
    family = forms.CharField(label="Familjens lokala nummer", max_length=_LONGEST_NUMBER, required=False)
    other_funding = forms.BooleanField(label="Annat offentligt stöd betalar besöket", required=False)

    def __init__(self, *args: Any, scheme: Scheme, same_as: Visit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.same_as, self.codes = same_as, codes_asked(scheme)
        columns = {column.id: column for column in rules.book().visit_columns.columns}
        professions = columns["professions"].options
        self._set("place", columns["place"].options.items())
        self._set("professions", ((id, professions[id]) for id in _USUAL))
        self._set("others", ((id, text) for id, text in professions.items() if id not in _USUAL))
        self._set("contacts", columns["contacts"].options.items())
        self._set("municipality", [("", "Ingen"), *_municipalities(scheme.region)])
        coding = scheme.visit_pay.coding if scheme.visit_pay else None
        self.fields["coded"].label = coding.coded.says if coding else ""

    def clean_date(self) -> day:
        """Reads the day, however it is written."""
        read = read_day(self.cleaned_data["date"].strip())
        if read is None:
            raise forms.ValidationError("Det är inget datum. Skriv till exempel 2025-10-01.")
        return read

    def clean_child(self) -> str:
        """Asks for the number where the child is not known."""
        number = str(self.cleaned_data["child"]).strip()
        if not number and self.same_as is None:
            raise forms.ValidationError("Skriv barnets lokala nummer.")
        return number

    def clean(self) -> dict[str, Any]:
        """Reads the age: whole months, below 0 before birth."""
        cleaned = super().clean()
        written, before = str(cleaned.get("child_months", "")).strip(), cleaned.get("before_birth")
        if before and not written:
            cleaned["child_months"] = -1
        elif not written.isdecimal() or (before and not int(written)):
            self.add_error("child_months", "Skriv åldern i hela månader, 0 för ett nyfött barn.")
        else:
            cleaned["child_months"] = -int(written) if before else int(written)
        if not cleaned.get("professions") and not cleaned.get("others"):
            self.add_error("professions", "Välj vilka som gjorde besöket.")
        return cleaned

    def written(self) -> WrittenVisit:
        """Gives the visit as it was written."""
        said = self.cleaned_data
        together = "social_services" in said["professions"]
        return WrittenVisit(
            said["date"],
            said["child_months"],
            said["place"],
            (*said["professions"], *said["others"]),
            self.codes if said["coded"] else (),
            child=said["child"],
            family=said["family"],
            municipality=said["municipality"] if together else "",
            contacts=tuple(said["contacts"]),
            other_funding="yes" if said["other_funding"] else "",
            same_as=self.same_as,
        )

    def _set(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class RemovalForm(PlainForm):
    """Why a visit is removed; asked where another clinic has it too."""

    why = forms.CharField(label="Varför är besöket inte enhetens?", max_length=300, required=False)


def as_filled(visit: Visit, codes: tuple[str, ...]) -> dict[str, Any]:
    """Gives what the form of a visit holds when it is to be altered."""
    professions = visit.professions.split(BETWEEN_CODES)
    return {
        "date": visit.date.isoformat(),
        "child_months": str(abs(visit.child_months)),
        "before_birth": visit.child_months < 0,
        "place": visit.place,
        "professions": [one for one in professions if one in _USUAL],
        "others": [one for one in professions if one not in _USUAL],
        "coded": bool(codes) and set(codes) <= set(visit.kva_codes.split(BETWEEN_CODES)),
        "municipality": visit.municipality,
        "contacts": visit.contacts.split(BETWEEN_CODES) if visit.contacts else [],
        "other_funding": visit.other_funding == "yes",
    }


def usual(today: day, year: int, municipality: str) -> dict[str, Any]:
    """Gives what a new visit is filled in with: today, by a nurse and social services, beyond the ordinary.

    On the pages of another year there is no day to begin with.
    """
    return {
        "date": today.isoformat() if today.year == year else "",
        "place": "extra",
        "professions": list(_USUAL),
        "municipality": municipality,
    }


def codes_asked(scheme: Scheme) -> tuple[str, ...]:
    """Gives the codes that the scheme asks for of a visit with social services; none where it asks for none."""
    coding = scheme.visit_pay.coding if scheme.visit_pay else None
    return tuple(_IN_A_RULE.findall(coding.coded.rule.value)) if coding else ()


def _municipalities(region: str) -> list[tuple[str, str]]:
    """The municipalities of the region's own county."""
    everyone = rules.recipients()
    county = everyone[region].county_code
    return [
        (one.code, one.name) for one in everyone.values() if one.kind == "municipality" and one.county_code == county
    ]
