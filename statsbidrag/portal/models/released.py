"""Figures that a region has released out of its own house, for the reports that they fill in; sums, never a visit."""

from django.db import models


class ReleasedFigures(models.Model):
    """What a region's visit register says for one recipient's report, as the region let it out (adm-01).

    region    the key of the region; ``number`` is the number of its release, the last one counts
    figures   by name: the value, how many visits it was counted from, and of what
    brought_by   who of the recipient's brought it as a file; empty where the region handed it over itself
    """

    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    region = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    figures = models.JSONField()
    released = models.DateTimeField()
    released_by = models.CharField(max_length=200)
    taken_in = models.DateTimeField()
    brought_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "recipient", "region", "number"], name="a_release_comes_in_once")
        ]
