"""A clinic's application for fixed support as it stands: its form, its answers, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from statsbidrag.cycle import Outcome, work_through
from statsbidrag.cycle.form import Form
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import rules
from statsbidrag.region.models import Clinic, Meeting, SupportApplication, SupportDecision

SupportState = Literal["none", "draft", "sent", "granted", "refused"]
SUPPORT_STATES: dict[SupportState, tuple[str, str]] = {
    "none": ("Inte sökt", "neutral"),
    "draft": ("Utkast, inte inskickad", "wait"),
    "sent": ("Inskickad, väntar på beslut", "wait"),
    "granted": ("Beviljad", "good"),
    "refused": ("Avslagen", "bad"),
}


@dataclass(frozen=True)
class SupportStanding:
    """Where a clinic stands with fixed support in a year.

    row        the application that stands, or None where there is none or it was withdrawn
    form       what the scheme asks in an application; None where it asks nothing
    answers    just as written, by question; while it is a draft only the clinic sees them
    """

    clinic: Clinic
    row: SupportApplication | None
    form: Form | None
    decision: SupportDecision | None = None
    meetings: tuple[Meeting, ...] = ()

    @property
    def answers(self) -> Mapping[str, str | list[str]]:
        """What is written so far."""
        return self.row.answers if self.row else {}

    @property
    def state(self) -> SupportState:
        """How far it has come."""
        if self.decision:
            return "granted" if self.decision.granted else "refused"
        if self.row is None:
            return "none"
        return "sent" if self.row.sent else "draft"

    @property
    def words(self) -> tuple[str, str]:
        """The state in words, and the tone that it is shown in."""
        return SUPPORT_STATES[self.state]

    @cached_property
    def outcome(self) -> Outcome:
        """What the answers come to: what shows, what is missing, what is wrong."""
        assert self.form is not None, "an application has a form"
        return work_through(self.form, {"clinic": self.clinic.name} if _knows_clinic(self.form) else {}, self.answers)

    def with_answers(self, answers: Mapping[str, str | list[str]]) -> "SupportStanding":
        """Gives it as it stands when this is what is written."""
        assert self.row is not None, "there is an application to write in"
        row = SupportApplication(
            clinic=self.clinic, year=self.row.year, answers=dict(answers), version=self.row.version
        )
        return replace(self, row=row)


@cache
def support_form(scheme_form: str) -> Form:
    """Gives the form of an application by its name in the scheme; read once."""
    return rules.book().form(scheme_form)


def support_of(scheme: Scheme, clinic: Clinic) -> SupportStanding:
    """Gives where a clinic stands in a scheme's year."""
    found = SupportApplication.objects.filter(clinic=clinic, year=scheme.year, withdrawn=None)
    row = found.select_related("decision", "document").first()
    return _standing(scheme, clinic, row, tuple(clinic.meetings.filter(day__year__gte=scheme.year)))


def applications(scheme: Scheme) -> list[SupportStanding]:
    """Gives the applications of a region's year that have been sent in; those that wait for a decision come first."""
    sent = SupportApplication.objects.filter(
        clinic__region=scheme.region, year=scheme.year, withdrawn=None, sent__isnull=False
    )
    rows = sent.select_related("clinic", "decision", "document").order_by("sent")
    found = [_standing(scheme, row.clinic, row) for row in rows]
    return sorted(found, key=lambda one: one.decision is not None)


def withdrawn_of(clinic: Clinic, year: int) -> list[SupportApplication]:
    """Gives the applications that a clinic has withdrawn after it sent them in."""
    return list(SupportApplication.objects.filter(clinic=clinic, year=year, withdrawn__isnull=False))


def _standing(
    scheme: Scheme, clinic: Clinic, row: SupportApplication | None, meetings: tuple[Meeting, ...] = ()
) -> SupportStanding:
    asked = scheme.fixed_support.form if scheme.fixed_support else ""
    decision = getattr(row, "decision", None) if row else None
    return SupportStanding(clinic, row, support_form(asked) if asked else None, decision, meetings)


def _knows_clinic(form: Form) -> bool:
    return any(field.id == "clinic" for field in form.background)
