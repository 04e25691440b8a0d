"""What the region's house needs to run: the keys of deeds that are done, and e-mail on its way to the outbox."""

from django.db import models


class RegionDeed(models.Model):
    """The key of a deed that is done, so that sending a form twice does it once; stored with the deed."""

    key = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()
    location = models.CharField(max_length=300)


class Notice(models.Model):
    """An e-mail that a deed here has caused; it is put in the service's outbox once the deed is stored."""

    to = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    recipient = models.CharField(max_length=40, blank=True)
    created = models.DateTimeField()
    posted = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
