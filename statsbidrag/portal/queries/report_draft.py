"""The draft of a report as its own people see it: its pages, how far it has come, and what it comes to.

Only the recipient's own pages and deeds ask here; the agency never does (adm-02).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db import connection

from statsbidrag.cycle import Outcome, Report, work_through
from statsbidrag.cycle.form import Form, Page
from statsbidrag.cycle.step_7_prefill import Change, Prefilled, unexplained
from statsbidrag.cycle.step_7_submission import SHORT_PATH
from statsbidrag.cycle.step_7_versions import Certificate, State
from statsbidrag.portal import rules
from statsbidrag.portal.models import CompletionRequest, DraftEvent, DraftPage, ReportDraft
from statsbidrag.portal.queries.prepared import ID, RECIPIENT, TEXT, YEAR, Prepared, PreparedObjects
from statsbidrag.portal.queries.reports import as_prefilled, form_of, version_of
from statsbidrag.portal.queries.reports import versions as received
from statsbidrag.terms.faults import Fault

# The page of a draft that holds the comments on warnings; it is the page where the answers are checked.
CHECK = "check"

_DRAFT = PreparedObjects[ReportDraft](
    lambda: ReportDraft.objects.filter(year=YEAR, recipient=RECIPIENT).select_related("completes")
)
_KEPT = ("page", "answers", "reasons", "notes", "version", "changed", "changed_by__name")
_PAGES = Prepared(lambda: DraftPage.objects.filter(draft=ID).values_list(*_KEPT))
_PAGE = PreparedObjects[DraftPage](lambda: DraftPage.objects.filter(draft=ID, page=TEXT).select_related("changed_by"))
_DECLINED = PreparedObjects[DraftEvent](
    lambda: DraftEvent.objects.filter(draft=ID, kind="declined").order_by("-id").select_related("by")[:1]
)
_ASKED = PreparedObjects[CompletionRequest](
    lambda: CompletionRequest.objects.filter(
        report__year=YEAR, report__recipient=RECIPIENT, withdrawn=None, answers=None
    ).order_by("-id")[:1]
)


class KeptPage(NamedTuple):
    """What stands on one page of a draft, just as it was written, and who changed it last; see ``DraftPage``.

    Where its version is 0 nobody has: it has what was known when the report was opened.
    """

    page: str
    answers: Mapping[str, str | list[str]]
    reasons: Mapping[str, str]
    notes: Mapping[str, str]
    version: int = 0
    changed: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True)
class Standing:
    """A draft as it stands: its row, its pages by the form's ids, and what was known before it was opened.

    background   what the decision says and the register knows, read anew until the draft is locked
    """

    draft: ReportDraft
    form: Form
    pages: Mapping[str, KeptPage]
    background: Mapping[str, object]

    @cached_property
    def answers(self) -> dict[str, object]:
        """Everything answered so far, just as it was written."""
        return {id: answer for page in self.pages.values() for id, answer in page.answers.items()}

    @cached_property
    def outcome(self) -> Outcome:
        """What the answers come to now: what shows, what is missing, what is wrong."""
        signature = self.draft.certificate.get("signature", {})
        return work_through(self.form, self.background, {**self.answers, **signature})

    @property
    def state(self) -> State:
        """How far it has come."""
        return State(self.draft.state)

    @property
    def notes(self) -> dict[str, str]:
        """Comments on warnings, by check."""
        return dict(self.pages[CHECK].notes) if CHECK in self.pages else {}

    @property
    def reasons(self) -> dict[str, str]:
        """Why a prefilled value was changed, by field."""
        return {id: why for page in self.pages.values() for id, why in page.reasons.items()}

    @cached_property
    def prefilled(self) -> dict[str, Prefilled]:
        """What the sources said when it was opened, by field."""
        return as_prefilled(self.form, self.draft.prefilled)

    @property
    def unexplained(self) -> tuple[Change, ...]:
        """The prefilled values that have been changed without the reason that they need."""
        return unexplained(self.prefilled, self.outcome, self.reasons)

    @cached_property
    def shown_pages(self) -> tuple[Page, ...]:
        """The pages that the recipient fills in or reads, of those that show now; the signatory's are not there."""
        known = {**self.outcome.background, **self.outcome.values}
        shown = (page for page in self.form.pages if page.shown is None or page.shown.holds(known) is True)
        return tuple(page for page in shown if page.by == "recipient")

    def version(self, page: str) -> int:
        """Gives the version of one page; 0 where nothing has been saved on it."""
        return self.pages[page].version if page in self.pages else 0

    def with_page(self, page: str, answers: Mapping[str, str | list[str]], reasons: Mapping[str, str]) -> "Standing":
        """Gives the draft as it stands when this is what a page says."""
        kept = self.pages.get(page) or KeptPage(page, {}, {}, {})
        return replace(self, pages={**self.pages, page: kept._replace(answers=answers, reasons=reasons)})

    def report(self) -> Report:
        """Gives the draft as the steps know it, with every version that has come in."""
        draft = self.draft
        locked = self.outcome if self.state is not State.DRAFT else None
        return Report(
            draft=self.answers,
            notes=self.notes,
            prefilled=self.prefilled,
            reasons=self.reasons,
            state=self.state,
            locked=locked,
            certificate=certificate_of(draft.certificate) if self.state is State.CERTIFIED else None,
            versions=tuple(version_of(row) for row in received(draft.year, draft.recipient)),
            completion=draft.completes.says if draft.completes else "",
        )


def draft_row(year: int, recipient: str) -> ReportDraft | None:
    """Gives the row of a recipient's draft; within a deed nobody else changes it, since writers wait in line."""
    return _DRAFT.one({YEAR: year, RECIPIENT: recipient})


def draft_page(draft: ReportDraft, page: str) -> DraftPage | None:
    """Gives one page of a draft as it was last saved, or None where nothing has been."""
    return _PAGE.one({ID: draft.pk, TEXT: page})


def last_declined(draft: ReportDraft) -> DraftEvent | None:
    """Gives when the signatory last declined to certify a draft, with why; None where that has not happened."""
    return _DECLINED.one({ID: draft.pk})


def standing_draft(year: int, recipient: str) -> Standing | None:
    """Gives a recipient's draft, or None where there is none."""
    draft = draft_row(year, recipient)
    form = form_of(year)
    if draft is None or form is None:
        return None
    pages = {row[0]: KeptPage(*row) for row in _PAGES.rows({ID: draft.pk})}
    background = draft.background or {**background_of(year, recipient), SHORT_PATH: "yes" if draft.short_path else "no"}
    return Standing(draft, form, pages, background)


def require_draft(year: int, recipient: str) -> Standing:
    """Gives a recipient's draft; raises Fault where there is none."""
    found = standing_draft(year, recipient)
    if found is None:
        raise Fault("återrapporteringen", "Det finns inget utkast.", "Börja från er organisations sida.")
    return found


def certificate_of(kept: Mapping[str, Any]) -> Certificate:
    """Gives a certificate as it was stored in a draft."""
    return Certificate(
        kept["by"],
        kept["signed_in"],
        kept["delegation"],
        datetime.fromisoformat(kept["at"]),
        kept["fingerprint"],
        str(kept.get("attachment") or ""),
    )


def asked_completion(year: int, recipient: str) -> CompletionRequest | None:
    """Gives what the officer has asked for and nobody has answered yet, or None."""
    return _ASKED.one({YEAR: year, RECIPIENT: recipient})


def background_of(year: int, recipient: str) -> dict[str, object]:
    """Gives what is known before the form is opened: the party, its case, and the money that the ledger says was paid.

    What was withheld was never received, so ”granted” is what was paid of it.
    """
    party = rules.recipients()[recipient]
    number, paid, reallocated = paid_to(year, recipient)
    return {
        "recipient_name": party.name,
        "diary_number": number,
        "recipient_number": party.organisation_number,
        "recipient_kind": party.kind,
        "granted_by_decision": paid - reallocated,
        "reallocated_by_decision": reallocated,
        "municipalities_in_county": _municipalities(party.county_code),
    }


_PAID = """
SELECT COALESCE((SELECT number FROM portal_case WHERE year = %(y)s AND recipient = %(r)s AND kind = 'grant'), ''),
 COALESCE((SELECT SUM(CASE cause WHEN 'returned' THEN -kronor ELSE kronor END) FROM portal_ledgerentry
   WHERE year = %(y)s AND recipient = %(r)s AND cause IN ('paid', 'returned')), 0),
 COALESCE((SELECT SUM(kronor) FROM portal_ledgerentry
   WHERE year = %(y)s AND recipient = %(r)s AND cause = 'reallocated'), 0)
"""


def paid_to(year: int, recipient: str) -> tuple[str, int, int]:
    """Gives the number of a recipient's case, what has been paid to it and what of that was reallocated; kronor."""
    with connection.cursor() as cursor:
        cursor.execute(_PAID, {"y": year, "r": recipient})
        number, paid, reallocated = cursor.fetchone()
    return str(number), int(paid), min(int(paid), int(reallocated))


@cache
def _municipalities(county: str) -> int:
    """How many municipalities a county has."""
    return sum(one.kind == "municipality" and one.county_code == county for one in rules.recipients().values())
