"""Turns SCB's open statistics into a children table: children 0-5 in every municipality, and in exposed areas.

The open tables give no one-year ages below the municipality. Children in the exposed areas are therefore 0-4 plus a
fifth of 5-9, an estimate that says so.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from fractions import Fraction

from statsbidrag.cycle import AllocationRules, ChildrenTable, Count
from statsbidrag.exchange.scb import ScbTables, Yearly, read_scb
from statsbidrag.terms.faults import Fault
from statsbidrag.terms.kronor import round_to

AGES = "0–5 år"
_ONE_YEAR_AGES = ("0", "1", "2", "3", "4", "5")


def read_statistics(
    files: Mapping[str, bytes], rules: AllocationRules, municipalities: Mapping[str, str]
) -> ChildrenTable:
    """Gives children 0-5 per municipality, and in the round's area types, out of three tables from SCB.

    ``files`` are the tables by name, in any order; ``municipalities`` are all codes with their names. Children in
    exposed areas are rounded once per municipality, half away from zero, and never pass all its children.
    Raises Fault where a table is missing, incomplete, or of another year or area division than the round's.
    """
    if rules.ages.value != AGES:
        raise Fault(
            "omgångens regler, ages", f"SCB:s tabeller läses bara för {AGES}.", "Ange en egen barntabell som CSV."
        )
    year, exposed_types = rules.population_year.value, rules.area_types.value
    scb = read_scb(files, year)
    types = scb.area_types()
    counts = {}
    for code, own in _by_municipality(types, municipalities, scb.types.cube.where).items():
        by_age = [scb.people.people(code, age) for age in _ONE_YEAR_AGES]
        _check_sum(scb.areas, own, sum(by_age[:5]), municipalities[code])
        exposed = _estimate(scb.areas, [area for area in own if types[area] in exposed_types])
        counts[code] = Count(sum(by_age), min(sum(by_age), round_to(exposed)))
    return ChildrenTable(
        file=", ".join(files),
        estimate=True,
        note=_note(scb, rules, list(types.values()).count(None)),
        population_year=year,
        area_vintage=scb.vintage.name,
        by_municipality=counts,
    )


def as_children_csv(table: ChildrenTable, municipalities: Mapping[str, str]) -> bytes:
    """Writes a children table the way the rules' folder keeps it, its note and its facts in the first lines."""
    text = io.StringIO(newline="")
    text.write(f"# note: {table.note}\n# estimate: {'yes' if table.estimate else 'no'}\n")
    text.write(f"# population_year: {table.population_year}\n# area_vintage: {table.area_vintage}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("municipality_code", "municipality", "children", "exposed"))
    for code, count in sorted(table.by_municipality.items()):
        writer.writerow((code, municipalities[code], count.children, count.exposed))
    return text.getvalue().encode()


def _by_municipality(areas: Iterable[str], municipalities: Mapping[str, str], where: str) -> dict[str, list[str]]:
    """Every municipality with its areas; there is none without, and no area outside them."""
    found: dict[str, list[str]] = {code: [] for code in municipalities}
    for area in areas:
        if area[:4] not in found:
            raise Fault(where, f"Området {area} ligger i en okänd kommun.", "Kontrollera listan över mottagare.")
        found[area[:4]].append(area)
    without = [municipalities[code] for code, own in found.items() if not own]
    if without:
        also = f" och {len(without) - 3} till" if len(without) > 3 else ""
        raise Fault(where, f"Områden saknas för {', '.join(without[:3])}{also}.", "Hämta tabellen med alla områden.")
    return found


def _check_sum(areas: Yearly, own: Iterable[str], under_five: int, name: str) -> None:
    """Refuses areas that lack children; they need not agree exactly, since SCB blurs small figures for secrecy."""
    found = sum(areas.under_five(area) for area in own)
    if abs(found - under_five) > max(10, under_five // 20):
        raise Fault(
            areas.cube.where,
            f"{name} har {found} barn 0–4 år i sina områden men {under_five} i hela kommunen.",
            "Hämta båda tabellerna för samma år, med alla områden i den indelning som gällde då.",
        )


def _estimate(areas: Yearly, exposed: Iterable[str]) -> Fraction:
    """Children 0-5 in the areas, when only classes of five years are known: all under five and a fifth of 5-9."""
    return sum((areas.under_five(area) + Fraction(areas.five_to_nine(area), 5) for area in exposed), Fraction())


def _note(scb: ScbTables, rules: AllocationRules, untyped: int) -> str:
    exposed = " och ".join(map(str, rules.area_types.value))
    says = (
        f"Barn {AGES} är SCB:s folkmängd den 31 december {rules.population_year.value} per kommun. Barn i områdestyp "
        f"{exposed} är en egen uppskattning ur SCB:s folkmängd per område ({scb.vintage.name}): alla 0–4 år och en "
        "femtedel av 5–9 år, avrundat till hela barn per kommun och aldrig fler än kommunens alla barn."
    )
    return f"{says} Områdestyp saknas för {untyped} RegSO, som inte räknas dit." if untyped else says
