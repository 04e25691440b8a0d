"""The files of visits that have been handed in, and how the columns of earlier ones were read."""

from statsbidrag.cycle.visit_mapping import VisitMapping
from statsbidrag.portal import rules
from statsbidrag.region.models import Clinic, ColumnMapping, VisitFile

# Those that a job is at work on, or should be.
AT_WORK = ("checking", "keeping")


def files_of(region: str, year: int, clinic: Clinic | None = None) -> list[VisitFile]:
    """Gives the files of a region's year, or of one clinic, the newest first; without the rows that were refused."""
    found = VisitFile.objects.filter(region=region, year=year)
    if clinic:
        found = found.filter(clinic=clinic)
    return list(found.select_related("clinic").defer("refusals", "says").order_by("-id"))


def file_of(region: str, year: int, number: int, clinic: Clinic | None = None) -> VisitFile | None:
    """Gives one of them, or None where there is none with that number."""
    found = VisitFile.objects.filter(region=region, year=year, pk=number).select_related("clinic").defer("refusals")
    return (found.filter(clinic=clinic) if clinic else found).first()


def same_file(region: str, year: int, sha256: str) -> VisitFile | None:
    """Gives the file with the same content that has been handed in already, or None."""
    return VisitFile.objects.filter(region=region, year=year, sha256=sha256).exclude(state="refused").first()


def is_storing(region: str, year: int) -> bool:
    """Tells whether some file is being stored just now; sums are then of a part of it."""
    return VisitFile.objects.filter(region=region, year=year, state="keeping").exists()


def remembered_mapping(region: str, clinic: Clinic | None = None) -> VisitMapping:
    """Gives what the region has chosen for the columns and words of its files so far; the latest choice counts.

    For a clinic's own file what the clinic has chosen counts before that; it never counts in any other file.
    """
    columns: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    kept = ColumnMapping.objects.filter(region=region).order_by("at", "id")
    chosen = [*kept.filter(clinic=None), *(kept.filter(clinic=clinic) if clinic else ())]
    for row in chosen:
        one = VisitMapping.from_dict(row.mapping)
        columns |= one.columns
        for column, known in one.words.items():
            words.setdefault(column, {}).update(known)
    return VisitMapping(columns, words)


def municipalities() -> dict[str, str]:
    """Gives the name of every municipality by its code."""
    return {one.code: one.name for one in rules.recipients().values() if one.kind == "municipality"}
