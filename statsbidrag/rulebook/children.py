"""Does a children table fit a round: the year and the area division that it counts by, and every municipality?"""

from collections.abc import Iterable

from statsbidrag.cycle import AllocationRules, ChildrenTable
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.parties import Recipient


def fitting(table: ChildrenTable, rules: AllocationRules, recipients: Iterable[Recipient]) -> ChildrenTable:
    """Gives the table back when the round can count by it.

    Raises Fault where it is of another year or area division than the round's, where a municipality is missing, also
    in a round that gives municipalities nothing, since its region counts the children there, or where one is unknown.
    """
    for says, has, wanted in (
        ("befolkningen", table.population_year, rules.population_year.value),
        ("områdena", table.area_vintage, rules.area_vintage.value),
    ):
        if has != wanted:
            why = f"I tabellen är {says} från {has}, men omgången räknar med {wanted}."
            raise Fault(table.file, why, "Ange en tabell som passar, eller ändra omgångens regler.")
    known = {one.code: one.name for one in recipients if one.kind == "municipality"}
    for code in table.by_municipality:
        if code not in known:
            raise Fault(table.file, f"Kommunen {code} finns inte bland mottagarna.", "Ta bort raden eller rätta koden.")
    for code, name in known.items():
        if code not in table.by_municipality:
            raise Fault(
                table.file,
                f"{name} ({code}) saknas i tabellen över barn.",
                "Lägg till kommunen; skriv 0 om där inte bor några barn.",
            )
    return table
