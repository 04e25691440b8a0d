"""The joint account (samlad redovisning, § 11): what the agency writes, who has reviewed it and who decided it."""

from django.db import models


class JointAccount(models.Model):
    """The text of the joint account of a round, and how far it has come.

    state        ``draft``, ``review``, ``returned`` or ``decided``
    assessment   the summary assessment of the results against purpose and conditions (§ 11 p 3)
    conditions   the assessment of each condition, by its point in the rules
    version      raised at every save, so that nobody overwrites what a colleague wrote meanwhile
    """

    year = models.PositiveSmallIntegerField(primary_key=True)
    state = models.CharField(max_length=10, default="draft")
    assessment = models.TextField(blank=True)
    use = models.TextField(blank=True)
    results = models.TextField(blank=True)
    conditions = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    presenter = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")


class JointAccountEvent(models.Model):
    """What has happened to the account: ``sent for review``, ``returned`` with what to mend, ``approved``."""

    account = models.ForeignKey(JointAccount, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    says = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
