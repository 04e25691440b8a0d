"""People and what they may do, for whom and from when until when; how one becomes an agent (ombud)."""

from django.db import models
from django.db.models import Q


class Person(models.Model):
    """Someone who signs in; known by a keyed subject, never by a personal identity number."""

    subject = models.CharField(max_length=64, unique=True, null=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    created = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a person may do, for a recipient or at the agency; it ends, and is kept for its retention time.

    recipient   the key of the recipient (``region-01``); empty for a role at the agency
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=20)
    recipient = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "ended"]), models.Index(fields=["recipient", "ended"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "recipient"], condition=Q(ended=None), name="a_role_is_held_once"
            ),
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(ended=None, kind="agent"), name="one_agent_a_recipient"
            ),
        ]


class AgentApplication(models.Model):
    """An application to be the agent of a recipient, with the proof of it; its state is the last of its events.

    capacity   by what the applicant may act: delegation, power of attorney or firmatecknare
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="agent_applications")
    recipient = models.CharField(max_length=40)
    organisation_number = models.CharField(max_length=11)
    capacity = models.CharField(max_length=20)
    position = models.CharField(max_length=200, blank=True)
    email = models.EmailField()
    telephone = models.CharField(max_length=40, blank=True)
    case = models.ForeignKey("portal.Case", models.PROTECT, related_name="+")


class AgentApplicationEvent(models.Model):
    """What happened to an application: received, completion asked, completed, approved or closed."""

    application = models.ForeignKey(AgentApplication, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    document = models.ForeignKey("portal.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]


class Invitation(models.Model):
    """An invitation to a colleague, by a link that expires; the link itself is never stored, only its hash."""

    recipient = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    invited = models.DateTimeField()
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    revoked = models.DateTimeField(null=True)
