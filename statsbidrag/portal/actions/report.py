"""Step 7, submission: a draft is locked, certified by the signatory and sent in, and may be opened again (§ 10).

The receipt follows by itself when the deed is stored; see ``report_receipt``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from statsbidrag.cycle import Certificate
from statsbidrag.cycle import step_7_submission as steps
from statsbidrag.cycle.answers import in_words
from statsbidrag.cycle.ledger import Cause, Posting
from statsbidrag.cycle.step_7_versions import State, Version
from statsbidrag.portal import access, rules
from statsbidrag.portal.access import Visitor
from statsbidrag.portal.actions import diary, ledger
from statsbidrag.portal.actions.cases import grant_case
from statsbidrag.portal.actions.report_receipt import make_receipt
from statsbidrag.portal.jobs import order
from statsbidrag.portal.models import DraftEvent, ReceivedReport, ReportDraft
from statsbidrag.portal.papers import Paper
from statsbidrag.portal.queries.decisions import basis
from statsbidrag.portal.queries.ledger import own_balances
from statsbidrag.portal.queries.report_draft import Standing, require_draft
from statsbidrag.portal.queries.reports import as_stored, plainly
from statsbidrag.portal.storing import alter, remove, store
from statsbidrag.portal.writing import writing
from statsbidrag.terms.dates import day_of_arrival
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.made_up import MADE_UP


@dataclass(frozen=True, slots=True)
class Signing:
    """What the signatory, or the agent in its place, says when it certifies.

    signature    the answers on the signatory's pages, by field
    delegation   the point of the delegation order that gives the right to sign
    attachment   a signed approval, where the agent certifies for someone who cannot sign in
    fingerprint  of the answers that were shown, so that exactly those are certified
    """

    signature: Mapping[str, object]
    delegation: str
    fingerprint: str
    attachment: Paper | None = None


def lock(visitor: Visitor | None, year: int, recipient: str, now: datetime) -> Standing:
    """Locks a finished draft for the signatory. Raises Faults for everything that stands in the way."""
    writer = access.require(visitor, "fill in", recipient)
    with writing():
        found = require_draft(year, recipient)
        locked = steps.lock(found.report(), rules.round_rules(year).report, found.form, found.background)
        assert locked.locked is not None, "a locked report keeps what was locked"
        found.draft.state, found.draft.background = State.LOCKED, plainly(locked.locked.background)
        alter(found.draft, "state", "background")
        _note(found.draft, "locked", writer, now)
        return replace(found, background=found.draft.background)


def unlock(visitor: Visitor | None, year: int, recipient: str, now: datetime) -> None:
    """Opens a locked or certified draft again, to change something; the certificate has to be given anew."""
    writer = access.require(visitor, "fill in", recipient)
    with writing():
        found = require_draft(year, recipient)
        if found.state is not State.DRAFT:
            _open_again(found.draft)
            _note(found.draft, "unlocked", writer, now)


def decline(visitor: Visitor | None, year: int, recipient: str, reason: str, *, now: datetime) -> None:
    """Sends a locked draft back to those who wrote it, with the signatory's reason for not certifying it."""
    signatory = access.require(visitor, "certify", recipient)
    with writing():
        found = require_draft(year, recipient)
        steps.decline(found.report(), reason)
        _open_again(found.draft)
        _note(found.draft, "declined", signatory, now, says=reason.strip())


def certify(visitor: Visitor | None, year: int, recipient: str, signing: Signing, *, now: datetime) -> None:
    """Certifies a locked draft as its signatory. Raises Fault where it is another than the one that was shown."""
    signatory = access.require(visitor, "certify", recipient)
    _certify(signatory, year, recipient, signing, by="signatory", now=now)


def certify_for(visitor: Visitor | None, year: int, recipient: str, signing: Signing, *, now: datetime) -> None:
    """Certifies for a signatory who cannot sign in, as the agent or a deputy; an approval may go along (adm-20)."""
    agent = access.require(visitor, "submit", recipient)
    _certify(agent, year, recipient, signing, by="agent", now=now)


def submit(visitor: Visitor | None, year: int, recipient: str, now: datetime, *, site: str = "") -> ReceivedReport:
    """Sends in a certified report; it is received also when it is late, and every version is kept.

    ``site`` is our own address, for the link in the receipt that a new version is opened by.
    """
    sender = access.require(visitor, "submit", recipient)
    with writing():
        found = require_draft(year, recipient)
        certified = found.report()
        _refuse_changed(found, certified.certificate)
        sent = steps.submit(certified, rules.round_rules(year).report, at=now, last_day=basis(year).report_by)
        row = _receive(found, sent.versions[-1], sender, now)
        _post_used(row)
        remove(found.draft)
        order(make_receipt, row.pk, site)
        return row


def _certify(who: Visitor, year: int, recipient: str, signing: Signing, *, by: str, now: datetime) -> None:
    with writing():
        found = require_draft(year, recipient)
        report = found.report()
        if report.locked is not None and report.locked.fingerprint != signing.fingerprint:
            raise Fault(
                "återrapporteringen",
                "Svaren har ändrats sedan du läste dem.",
                "Läs igenom dem på nytt och godkänn sedan.",
            )
        certificate = Certificate(by, who.name, signing.delegation.strip(), now)  # type: ignore[arg-type]  # one of the two
        certified = steps.certify(report, signing.signature, certificate)
        assert certified.certificate is not None, "a certified report keeps its certificate"
        attachment = signing.attachment
        entered = diary.enter(grant_case(year, recipient, now), attachment, now, by=who.id) if attachment else None
        signed = {id: signing.signature[id] for id in found.form.signed_fields() if id in signing.signature}
        found.draft.state = State.CERTIFIED
        found.draft.certificate = {
            "by": by,
            "person": who.id,
            "signed_in": who.name,
            "delegation": signing.delegation.strip(),
            "at": now.isoformat(),
            "fingerprint": certified.certificate.fingerprint,
            "attachment": entered.pk if entered else None,
            "signature": signed,
        }
        alter(found.draft, "state", "certificate")
        _note(found.draft, "certified", who, now)


def _open_again(draft: ReportDraft) -> None:
    draft.state, draft.background, draft.certificate = State.DRAFT, {}, {}
    alter(draft, "state", "background", "certificate")


def _note(draft: ReportDraft, kind: str, who: Visitor, now: datetime, *, says: str = "") -> None:
    store(DraftEvent(draft=draft, kind=kind, at=now, by_id=who.id, says=says))


def _refuse_changed(found: Standing, certificate: Certificate | None) -> None:
    if certificate is not None and certificate.fingerprint != found.outcome.fingerprint:
        why = "Svaren är inte längre de som godkändes."
        raise Fault("återrapporteringen", why, "Lås upp den och låt behörig företrädare godkänna på nytt.")


def _receive(found: Standing, version: Version, sender: Visitor, now: datetime) -> ReceivedReport:
    draft, outcome = found.draft, version.outcome
    case = grant_case(draft.year, draft.recipient, now)
    document = diary.enter(case, _document(found, version), now, by=sender.id)
    used = outcome.values.get("used")
    return store(
        ReceivedReport(
            reference=f"{case.number}-{document.entry.number}",
            year=draft.year,
            recipient=draft.recipient,
            form=found.form.id,
            number=version.number,
            came_in=now,
            last_day=version.last_day,
            counts=version.counts,
            background=plainly(outcome.background),
            answers=plainly(outcome.values),
            shows=list(outcome.shows),
            measures={id: str(number) for id, number in outcome.measures.items()},
            fired=[check.id for check in outcome.checks],
            notes=dict(version.notes),
            prefilled=as_stored(version.prefilled, plainly({id: p.answer for id, p in version.prefilled.items()})),
            reasons=dict(version.reasons),
            fingerprint=outcome.fingerprint,
            used=used if isinstance(used, int) else None,
            certified=version.certificate.by,
            certified_by_id=draft.certificate["person"],
            certified_at=version.certificate.at,
            delegation=version.certificate.delegation,
            attachment_id=draft.certificate.get("attachment"),
            sent_by_id=sender.id,
            completes_id=draft.completes_id,
            document=document,
        )
    )


def _document(found: Standing, version: Version) -> Paper:
    """The report as it came in, as a document that both a person and a program can read."""
    draft, outcome = found.draft, version.outcome
    party, fields = rules.recipients()[draft.recipient], found.form.by_id()
    said = {
        **({"Obs": MADE_UP} if settings.DEMONSTRATION else {}),
        "Formulär": found.form.id,
        "Bidragsmottagare": party.name,
        "Kom in": version.came_in.isoformat(timespec="seconds"),
        "Svar nummer": version.number,
        "Fingeravtryck": outcome.fingerprint,
        "Svar": {id: {"fråga": fields[id].label, "svar": in_words(fields[id], v)} for id, v in outcome.values.items()},
        "Kommentarer": dict(version.notes),
        "Skäl till ändrade värden": dict(version.reasons),
    }
    return Paper(
        direction="in",
        about="report",
        party=party.name,
        matter=f"Återrapportering av statsbidrag {draft.year}, svar {version.number}",
        name=f"aterrapportering-{draft.year}-{draft.recipient}-{version.number}.json",
        content=json.dumps(said, ensure_ascii=False, indent=2).encode(),
        mime="application/json",
    )


def _post_used(row: ReceivedReport) -> None:
    """Books what the report says was used, as the difference from what is booked already.

    What is under claim already stays there: a later report cannot use it, and the officer sees the difference.
    """
    money = own_balances(row.year, row.recipient)
    booked = money["used"]
    difference = (row.used or 0) - booked
    cause: Cause = "used" if difference > 0 else "used less"
    kronor = min(abs(difference), money["paid"] if difference > 0 else booked)
    day = day_of_arrival(row.came_in)
    fingerprint = rules.fingerprint(row.year)
    ledger.post(row.year, [Posting(cause, row.recipient, kronor, row.reference, day, row.year, fingerprint)])
