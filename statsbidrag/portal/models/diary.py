"""The public record (diarium): cases, and a chain of entries that only grows; documents lie beside, erasable.

The chain holds ids and salted hashes only. So a document can be erased by a recorded decision (gallring) and leaves
a stub, and the chain still holds.
"""

from django.db import models


class Case(models.Model):
    """A case (ärende) with its diary number.

    kind        ``round`` for the round itself, ``grant`` for a recipient in a round, ``agent`` for an application
    recipient   the key of the recipient; empty for the round's own case
    """

    number = models.CharField(max_length=60, unique=True)
    serial = models.PositiveIntegerField(null=True)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    recipient = models.CharField(max_length=40, blank=True)
    matter = models.CharField(max_length=200)
    opened = models.DateTimeField()
    their_number = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["year", "kind", "recipient"])]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "recipient"], condition=models.Q(kind="grant"), name="one_grant_case_a_recipient"
            )
        ]

    def __str__(self) -> str:
        return self.number


class DiaryEntry(models.Model):
    """One link of the chain: which document of which case, when, and hashes; nothing that would ever be erased."""

    id = models.PositiveBigIntegerField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    salted_hash = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="a_number_in_a_case_is_used_once")]


class Document(models.Model):
    """What an entry is about (handling): who, what, and its file; erased by a recorded decision it is a stub.

    direction   ``in``, ``out`` or ``own`` (upprättad)
    about       what kind of document it is, in a word of ours: ``requisition``, ``decision`` …
    secret      its party and matter are hidden in the public diary (OSL 5 kap. 2 §)
    erased_by   the number of the decision by which it was erased; empty while it stands
    """

    entry = models.OneToOneField(DiaryEntry, models.PROTECT, primary_key=True, related_name="document")
    direction = models.CharField(max_length=3)
    about = models.CharField(max_length=30)
    party = models.CharField(max_length=200)
    matter = models.CharField(max_length=300)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    secret = models.BooleanField(default=False)
    by = models.ForeignKey("portal.Person", models.PROTECT, null=True, related_name="+")
    erased_by = models.CharField(max_length=60, blank=True)
    erased_at = models.DateTimeField(null=True)


class DocumentContent(models.Model):
    """The bytes of a document, apart from it so that lists never load them."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="content")
    content = models.BinaryField()
