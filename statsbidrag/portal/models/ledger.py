"""The ledger: every move of a krona. Rows are only ever added; the database refuses anything else."""

from django.db import models


class LedgerEntry(models.Model):
    """One posting of a round's book; the fields are those of ``cycle.ledger.Posting``."""

    year = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=20)
    recipient = models.CharField(max_length=40)
    kronor = models.PositiveBigIntegerField()
    reference = models.CharField(max_length=60)
    day = models.DateField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "recipient"])]
        constraints = [
            models.UniqueConstraint(fields=["year", "cause", "recipient", "reference"], name="nothing_is_booked_twice")
        ]
