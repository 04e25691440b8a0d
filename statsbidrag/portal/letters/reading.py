"""The reading copy of a round's report form: every question with its condition, as a PDF."""

from functools import cache

from django.conf import settings

from statsbidrag.exchange.letters.letterhead import Letterhead, sender_of
from statsbidrag.exchange.letters.reading_copy import ReadingCopy, pages_to_read
from statsbidrag.portal import rules
from statsbidrag.portal.letterhead import press
from statsbidrag.portal.models import Case
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault


def reading_copy(year: int) -> bytes:
    """Gives the reading copy (läsversion), set once; raises Fault where the round has no form."""
    if form_of(year) is None:
        raise Fault(f"formuläret {year}", "Omgången har inget formulär.", "Välj en annan omgång.")
    number = Case.objects.filter(kind="round", year=year).values_list("number", flat=True).first()
    return _set(year, str(number or f"Omgång {year}"))


@cache
def _set(year: int, number: str) -> bytes:
    form = form_of(year)
    assert form is not None, "a round without a form has no reading copy"
    until = rules.round_rules(year).report.last_day.value
    head = Letterhead(
        sender=sender_of(rules.book().agency),
        recipient=None,
        law=rules.law(year),
        year=year,
        dated=until,
        our_number=number,
        document_number=1,
        made_up=settings.DEMONSTRATION,
    )
    note = f"Redovisningen ska ha kommit in till oss senast den {day_in_words(until)}."
    return press().render(ReadingCopy(head=head, title=form.title, note=note, pages=pages_to_read(form)))
