"""Repayment (§§ 12-14): what is looked into, what the recipient says, what is invoiced and what becomes of it."""

from django.db import models


class Repayment(models.Model):
    """A matter of repayment: on which grounds, how much, and how the recipient is heard before a decision.

    liabilities      a list of ``ground``, ``money`` (``unused`` or ``used``), ``kronor`` and ``why``
    in_batch         that the sum is what the recipient itself has reported as unused, decided as a list
    unnecessary      why it is obviously unnecessary to hear the recipient; empty where it is heard
    waived           kronor to refrain from, for ``special_reasons``
    reply            the agency's answer to the recipient's arguments
    closed           when it was closed without a decision, and ``closed_because``
    """

    reference = models.CharField(max_length=40, unique=True)
    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    case = models.ForeignKey("portal.Case", models.PROTECT, related_name="repayments")
    liabilities = models.JSONField()
    in_batch = models.BooleanField(default=False)
    unnecessary = models.TextField(blank=True)
    waived = models.PositiveBigIntegerField(default=0)
    special_reasons = models.TextField(blank=True)
    reply = models.TextField(blank=True)
    opened = models.DateTimeField()
    opened_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    closed = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "recipient"])]


class Communication(models.Model):
    """The letter that lets the recipient answer before a decision (kommunicering), and its answer (yttrande).

    answered       when the answer came; the recipient may also say that it has nothing to add
    answered_by    who answered in the e-service; ``registered_by`` who registered paper or e-mail
    """

    repayment = models.OneToOneField(Repayment, models.PROTECT, related_name="communication")
    sent = models.DateTimeField()
    answer_by = models.DateField()
    document = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    answered = models.DateTimeField(null=True)
    arguments = models.TextField(blank=True)
    answered_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    registered_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    answer = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")


class Invoice(models.Model):
    """An invoice of a claim: made when the claim is decided, handed to the finance system, and settled.

    reference   the payment reference (OCR), by which money that comes in is known
    document    the invoice as PDF; ``file`` is the same as a Peppol invoice
    """

    reference = models.CharField(max_length=30, unique=True)
    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    repayment = models.ForeignKey(Repayment, models.PROTECT, related_name="invoices")
    decision = models.OneToOneField("portal.Decision", models.PROTECT, related_name="invoice")
    kronor = models.PositiveBigIntegerField()
    issued = models.DateField()
    due = models.DateField()
    document = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")
    file = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")
    handed_over = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "recipient"])]


class InvoiceEvent(models.Model):
    """Something that happened to an invoice; the fields are those of the events in ``cycle.step_8_invoice``.

    kind       ``repaid``, ``refunded``, ``respite``, ``instalments``, ``credit`` or ``reminder``
    parts      of instalments: a list of a day and kronor
    source     what it is known by, so that it is never noted twice: the bank's own reference, a decision's number
    reason     why respite or instalments were given
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    day = models.DateField()
    kronor = models.PositiveBigIntegerField(null=True)
    until = models.DateField(null=True)
    parts = models.JSONField(default=list)
    source = models.CharField(max_length=80)
    reason = models.TextField(blank=True)
    document = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["invoice", "kind", "source"], name="an_event_is_noted_once")]


class IncomingFile(models.Model):
    """A file of money that has come in; the same file twice changes nothing."""

    year = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")


class IncomingPayment(models.Model):
    """Money that came in and its payment reference; without an invoice somebody has to look at it."""

    file = models.ForeignKey(IncomingFile, models.PROTECT, null=True, related_name="payments")
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=80, unique=True)
    reference = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    kronor = models.PositiveBigIntegerField()
    payer = models.CharField(max_length=200, blank=True)
    event = models.OneToOneField(InvoiceEvent, models.PROTECT, null=True, related_name="incoming")
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    remark = models.TextField(blank=True)
