"""A round as it goes: what has been done with it; its dates and sums stand in the rules."""

from django.db import models


class Round(models.Model):
    """A round (omgång): when its list was published, it was opened, what was left reallocated, the report form sent.

    fingerprint   of the rules that the list was computed with
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    published = models.DateTimeField(null=True)
    opened = models.DateTimeField(null=True)
    reallocated = models.DateTimeField(null=True)
    form_sent = models.DateTimeField(null=True)
    case = models.ForeignKey("portal.Case", models.PROTECT, null=True, related_name="+")


class ReallocatedShare(models.Model):
    """What a recipient got of what nobody requisitioned (§ 6), with its reasons as they were."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="shares")
    recipient = models.CharField(max_length=40)
    kronor = models.PositiveBigIntegerField()
    because = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "recipient"], name="reallocated_once")]


class Registry(models.Model):
    """Where a recipient's registry (registratur) is reached; made up in the demonstration."""

    recipient = models.CharField(max_length=40, primary_key=True)
    email = models.EmailField(blank=True)
    lines = models.JSONField(default=list)
