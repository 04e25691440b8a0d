"""Reports: the draft that colleagues share page by page, and every version that has come in."""

from django.db import models


class ReportDraft(models.Model):
    """A report that has not been sent in; it belongs to the recipient, and the agency never sees it (adm-02).

    state       ``draft``, ``locked`` for the signatory, or ``certified``; see ``cycle.State``
    prefilled   what the sources said when the draft was begun: source, query, level, answer, time and count by field
    background  what was known when it was locked, by field; empty in a draft
    short_path  that the recipient has used nothing and reports so the short way (adm-22)
    certificate who certified, by what right and with which answers of their own; empty until then
    places      the page where each person is, by the person's number
    """

    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="draft")
    prefilled = models.JSONField(default=dict)
    background = models.JSONField(default=dict)
    short_path = models.BooleanField(default=False)
    certificate = models.JSONField(default=dict)
    places = models.JSONField(default=dict)
    begun = models.DateTimeField()
    begun_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    completes = models.ForeignKey("portal.CompletionRequest", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["year", "recipient"], name="one_report_draft_a_recipient")]


class DraftPage(models.Model):
    """What stands on one page of a draft, just as it was written; two colleagues may fill in a page each.

    answers   by field: a text, or a list of the options chosen
    reasons   why a prefilled value was changed, by field
    notes     comments on warnings, by check; they stand on a page of their own, ``check``
    version   raised at every save, so that nobody overwrites what a colleague wrote meanwhile; 0 until somebody has
              written on the page, which has then only what was known when the report was opened
    """

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="pages")
    page = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    notes = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    changed = models.DateTimeField()
    changed_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "page"], name="a_page_of_a_draft_is_one_row")]


class DraftEvent(models.Model):
    """What has happened to a draft: ``locked``, ``unlocked``, ``declined`` with its reason, ``certified``."""

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    says = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]


class ReceivedReport(models.Model):
    """One version of a report as it came in; never altered, a later version replaces it (§ 10).

    number      the first is 1; ``counts`` is false for a completion that the officer asked for
    answers     what was submitted, by field; ``shows`` are the fields that showed, in the order of the form
    measures    what only the officer sees, as fractions in text, by id
    fired       the ids of the checks that fired
    used        kronor, as the answers say; None where they do not
    certified   ``signatory`` or ``agent``
    """

    reference = models.CharField(max_length=80, unique=True)
    year = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=40)
    form = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    came_in = models.DateTimeField()
    last_day = models.DateField()
    counts = models.BooleanField(default=True)
    background = models.JSONField()
    answers = models.JSONField()
    shows = models.JSONField()
    measures = models.JSONField()
    fired = models.JSONField()
    notes = models.JSONField(default=dict)
    prefilled = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    used = models.BigIntegerField(null=True)
    certified = models.CharField(max_length=10)
    certified_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    certified_at = models.DateTimeField()
    delegation = models.CharField(max_length=200)
    attachment = models.ForeignKey("portal.Document", models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    completes = models.ForeignKey("portal.CompletionRequest", models.PROTECT, null=True, related_name="answers")
    document = models.OneToOneField("portal.Document", models.PROTECT, related_name="+")
    receipt = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["year", "recipient", "number"], name="a_version_comes_in_once")]


class CompletionRequest(models.Model):
    """That the officer asks a recipient to complete its report: what, on which questions, and by when.

    questions   ids of questions of the form; empty where the whole is meant
    """

    report = models.ForeignKey(ReceivedReport, models.PROTECT, related_name="completion_requests")
    says = models.TextField()
    questions = models.JSONField(default=list)
    answer_by = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    letter = models.OneToOneField("portal.Document", models.PROTECT, null=True, related_name="+")
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]


class AcceptedReport(models.Model):
    """That the officer has read a version of a report and accepts it as it stands."""

    report = models.OneToOneField(ReceivedReport, models.PROTECT, related_name="acceptance")
    at = models.DateTimeField()
    by = models.ForeignKey("portal.Person", models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
