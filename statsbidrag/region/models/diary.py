"""The region's own diary: its cases, and its documents in a chain of their own (adm-09)."""

from django.db import models


class RegionCase(models.Model):
    """A case of the region's with its diary number.

    kind   ``year`` for the plan and what follows from it, ``clinic`` for a clinic's application and its reports
    about  the number of the clinic; None for the year's own case
    """

    region = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    about = models.PositiveIntegerField(null=True)
    number = models.CharField(max_length=60)
    serial = models.PositiveIntegerField()
    matter = models.CharField(max_length=200)
    opened = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["region", "number"], name="a_region_case_has_one_number")]

    def __str__(self) -> str:
        return self.number


class RegionDocument(models.Model):
    """A document in a case of the region's; its hash chains it to the one before, and it is never altered.

    direction   ``in``, ``out`` or ``own``
    hash        of the hash before, and of a salted hash of what stands here and of its file
    """

    case = models.ForeignKey(RegionCase, models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    direction = models.CharField(max_length=3)
    about = models.CharField(max_length=30)
    party = models.CharField(max_length=200)
    matter = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="a_region_document_has_one_number")]


class RegionDocumentContent(models.Model):
    """The bytes of a document, apart from it so that lists never load them."""

    document = models.OneToOneField(RegionDocument, models.CASCADE, primary_key=True, related_name="content")
    content = models.BinaryField()
