"""Settlements: what each clinic is paid for each month; a corrected month is a new line, and nothing is altered."""

from django.db import models


class SettlementRun(models.Model):
    """One settlement of a region's visits, numbered within its year.

    through      the last day of the visits that it looked at
    handed_over  None until it is; then nothing in it is taken back
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    through = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    handed_over = models.DateTimeField(null=True)
    handed_over_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "number"], name="a_settlement_has_one_number")]


class SettledLine(models.Model):
    """What one settlement adds to a clinic's month: the whole month the first time, and after that what has changed.

    correction   whether the month was settled before; figures may then be below 0
    """

    run = models.ForeignKey(SettlementRun, models.PROTECT, related_name="lines")
    clinic = models.ForeignKey("region.Clinic", models.PROTECT, related_name="settled_lines")
    month = models.PositiveSmallIntegerField()
    correction = models.BooleanField(default=False)
    visits = models.IntegerField()
    payable = models.IntegerField()
    extended = models.IntegerField()
    kronor = models.BigIntegerField()
    ordinary = models.BigIntegerField()
    charged = models.BigIntegerField()
    to_be_coded = models.IntegerField()
    by_assumption = models.IntegerField()
    duplicates = models.IntegerField(default=0)
    claimed_twice = models.IntegerField(default=0)
    together = models.IntegerField(default=0)

    class Meta:
        ordering = ["clinic__name", "month"]
        constraints = [models.UniqueConstraint(fields=["run", "clinic", "month"], name="a_month_is_settled_once_a_run")]


class StatementPaper(models.Model):
    """The statement of one clinic in a settlement, as it was entered in the region's diary."""

    run = models.ForeignKey(SettlementRun, models.PROTECT, related_name="statements")
    clinic = models.ForeignKey("region.Clinic", models.PROTECT, related_name="+")
    document = models.OneToOneField("region.RegionDocument", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "clinic"], name="a_clinic_has_one_statement_in_a_settlement")
        ]


class Release(models.Model):
    """That figures have left the region's house: which, to whom, by which question, and who let them out (adm-01).

    figures   by recipient and field: the value, how many visits it was counted from, and the question in words
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    figures = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    taken_in = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "number"], name="a_release_has_one_number")]
