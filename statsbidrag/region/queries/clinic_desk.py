"""What a clinic has to do now and where it stands: its support, its application, its report and its statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.region.models import Clinic, GrantedSupport, RegionYear, StatementPaper, Visit
from statsbidrag.region.queries.clinics import registered
from statsbidrag.region.queries.line_reports import Reporter, clinic_reporter
from statsbidrag.region.queries.support import SupportStanding, support_of

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Due:
    """One thing for a clinic to do: what, on which of its pages, and by when where there is a last day."""

    what: str
    page: str
    by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ClinicDesk:
    """A clinic's year as its own desk shows it.

    may_apply    whether it may have fixed support, asked only where it has not applied; None where that cannot be told
    statements   the latest statements, the newest first
    visits       how many visits stand in the register this year
    """

    clinic: Clinic
    may_apply: bool | None
    support: GrantedSupport | None
    application: SupportStanding
    reporter: Reporter | None
    statements: tuple[StatementPaper, ...]
    visits: int

    def due(self, today: date, *, signs: bool) -> list[Due]:
        """Gives what there is to do, what has a last day first; ``signs`` is whether the visitor may send in."""
        found = [*self._report(today), *self._application(signs=signs)]
        return sorted(found, key=lambda each: each.by or date.max)

    def _application(self, *, signs: bool) -> Iterator[Due]:
        standing = self.application
        if standing.state == "draft":
            whole = not (standing.outcome.missing or standing.outcome.mistakes)
            if whole and signs:
                yield Due("Skicka in ansökan om fast ersättning", "application_check")
            elif whole:
                note = "Ansökan är klar. Verksamhetschefen skickar in den."
                yield Due("Läs igenom ansökan om fast ersättning", "application_check", note=note)
            else:
                yield Due("Skriv klart ansökan om fast ersättning", "own_application")
        elif standing.state == "none" and standing.form and self.may_apply is not False and not self._decided:
            yield Due(
                "Ansök om fast ersättning", "own_application", note="Ni uppfyller villkoren, så långt de är kända."
            )

    @property
    def _decided(self) -> bool:
        """Whether it has support by a decision already, or is closed and may not apply."""
        return self.clinic.closed is not None or (self.support is not None and self.support.decision_id is not None)

    def _report(self, today: date) -> Iterator[Due]:
        reporter = self.reporter
        if reporter is None or reporter.latest:
            return
        last_day = reporter.asked.last_day.value
        note = "Sista dagen har varit. Redovisa så snart ni kan." if today > last_day else ""
        yield Due(f"Redovisa till {reporter.asked.receiver.value}", "clinic_report", last_day, note)


def clinic_desk_of(begun: RegionYear, scheme: Scheme, clinic: Clinic) -> ClinicDesk:
    """Gives a clinic's year."""
    papers = StatementPaper.objects.filter(clinic=clinic, run__year=scheme.year)
    application = support_of(scheme, clinic)
    may_still_apply = application.state == "none" and application.form is not None
    return ClinicDesk(
        clinic=clinic,
        may_apply=registered(scheme, clinic).may_apply if may_still_apply else None,
        support=GrantedSupport.objects.filter(clinic=clinic, year=scheme.year, replaced=False).first(),
        application=application,
        reporter=clinic_reporter(begun, scheme, clinic),
        statements=tuple(papers.select_related("run").order_by("-run__number")[:_SHOWN]),
        visits=Visit.objects.filter(region=clinic.region, year=scheme.year, clinic=clinic, replaced=False).count(),
    )
