"""A clinic's own statements: what it has been paid for its visits, and the papers that say so."""

from django.http import Http404, HttpResponse

from statsbidrag.exchange.hand_over import statement_table
from statsbidrag.portal import rules
from statsbidrag.portal.lists import ENDINGS, download
from statsbidrag.portal.middleware import Request
from statsbidrag.portal.views.papers import paper as as_file
from statsbidrag.portal.views.rendering import show
from statsbidrag.region.models import SettlementRun, StatementPaper
from statsbidrag.region.queries.settlements import lines_of, total
from statsbidrag.region.statements import statements_of
from statsbidrag.region.views.place import Place, clinic_place
from statsbidrag.terms.dates import MONTHS


def clinic_statements(request: Request, *, recipient: str, year: int) -> HttpResponse:
    """Shows a clinic's settlements, the newest first; one that is not handed over is the region's own yet."""
    place = clinic_place(recipient, year)
    assert place.clinic is not None, "the page is a clinic's"
    papers = StatementPaper.objects.filter(clinic=place.clinic, run__year=year).select_related("run")
    found = [(each.run, lines_of(each.run, place.clinic.pk)) for each in papers.order_by("-run__number")]
    return show(
        request,
        "region/settlement/statements.html",
        **place.shown,
        statements=[(run, lines, total(lines)) for run, lines in found],
        months=MONTHS,
    )


def clinic_statement(request: Request, *, recipient: str, year: int, number: int, ending: str) -> HttpResponse:
    """Gives a statement as the letter that was sent, or as a file."""
    place = clinic_place(recipient, year)
    paper = _paper(place, number)
    assert place.clinic is not None, "the page is a clinic's"
    if ending == "pdf":
        return as_file(paper.document)
    if ending not in ENDINGS:
        raise Http404
    [statement] = statements_of(paper.run, lines_of(paper.run, place.clinic.pk), place.scheme)
    table = statement_table(statement, rules.book().library.place)
    return download(table, f"avrakning-{year}-{number}", ENDINGS[ending], request.now.date())


def _paper(place: Place, number: int) -> StatementPaper:
    runs = SettlementRun.objects.filter(region=place.region, year=place.year, number=number)
    found = StatementPaper.objects.filter(run__in=runs, clinic=place.clinic)
    paper = found.select_related("run", "document__content").first()
    if paper is None:
        raise Http404
    return paper
