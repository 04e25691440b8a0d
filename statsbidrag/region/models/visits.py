"""Visits as the region keeps them: children and families only as keyed pseudonyms, and never outside this house."""

from typing import Literal, get_args

from django.db import models

# Being looked at; waits for someone to say what its columns are, or that its good rows are kept; being stored; stored;
# of no use, or thrown away.
FileState = Literal["checking", "mapping", "waiting", "keeping", "kept", "refused"]
FILE_STATES: tuple[FileState, ...] = get_args(FileState)
Outcome = Literal["offered", "accepted", "declined", "broken off"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_IN_USE = tuple(state for state in FILE_STATES if state != "refused")


class VisitFile(models.Model):
    """A file of visits that was handed in; the same file twice changes nothing.

    sha256    of the file as it came
    rows      all its rows; ``kept`` became visits, ``refused`` did not, ``same`` were here already
    refusals  the rows that could not be used, as the file that comes back to whoever sent it
    state     one of FILE_STATES
    done      how many rows are looked at, or stored, so far
    says      what was understood of it, or what is wrong; no value that could point someone out
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    clinic = models.ForeignKey("region.Clinic", models.PROTECT, null=True, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    rows = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    says = models.JSONField(default=dict)
    refusals = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "sha256"],
                condition=models.Q(state__in=_IN_USE),
                name="a_visit_file_is_handed_in_once",
            )
        ]


class ColumnMapping(models.Model):
    """How a region's or a clinic's extract names its columns and codes; mapped once and remembered.

    clinic   whose own files it is for; None where it is the region's, and for every file there
    header   the heading of the file, by which the mapping is found again
    mapping  as the formats write it
    """

    region = models.CharField(max_length=40)
    clinic = models.ForeignKey("region.Clinic", models.PROTECT, null=True, related_name="+")
    header = models.CharField(max_length=64)
    mapping = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["region", "header"], condition=models.Q(clinic=None), name="a_heading_is_mapped_once"
            ),
            models.UniqueConstraint(fields=["clinic", "header"], name="a_heading_is_mapped_once_at_a_clinic"),
        ]


class Visit(models.Model):
    """One child's record of a home visit, in the columns of the dictionary of visits.

    child, family   keyed here once more, so that not even the pseudonyms that were sent can be read back
    file            the file that it came in; None where it was written by hand
    line            its line in the file
    replaced        that a later record of the same child, clinic, day and place stands instead, or that it was removed
    removed_by      who removed the record, and ``removed_why`` the reason where another clinic had the visit too
    also_elsewhere  that another clinic had the same child on the same day when one of them was stored; it is looked
                    into when it is shown
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    clinic = models.ForeignKey("region.Clinic", models.PROTECT, related_name="visits", db_index=False)
    date = models.DateField()
    child = models.CharField(max_length=64)
    child_months = models.SmallIntegerField()
    place = models.CharField(max_length=10)
    professions = models.CharField(max_length=200)
    kva_codes = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=64, blank=True)
    municipality = models.CharField(max_length=4, blank=True)
    contacts = models.CharField(max_length=200, blank=True)
    other_funding = models.CharField(max_length=3, blank=True)
    file = models.ForeignKey(VisitFile, models.PROTECT, null=True, related_name="visits")
    line = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    replaced = models.BooleanField(default=False)
    removed_by = models.CharField(max_length=200, blank=True)
    removed_why = models.CharField(max_length=300, blank=True)
    also_elsewhere = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["region", "year"], condition=models.Q(also_elsewhere=True), name="visits_claimed_by_several"
            ),
            models.Index(
                fields=["region", "year", "clinic"], condition=models.Q(file=None), name="visits_written_by_hand"
            ),
            models.Index(fields=["region", "year", "clinic", "date"]),
            models.Index(fields=["child"], name="visits_of_a_child"),  # the region is in its key already
        ]


class Offer(models.Model):
    """What a family was offered, and what became of it; counted, never named.

    outcome   one of OUTCOMES; the last one of a family counts
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    clinic = models.ForeignKey("region.Clinic", models.PROTECT, related_name="offers")
    family = models.CharField(max_length=64)
    day = models.DateField()
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["region", "year", "clinic"])]


class Forgetting(models.Model):
    """That pseudonyms were dropped by the rule of retention: up to which day, and of how many visits."""

    region = models.CharField(max_length=40)
    through = models.DateField()
    visits = models.PositiveIntegerField()
    offers = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
