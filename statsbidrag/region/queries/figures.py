"""The figures that a region's house can release to the reports: from its visits, its book and its plan."""

from collections.abc import Iterator, Mapping
from datetime import date

import ibis

from statsbidrag.cycle.regional_book import RegionalBook
from statsbidrag.cycle.register_figures import Figure, Figures, RegisteredVisit, of_programme, released, tallied
from statsbidrag.cycle.scheme import Scheme
from statsbidrag.cycle.visits import BETWEEN_CODES
from statsbidrag.exchange.settlement.settling import Settlement
from statsbidrag.portal import rules
from statsbidrag.region.models import Offer, SupportApplication
from statsbidrag.region.queries.book import book_of
from statsbidrag.region.queries.settling import settled_visits

_PLANNED = "visits_planned"


def figures_of(scheme: Scheme) -> Mapping[str, Figures]:
    """Gives what may leave the house of a region's year, by recipient: the region and its municipalities.

    Visits that other public support pays are left out (§ 3). What was planned and used is the region's own alone.
    """
    small = rules.book().small_numbers
    with settled_visits(scheme, date(scheme.year, 12, 31)) as settlement:
        visits = list(_extended(settlement)) if settlement else []
    by_code = released(*tallied(visits), small)
    own = _of_region(scheme, book_of(scheme.region, scheme.year), some=bool(by_code[""].get("families")))
    figures = {scheme.region: {**by_code.pop(""), **of_programme(scheme.programme), **own}}
    for code, told in by_code.items():
        figures[f"municipality-{code}"] = {**told, **(of_programme(scheme.programme) if told else {})}
    return {key: told for key, told in figures.items() if key in rules.recipients()}


def _extended(settlement: Settlement) -> Iterator[RegisteredVisit]:
    """Every extended visit that the grant may pay, counted once."""
    lines, judge = settlement.lines, settlement.judge
    table = judge.with_conditions(lines)
    asked = table.filter(judge.chargeable(table) & (table.status == "counted"))
    family = ibis.coalesce(asked.family.nullif(""), asked.child)
    rows = asked.select(asked.clinic, asked.municipality, asked.child_months, asked.contacts, family=family)
    for batch in settlement.engine.batches(rows, "Räknar besök"):
        for clinic, municipality, months, contacts, of_family in batch:
            found = frozenset(contacts.split(BETWEEN_CODES)) if contacts else frozenset[str]()
            yield RegisteredVisit(clinic, of_family, municipality or "", months, found)


def _of_region(scheme: Scheme, book: RegionalBook, *, some: bool) -> Figures:
    """What the region's own book and plan say; ``some`` tells whether the register has figures to follow up by."""
    used = book.total("reported") + book.of("paid", "visit_pay")
    figures: Figures = {}
    if used:
        figures["used"] = Figure(used, None, "Redovisat av mottagarna, och utbetald rörlig ersättning, i regionens bok")
    if book.of("paid", "visit_pay"):
        figures["efforts"] = Figure(["delivery"], None, "Rörlig ersättning har betalats ut")
    planned = _planned(scheme)
    if planned:
        figures["planned"] = Figure(planned, None, "Planerade utökade hembesök i enheternas inskickade planer")
    if some:
        figures["measures"] = Figure(_measures(scheme), None, "De mått som besöksregistret kan ge")
    return figures


def _planned(scheme: Scheme) -> int:
    sent = SupportApplication.objects.filter(
        clinic__region=scheme.region, year=scheme.year, sent__isnull=False, withdrawn=None
    )
    answers = (each.get(_PLANNED, "") for each in sent.values_list("answers", flat=True))
    return sum(int(answer) for answer in answers if str(answer).isdigit())


def _measures(scheme: Scheme) -> list[str]:
    measures = ["visits", "visits_per_family", "two_professions"]
    if Offer.objects.filter(region=scheme.region, year=scheme.year).exists():
        measures += ["taking_part", "declining"]
    return measures
