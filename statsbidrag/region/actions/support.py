"""A clinic applies for fixed support: the plan is written together, sent in by its head, and may be withdrawn."""

from collections.abc import Mapping
from datetime import datetime

from statsbidrag.cycle.scheme import Scheme
from statsbidrag.portal import access
from statsbidrag.portal.access import Visitor, clinic_key
from statsbidrag.region import clinic_papers
from statsbidrag.region.actions import diary
from statsbidrag.region.actions.clinic_mail import tell_clinic
from statsbidrag.region.models import Clinic, SupportApplication
from statsbidrag.region.plain_text import without_numbers
from statsbidrag.region.queries.support import SupportStanding, support_of
from statsbidrag.region.writing import writing
from statsbidrag.terms.dates import day_in_words, day_of_arrival
from statsbidrag.terms.faults import Fault, Faults

_WHERE = "ansökan om fast ersättning"


class ApplicationChanged(Fault):
    """That a colleague has saved something else meanwhile; carries the application, so that both can be shown."""

    def __init__(self, row: SupportApplication) -> None:
        why = f"{row.changed_by} har sparat ansökan medan du hade den framme."
        super().__init__(_WHERE, why, "Jämför, och välj vad som ska gälla.")
        self.row = row


def begin_application(visitor: Visitor | None, scheme: Scheme, clinic: Clinic, now: datetime) -> SupportApplication:
    """Opens a clinic's application, or gives the one that is open. Raises Fault where there is nothing to apply for."""
    writer = access.require(visitor, "act for clinic", _key(clinic))
    with writing():
        standing = support_of(scheme, clinic)
        if standing.form is None:
            raise Fault(_WHERE, "Regionens ordning har ingen ansökan om fast ersättning.", "Ni behöver inte söka.")
        if clinic.closed:
            raise Fault(_WHERE, "Enheten är stängd i registret.", "Hör av er till regionens planerare.")
        return standing.row or SupportApplication.objects.create(
            clinic=clinic, year=scheme.year, changed=now, changed_by=writer.name
        )


def save_answers(
    visitor: Visitor | None,
    scheme: Scheme,
    clinic: Clinic,
    answers: Mapping[str, str | list[str]],
    *,
    version: int,
    now: datetime,
) -> int:
    """Keeps what is written, whatever is wrong with it, and gives the new version.

    ``version`` is the one that the visitor began with. Raises ApplicationChanged where a colleague has saved something
    else since then, and Fault where it is sent in or something in it looks like a personal number.
    """
    writer = access.require(visitor, "act for clinic", _key(clinic))
    with writing():
        row = _open(support_of(scheme, clinic))
        for text in (each for given in answers.values() for each in (given if isinstance(given, list) else [given])):
            without_numbers(text, _WHERE)
        if answers == row.answers:
            return row.version
        if version != row.version:
            raise ApplicationChanged(row)
        row.answers, row.version = dict(answers), row.version + 1
        row.changed, row.changed_by = now, writer.name
        row.save(update_fields=["answers", "version", "changed", "changed_by"])
        return row.version


def send_application(
    visitor: Visitor | None, scheme: Scheme, clinic: Clinic, now: datetime, *, version: int
) -> SupportApplication:
    """Sends the application in, as it was read: it is entered in the region's diary and the clinic gets a receipt.

    Raises Fault where a colleague has changed it since, and Faults for all that is missing or wrong.
    """
    head = access.require(visitor, "sign for clinic", _key(clinic))
    with writing():
        standing = support_of(scheme, clinic)
        row = _open(standing)
        if version != row.version:
            raise ApplicationChanged(row)
        _refuse_unfinished(standing)
        case = diary.clinic_case(clinic, scheme.year, now)
        row.sent, row.sent_by = now, head.name
        row.document = diary.enter(case, clinic_papers.application(standing, case, now), now, by=head.name)
        row.save(update_fields=["sent", "sent_by", "document"])
        receipt = clinic_papers.application_receipt(standing, scheme, row.document, now)
        diary.enter(case, receipt, now)
        day = day_in_words(day_of_arrival(now))
        says = (
            f"Vi har tagit emot ansökan om fast ersättning från {clinic.name}. Den kom in den {day} och har "
            f"diarienummer {case.number}.",
            "Mottagningsbeviset finns i e-tjänsten. Ni får ett skriftligt beslut.",
        )
        tell_clinic(clinic, "Vi har tagit emot er ansökan om fast ersättning", says, now)
        return row


def withdraw_application(visitor: Visitor | None, scheme: Scheme, clinic: Clinic, now: datetime) -> None:
    """Withdraws an application before it is decided; one that was never sent in is thrown away."""
    head = access.require(visitor, "sign for clinic", _key(clinic))
    with writing():
        standing = support_of(scheme, clinic)
        row = standing.row
        if row is None or standing.decision:
            raise Fault(_WHERE, "Det finns ingen ansökan att återkalla.", "Läs in sidan igen.")
        if not row.sent:
            row.delete()
            return
        row.withdrawn = now
        row.save(update_fields=["withdrawn"])
        case = diary.clinic_case(clinic, scheme.year, now)
        diary.enter(case, clinic_papers.withdrawal(clinic, scheme.year), now, by=head.name)
        tell_clinic(clinic, "Ansökan om fast ersättning är återkallad", ("Ni har återkallat ansökan.",), now)


def _key(clinic: Clinic) -> str:
    return clinic_key(clinic.region, clinic.number)


def _open(standing: SupportStanding) -> SupportApplication:
    """The application that may be written in; raises Fault where there is none or it is sent in."""
    if standing.row is None:
        raise Fault(_WHERE, "Ansökan finns inte längre.", "Börja om från enhetens skrivbord.")
    if standing.row.sent:
        raise Fault(_WHERE, "Ansökan är redan inskickad.", "Återkalla den om något ska ändras, och sök igen.")
    return standing.row


def _refuse_unfinished(standing: SupportStanding) -> None:
    outcome = standing.outcome
    fields = outcome.form.by_id()
    faults = [
        *outcome.mistakes.values(),
        *(Fault(fields[id].label, f"Svar saknas: {fields[id].label}.", "Besvara frågan.") for id in outcome.missing),
        *(Fault(fields[check.at[0]].label, check.says, "Rätta svaret.") for check in outcome.fired("error")),
    ]
    if faults:
        raise Faults(faults)
