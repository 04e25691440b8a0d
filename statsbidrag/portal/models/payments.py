"""Payments: batches attested by two, what the bank or the finance system answers, and checked giro numbers."""

from django.db import models


class PaymentBatch(models.Model):
    """The payments that are handed over together; its number in the file is never used twice.

    handed_over   when it went to the finance system or the bank; after that it is never altered
    """

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    message_id = models.CharField(max_length=35, unique=True)
    day = models.DateField()
    prepared = models.DateTimeField()
    prepared_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    handed_over = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ["year", "number"]
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="a_batch_number_is_used_once")]


class Attestation(models.Model):
    """That a person has attested a batch (attest); two different people must, before it is handed over."""

    batch = models.ForeignKey(PaymentBatch, models.CASCADE, related_name="attestations")
    person = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["batch", "person"], name="attested_once_by_each")]


class Payment(models.Model):
    """One payment; its reference is how the bank's answers find it.

    notice   the letter that tells the recipient, once the payment is booked
    """

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=35, unique=True)
    decision = models.ForeignKey("portal.Decision", models.PROTECT, related_name="payments")
    recipient = models.CharField(max_length=40)
    kronor = models.PositiveBigIntegerField()
    giro = models.CharField(max_length=40)
    notice = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["recipient"])]


class AnswerFile(models.Model):
    """A file of answers from the bank or the finance system; the same file twice changes nothing."""

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    content = models.BinaryField()


class BankAnswer(models.Model):
    """What an answer says of a payment, or why it is about none of ours."""

    file = models.ForeignKey(AnswerFile, models.PROTECT, related_name="answers")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="answers")
    reference = models.CharField(max_length=140, blank=True)
    outcome = models.CharField(max_length=10)
    day = models.DateField()
    kronor = models.BigIntegerField(null=True)
    why = models.TextField(blank=True)
    why_unmatched = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    looked_at_by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]


class GiroCheck(models.Model):
    """That a recipient's giro number is known since an earlier year, or that finance has checked its owner.

    by   who checked; None where the number is known from an earlier year
    """

    recipient = models.CharField(max_length=40)
    giro = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "giro", "year"], name="checked_once_a_year")]


class GiroChange(models.Model):
    """A giro number that a recipient has given after its requisition, which then goes before the requisition's."""

    recipient = models.CharField(max_length=40)
    giro = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    document = models.OneToOneField("portal.Document", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["year", "recipient"])]


class VoucherFile(models.Model):
    """Vouchers handed over to the finance system in one file: from the first number to the last, each number once."""

    year = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    document = models.OneToOneField("portal.Document", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["year", "first"]
        constraints = [models.UniqueConstraint(fields=["year", "first"], name="no_voucher_is_handed_over_twice")]
