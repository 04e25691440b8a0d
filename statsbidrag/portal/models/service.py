"""What the service itself remembers: deeds done, forms that were interrupted, notes, and the demonstration's clock."""

from django.db import models


class Deed(models.Model):
    """A form that has been sent and done, by its key, so that a second click does nothing and ends at the same page."""

    key = models.CharField(max_length=32)
    person = models.ForeignKey("portal.Person", models.CASCADE, null=True, related_name="+")
    at = models.DateTimeField()
    location = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="a_deed_is_done_once")]


class Interrupted(models.Model):
    """What someone had filled in when its session had run out; kept a short while, for the way back."""

    token_hash = models.CharField(max_length=64, unique=True)
    path = models.CharField(max_length=500)
    values = models.JSONField()
    at = models.DateTimeField()


class CaseNote(models.Model):
    """A note on a case (tjänsteanteckning) by an officer."""

    case = models.ForeignKey("portal.Case", models.PROTECT, related_name="notes")
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]


class DemonstrationClock(models.Model):
    """How far the demonstration's clock is from the real one, in seconds."""

    seconds = models.BigIntegerField(default=0)
