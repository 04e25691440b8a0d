"""Decisions, who may make them, and who may not take part."""

from django.db import models


class Mandate(models.Model):
    """A line of the delegation register: who decides which kinds, up to what, from when until when.

    kinds     kinds of ``cycle.DECISION_KINDS``
    at_most   kronor; None where there is no limit
    """

    holder = models.ForeignKey("portal.Person", models.PROTECT, related_name="mandates")
    kinds = models.JSONField()
    at_most = models.PositiveBigIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    deputy = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")


class Bias(models.Model):
    """An officer's note that bias (jäv) keeps it out of a recipient's cases; it stays."""

    officer = models.ForeignKey("portal.Person", models.PROTECT, related_name="biases")
    recipient = models.CharField(max_length=40)
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "recipient"], name="noted_once")]


class Approval(models.Model):
    """One approval, for one decision or for a whole list: the day and everyone who took part."""

    day = models.DateField()
    at = models.DateTimeField()
    decision_maker = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    presenter = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    took_part = models.JSONField(default=list)
    acting_for = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")


class Decision(models.Model):
    """A decision: prepared by the presenter, and made once it has an approval; never altered after that.

    The fields are those of ``cycle.Proposal``.

    because   the reasons as they were (see ``portal.reasons``)
    reasons   what the letter says, a paragraph each
    ground    the ground for repayment that a withholding rests on
    concerns  the requisition that is rejected, where it is one
    repayment the matter of repayment that a claim or a waiver decides
    texts     what a correction alters in words: name, what it said and what it says now
    fingerprint   of the rules that it was decided by; empty until then
    """

    reference = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    recipient = models.CharField(max_length=40)
    case = models.ForeignKey("portal.Case", models.PROTECT, related_name="decisions")
    kronor = models.PositiveBigIntegerField(default=0)
    reallocated = models.PositiveBigIntegerField(default=0)
    because = models.JSONField()
    reasons = models.JSONField(default=list)
    ground = models.CharField(max_length=40, blank=True)
    texts = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    earlier = models.ForeignKey("self", models.PROTECT, null=True, related_name="later")
    concerns = models.ForeignKey("portal.ReceivedRequisition", models.PROTECT, null=True, related_name="decisions")
    repayment = models.ForeignKey("portal.Repayment", models.PROTECT, null=True, related_name="decisions")
    prepared_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    prepared = models.DateTimeField()
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="decisions")
    letter = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "recipient"]), models.Index(fields=["year", "approval"])]
