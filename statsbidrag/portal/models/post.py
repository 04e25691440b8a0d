"""The outbox: every e-mail, when it was sent, or why it was not; and which reminders have gone."""

from django.db import models


class Mail(models.Model):
    """An e-mail to one address; stored with the deed that caused it, sent after it, tried again where it fails.

    occasion   what it is about, in a word of ours: ``receipt``, ``invitation``, ``reminder`` …
    """

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    occasion = models.CharField(max_length=30)
    recipient = models.CharField(max_length=40, blank=True)
    case = models.ForeignKey("portal.Case", models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("portal.Document", models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["sent"])]


class ReminderRun(models.Model):
    """That a reminder has gone out on an occasion, to how many; never twice for the same occasion."""

    year = models.PositiveSmallIntegerField()
    occasion = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    receivers = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["year", "occasion"], name="reminded_once_an_occasion")]
