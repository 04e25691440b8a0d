"""Requisitions: every version that came in, and the draft that colleagues share."""

from django.db import models


class ReceivedRequisition(models.Model):
    """One version of a requisition as it came in; never altered, a later version replaces it.

    The fields are those of ``cycle.Requisition``; beside them stand the contact and who sent or registered it.
    """

    reference = models.CharField(max_length=80, unique=True)
    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    arrived = models.DateTimeField()
    amount = models.BigIntegerField(null=True)
    wants_more = models.BooleanField(null=True)
    at_most = models.BigIntegerField(null=True)
    abstains = models.BooleanField(default=False)
    other_support = models.BooleanField(null=True)
    giro = models.CharField(max_length=40, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10)
    completes = models.CharField(max_length=80, blank=True)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_telephone = models.CharField(max_length=40, blank=True)
    their_reference = models.CharField(max_length=60, blank=True)
    sent_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    registered_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField("portal.Document", models.PROTECT, related_name="+")
    receipt = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["arrived", "id"]
        indexes = [models.Index(fields=["year", "recipient"])]


class RequisitionDraft(models.Model):
    """What colleagues have filled in but not sent; it belongs to the recipient, and the agency never sees it.

    version   raised at every save, so that nobody overwrites what a colleague wrote meanwhile
    """

    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "recipient"], name="one_draft_a_recipient")]
