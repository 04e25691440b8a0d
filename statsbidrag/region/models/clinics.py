"""The register of clinics, and fixed support: application, decision, follow-up and yearly report."""

from django.db import models


class Clinic(models.Model):
    """A health centre (vårdcentral) or child health clinic (BVC) in the region's register.

    number   its number in the region; roles at it are held for ``region-18-clinic-7``
    form     ``own`` or ``private``; empty where that is not known (adm-15)
    owner    the private owner's organisation number
    cost_centre   its own code in the region's books, where the region runs it itself
    """

    region = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    municipality_code = models.CharField(max_length=4)
    municipality = models.CharField(max_length=60)
    form = models.CharField(max_length=10, blank=True)
    owner = models.CharField(max_length=11, blank=True)
    cost_centre = models.CharField(max_length=20, blank=True)
    pay_class = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    closed = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="a_clinic_has_one_number"),
            models.UniqueConstraint(fields=["region", "name"], name="a_clinic_has_one_name"),
        ]

    def __str__(self) -> str:
        return self.name


class IndexValue(models.Model):
    """A clinic's value of one index in one year; it says nothing about any other index or base.

    base    what the value is relative to: ”riket”, ”länet”
    value   a decimal number as it was published, with a point
    """

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="index_values")
    name = models.CharField(max_length=60)
    base = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["year", "id"]


class ClinicFact(models.Model):
    """Something else that a scheme's criteria may speak of: listed children, nurses, talks with social services."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="facts")
    fact = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["year", "id"]


class SupportApplication(models.Model):
    """A clinic's application for fixed support: its plan as it is written, and as it was sent in.

    answers    by question, just as written
    version    raised at every save, so that nobody overwrites what a colleague wrote meanwhile
    """

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="applications")
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    sent = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=200, blank=True)
    withdrawn = models.DateTimeField(null=True)
    document = models.OneToOneField("region.RegionDocument", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clinic", "year"], condition=models.Q(withdrawn=None), name="one_application_a_clinic_and_year"
            )
        ]


class SupportDecision(models.Model):
    """The region's decision on an application: granted or not, why, how much and for which days."""

    application = models.OneToOneField(SupportApplication, models.PROTECT, related_name="decision")
    granted = models.BooleanField()
    reason = models.TextField()
    kronor = models.BigIntegerField(null=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    document = models.OneToOneField("region.RegionDocument", models.PROTECT, null=True, related_name="+")


class GrantedSupport(models.Model):
    """That a clinic has fixed support for some days, by a decision or as was known when the year began.

    replaced   that a later decision or entry stands instead; then it is history
    """

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="supports")
    year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    decision = models.OneToOneField(SupportDecision, models.PROTECT, null=True, related_name="+")
    replaced = models.BooleanField(default=False)
    at = models.DateTimeField(null=True)
    by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["first_day", "id"]


class Meeting(models.Model):
    """A follow-up meeting (avstämningsmöte) with a clinic that has fixed support: when, and what was said."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="meetings")
    day = models.DateField()
    says = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ["day", "id"]
