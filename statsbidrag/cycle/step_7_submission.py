"""Step 7, submission: a draft is locked, certified by the signatory and submitted, and may be opened again.

    draft → locked → certified → submitted → draft of the next version

Every deed gives a new report and leaves the old one as it was; what may not be done now raises Fault and says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from statsbidrag.cycle.form import Form
from statsbidrag.cycle.form_checks import Check
from statsbidrag.cycle.step_7_prefill import Prefilled, changes, first_draft, unexplained
from statsbidrag.cycle.step_7_report import Outcome, ReportRules, work_through
from statsbidrag.cycle.step_7_versions import Certificate, Report, State, Version
from statsbidrag.terms.faults import Fault, Faults

SHORT_PATH = "nothing_used"
LONGEST_NOTE = 1000
_WHERE = "återrapporteringen"
_NOW: dict[State, tuple[str, str]] = {
    State.DRAFT: ("Återrapporteringen är ett utkast.", "Gör den klar och lås den för godkännande."),
    State.LOCKED: ("Återrapporteringen är låst för godkännande.", "Godkänn den, eller lås upp den för att ändra."),
    State.CERTIFIED: ("Återrapporteringen är godkänd.", "Lämna in den, eller lås upp den för att ändra."),
    State.SUBMITTED: ("Återrapporteringen är inlämnad.", "Öppna en ny version för att ändra."),
}


def begin(prefilled: Mapping[str, Prefilled]) -> Report:
    """Opens a recipient's report as a draft, filled in with what is already known."""
    return Report(draft=first_draft(prefilled), prefilled=prefilled)


def write(
    report: Report,
    answers: Mapping[str, object],
    *,
    notes: Mapping[str, str] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Report:
    """Writes answers into the draft, which keeps all the others, also those that do not show.

    notes     comments on warnings, by check; reasons why a prefilled value was changed, by field
    """
    _require(report, State.DRAFT)
    return replace(
        report,
        draft={**report.draft, **answers},
        notes={**report.notes, **(notes or {})},
        reasons={**report.reasons, **(reasons or {})},
    )


def lock(report: Report, rules: ReportRules, form: Form, background: Mapping[str, object]) -> Report:
    """Locks a finished draft, so that the signatory certifies exactly what is submitted.

    Raises Faults for all that stands in the way: missing and impossible answers, errors, warnings that are neither
    mended nor commented on, changed values that need a reason, and comments and reasons that are far too long.
    """
    _require(report, State.DRAFT)
    outcome = work_through(form, background, _unsigned(report, form))
    _refuse([*_short_path_not_offered(outcome, rules), *_unfinished(outcome), *_unexplained(report, outcome)])
    return replace(report, state=State.LOCKED, locked=outcome)


def decline(report: Report, reason: str) -> Report:
    """Sends a locked report back to those who wrote it, with the signatory's reason for not certifying it."""
    _require(report, State.LOCKED)
    if not reason.strip():
        raise Fault(_WHERE, "Skälet saknas.", "Skriv varför ni inte godkänner, så att svaren kan rättas.")
    return replace(_reopened(report), declined=(*report.declined, reason.strip()))


def certify(report: Report, signature: Mapping[str, object], certificate: Certificate) -> Report:
    """Certifies a locked report: the signatory's own answers are added, and the whole is fingerprinted.

    Raises Fault where the certificate does not name the point of the delegation order.
    """
    locked = _require(report, State.LOCKED).locked
    assert locked is not None, "a locked report keeps what was locked"
    if not certificate.delegation.strip():
        raise Fault(_WHERE, "Punkten i delegationsordningen saknas.", "Ange vilken punkt som ger rätt att godkänna.")
    signed = {id: answer for id, answer in signature.items() if id in locked.form.signed_fields()}
    outcome = work_through(locked.form, locked.background, {**_unsigned(report, locked.form), **signed})
    _refuse([*outcome.mistakes.values(), *_missing(outcome, outcome.missing)])
    certificate = replace(certificate, fingerprint=outcome.fingerprint)
    return replace(report, state=State.CERTIFIED, locked=outcome, certificate=certificate)


def submit(report: Report, rules: ReportRules, *, at: datetime, last_day: date | None = None) -> Report:
    """Hands in a certified report; it is received also when it is late, and every version is kept.

    at         the moment it came in, with its time zone
    last_day   the day that the recipient's decision states, which governs (§ 9); else the round's
    Comments and reasons go along where they still explain something; what they once explained is left behind.
    Raises Fault where the recipient has used all its submissions.
    """
    _require(report, State.CERTIFIED)
    assert report.locked is not None, "a certified report keeps what was certified"
    assert report.certificate is not None, "a certified report keeps its certificate"
    _require_left(report, rules)
    outcome = report.locked
    changed = [change.was.field for change in changes(report.prefilled, outcome)]
    version = Version(
        number=len(report.versions) + 1,
        outcome=outcome,
        certificate=report.certificate,
        came_in=at,
        last_day=last_day or rules.last_day.value,
        counts=not report.completion,
        notes={check.id: report.notes[check.id] for check in outcome.fired("warning") if check.id in report.notes},
        prefilled=report.prefilled,
        reasons={id: report.reasons[id] for id in changed if id in report.reasons},
    )
    return replace(report, state=State.SUBMITTED, versions=(*report.versions, version), completion="")


def reopen(report: Report, rules: ReportRules) -> Report:
    """Opens the report again as a draft filled in with its last answers; the certificate has to be given anew."""
    if report.state is State.SUBMITTED:
        _require_left(report, rules)
    return _reopened(report)


def ask_for_completion(report: Report, what: str) -> Report:
    """Opens a submitted report at the officer's request; the submission that follows does not count."""
    if not report.versions:
        raise Fault(_WHERE, "Inget är inlämnat ännu.", "Vänta med att begära komplettering.")
    if not what.strip():
        raise Fault(_WHERE, "Det saknas vad som ska kompletteras.", "Skriv vad mottagaren ska lägga till eller rätta.")
    opened = _reopened(report) if report.state is State.SUBMITTED else report
    return replace(opened, completion=what.strip())


def _unsigned(report: Report, form: Form) -> dict[str, object]:
    """The draft without what only the signatory can say, however it came to stand there."""
    signed = form.signed_fields()
    return {id: answer for id, answer in report.draft.items() if id not in signed}


def _reopened(report: Report) -> Report:
    return replace(report, state=State.DRAFT, locked=None, certificate=None)


def _require(report: Report, state: State) -> Report:
    if report.state is not state:
        raise Fault(_WHERE, *_NOW[report.state])
    return report


def _require_left(report: Report, rules: ReportRules) -> None:
    if not report.completion and report.left(rules) <= 0:
        raise Fault(
            _WHERE,
            f"Ni har lämnat in {rules.submissions.value} gånger, som är så många gånger ni får.",
            "Kontakta handläggaren, som kan begära en komplettering.",
        )


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise Faults(faults)


def _unfinished(outcome: Outcome) -> Iterator[Fault]:
    """Everything that the recipient, but not yet the signatory, has to mend."""
    signed = outcome.form.signed_fields()
    yield from outcome.mistakes.values()
    yield from _missing(outcome, tuple(id for id in outcome.missing if id not in signed))
    for check in outcome.fired("error"):
        yield _fault_of(outcome, check, "Rätta svaret.")


def _missing(outcome: Outcome, ids: tuple[str, ...]) -> Iterator[Fault]:
    fields = outcome.form.by_id()
    for id in ids:
        yield Fault(fields[id].label, "Svaret saknas.", "Besvara frågan; den är obligatorisk.")


def _unexplained(report: Report, outcome: Outcome) -> Iterator[Fault]:
    """Warnings without a comment, and changes of what the books or the visits say without a reason."""
    for check in outcome.fired("warning"):
        note = report.notes.get(check.id, "").strip()
        if not note:
            yield _fault_of(outcome, check, "Rätta svaret, eller bekräfta det med en kommentar.")
        yield from _too_long("Kommentaren", note, check.says)
    fields = outcome.form.by_id()
    for change in unexplained(report.prefilled, outcome, report.reasons):
        why = "Svaret skiljer sig från det som var ifyllt."
        yield Fault(fields[change.was.field].label, why, "Skriv varför, eller ta tillbaka ändringen.")
    for change in changes(report.prefilled, outcome):
        reason = report.reasons.get(change.was.field, "").strip()
        yield from _too_long("Skälet", reason, fields[change.was.field].label)


def _too_long(what: str, text: str, where: str) -> Iterator[Fault]:
    """A comment or a reason that is longer than anyone reads."""
    if len(text) > LONGEST_NOTE:
        yield Fault(where, f"{what} är {len(text)} tecken.", f"Korta texten till högst {LONGEST_NOTE} tecken.")


def _fault_of(outcome: Outcome, check: Check, remedy: str) -> Fault:
    return Fault(outcome.form.by_id()[check.at[0]].label, check.says, remedy)


def _short_path_not_offered(outcome: Outcome, rules: ReportRules) -> Iterator[Fault]:
    if outcome.background.get(SHORT_PATH) == "yes" and not rules.short_path.value:
        yield Fault(_WHERE, "Den korta vägen finns inte i den här omgången.", "Svara på formulärets alla frågor.")
