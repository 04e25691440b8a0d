"""The region's book and plan: what it has received, and everything that is decided, paid and reported of it."""

from django.db import models


class RegionYear(models.Model):
    """A region's year with the grant: by which scheme it is passed on, and when the board has decided the plan.

    scheme    the name of the scheme's file
    adopted   when the board's decision on the plan was entered; until then the plan may be changed freely
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    scheme = models.CharField(max_length=100)
    begun = models.DateTimeField()
    adopted = models.DateField(null=True)
    adopted_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="a_region_has_a_year_once")]


class BookPosting(models.Model):
    """One posting of the region's book; it only grows, and a mistake is mended by a new one.

    cause       ``received``, ``planned``, ``unplanned``, ``paid``, ``returned`` or ``reported``
    line        the id of the transfer, effort or clinic that it is about; empty where it is about none
    reference   what it was posted for; the same is never posted twice
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=10)
    line = models.CharField(max_length=100, blank=True)
    kronor = models.BigIntegerField()
    reference = models.CharField(max_length=120)
    day = models.DateField()
    says = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "reference"], name="posted_once_in_a_region")]


class Project(models.Model):
    """An effort of the region's own, beside those that the scheme names: who owns it, and until when it runs."""

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    owner = models.CharField(max_length=200)
    since = models.PositiveSmallIntegerField()
    ends = models.DateField(null=True)
    added = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "slug"], name="a_project_has_one_name")]


class PlannedSum(models.Model):
    """What the plan gives to one line before the board has decided; the last one counts, the others are history.

    kronor   None where the sum is unknown again
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=100)
    kronor = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["region", "year"])]


class MandateMove(models.Model):
    """One use of the mandate: a numbered decision that moves money, with its reason; listed for report to the board.

    moved_from   the line that the money leaves, or ``left`` for what remains
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    day = models.DateField()
    moved_from = models.CharField(max_length=100)
    moved_to = models.CharField(max_length=100)
    kronor = models.BigIntegerField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    document = models.OneToOneField("region.RegionDocument", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "number"], name="a_move_has_one_number")]


class BoardDraft(models.Model):
    """The texts of the board paper (tjänsteutlåtande) as they are being written, by heading.

    document  the paper as it was entered in the diary, once it is done
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    texts = models.JSONField(default=dict)
    changed = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    document = models.OneToOneField("region.RegionDocument", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="one_board_paper_a_year")]


class LineReport(models.Model):
    """What a receiver of the region's money reports back: used kronor and how, by the scheme's last day.

    line      the id of the transfer, effort or clinic
    answers   ``form``, ``extent``, ``ahead`` … by what the scheme asks for
    state     ``draft`` until it is sent in; a sent one is replaced by a new row
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=100)
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="draft")
    used = models.BigIntegerField(null=True)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    sent = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=200, blank=True)
    document = models.OneToOneField("region.RegionDocument", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "year", "line", "number"], name="a_line_report_has_one_number")
        ]


class LineReminder(models.Model):
    """That a receiver was reminded of its report."""

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=100)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    to = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
