"""What the recipients of the demonstration report, as the play has them; who one can step in as reports itself."""

import random
from datetime import datetime

from statsbidrag.cycle.form import Form
from statsbidrag.play.answers import answered
from statsbidrag.play.stage import Stage
from statsbidrag.play.using import SIGNATORY, came_in, known_figures
from statsbidrag.portal import rules
from statsbidrag.portal.access import RoleKind, Visitor
from statsbidrag.portal.actions import report, report_draft
from statsbidrag.portal.actions.report import Signing
from statsbidrag.portal.actions.report_draft import Written
from statsbidrag.portal.actions.report_sending_out import send_form
from statsbidrag.portal.demonstration.cast import ISSUER, as_character
from statsbidrag.portal.demonstration.people import CHARACTERS
from statsbidrag.portal.demonstration.recipients import SEED
from statsbidrag.portal.models import Person, ReceivedReport, ReportDraft, Round
from statsbidrag.portal.queries.report_draft import CHECK, Standing, background_of
from statsbidrag.portal.queries.report_list import paid_in
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.portal.signing.subject import keyed_subject
from statsbidrag.portal.views.questions.asking import ids_of

_SITE = "http://127.0.0.1:8000/"
_CONFIRMED = "Uppgiften är kontrollerad och stämmer (påhittat)."
_DELEGATION = "Delegationsordningen punkt 3.2 (påhittad)"
_ROLES: tuple[RoleKind, ...] = ("agent", "signatory")


def send_out(year: int, moment: datetime) -> None:
    """Sends the form out, where the round has one and nobody has."""
    row = Round.objects.filter(pk=year, form_sent=None).first()
    if row and form_of(year) and paid_in(year):
        send_form(as_character("officer"), year, moment, site=_SITE)


def report_all(year: int, moment: datetime) -> None:
    """Sends in the reports that would have come by a moment; whose people one can step in as are left to them."""
    form = form_of(year)
    if form is None or not Round.objects.filter(pk=year, form_sent__isnull=False).exists():
        return
    stage = Stage(rules.book(), year, SEED)
    own = {recipient for character in CHARACTERS for _, recipient in character.roles}
    done = set(ReceivedReport.objects.filter(year=year).values_list("recipient", flat=True))
    begun = set(ReportDraft.objects.filter(year=year).values_list("recipient", flat=True))
    person = _somebody(moment)
    for recipient, paid in paid_in(year).items():
        behaviour = stage.behaviours[recipient]
        day = stage.moment(came_in(stage, recipient), 10)
        if behaviour.reports != "never" and day <= moment and recipient not in own | done | begun:
            _report(stage, form, _as(person, recipient), paid=paid, at=day)


def _report(stage: Stage, form: Form, who: Visitor, *, paid: int, at: datetime) -> None:
    """One recipient's report by the service's own deeds, from the first page to the last."""
    [recipient], year = who.recipients(), stage.year
    chance = random.Random(f"{stage.seed} {recipient} report")  # noqa: S311  # a play
    short = not stage.behaviours[recipient].used_part
    begun = report_draft.begin(who, year, recipient, at)
    if short:
        report_draft.choose_short_path(who, year, recipient, short=True)
    background = {**background_of(year, recipient), "nothing_used": "yes" if short else "no"}
    figures = known_figures(stage.behaviours[recipient], paid, chance)
    answers, outcome = answered(form, background, figures, chance)
    for page in form.pages:
        own = {one.id: _as_written(answers[one.id]) for one in ids_of(page) if one.id in answers}
        if own and page.by == "recipient":
            written = Written(own, {id: _CONFIRMED for id in own if begun.answers.get(id, own[id]) != own[id]})
            version = begun.version(page.id)  # what is known from elsewhere is filled in already
            report_draft.save_page(who, year, recipient, page.id, written=written, version=version, now=at)
    notes = {check.id: _CONFIRMED for check in outcome.fired("warning")}
    report_draft.save_page(who, year, recipient, CHECK, written=Written(notes=notes), version=0, now=at)
    locked = report.lock(who, year, recipient, at)
    report.certify(who, year, recipient, _signed(form, locked), now=at)
    report.submit(who, year, recipient, at, site=_SITE)


def _signed(form: Form, locked: Standing) -> Signing:
    said: dict[str, object] = {
        "signatory_name": SIGNATORY,
        "signatory_position": "förvaltningschef",
        "signatory_phone": "010-000 00 00",
        "signatory_email": "foretradare@exempel.se",
    }
    ticks = {id: True for id in form.signed_fields() if form.field(id).kind == "tick"}
    return Signing(said | ticks, _DELEGATION, locked.outcome.fingerprint)


def _somebody(moment: datetime) -> Person:
    """The person behind the reports of those that nobody can step in as."""
    made_up = {"name": "Kollega (påhittad)", "email": "kollega@exempel.se", "created": moment}
    return Person.objects.get_or_create(subject=keyed_subject(ISSUER, "a colleague"), defaults=made_up)[0]


def _as(person: Person, recipient: str) -> Visitor:
    return Visitor(person.pk, person.name, frozenset((kind, recipient) for kind in _ROLES))


def _as_written(answer: object) -> str | list[str]:
    return [str(each) for each in answer] if isinstance(answer, list | frozenset) else str(answer)
