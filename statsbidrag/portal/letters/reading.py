"""The reading copy of a round's report form: every question with its condition, as a PDF."""

from functools import cache

from django.conf import settings

from statsbidrag.exchange.letters.letterhead import Letterhead, sender_of
from statsbidrag.exchange.letters.reading_copy import ReadingCopy, pages_to_read
from statsbidrag.portal import rules
from statsbidrag.portal.letterhead import press
from statsbidrag.portal.queries.reports import form_of
from statsbidrag.terms.dates import day_in_words
from statsbidrag.terms.faults import Fault


@cache
def reading_copy(year: int) -> bytes:
    """Gives the reading copy (läsversion), set once; raises Fault where the round has no form."""
    form = form_of(year)
    if form is None:
        raise Fault(f"formuläret {year}", "Omgången har inget formulär.", "Välj en annan omgång.")
    until = rules.round_rules(year).report.last_day.value
    head = Letterhead(
        sender=sender_of(rules.book().agency),
        recipient=None,
        law=rules.law(year),
        year=year,
        dated=until,
        our_number="",
        document_number=0,
        made_up=settings.DEMONSTRATION,
    )
    note = f"Redovisningen ska ha kommit in till oss senast den {day_in_words(until)}."
    return press().render(ReadingCopy(head=head, title=form.title, note=note, pages=pages_to_read(form)))
