"""What happened, where it stood open, what was said about it, and who works on it."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.audit.lifecycle import Lifecycle
from breaches.vault.models import Sealed


class Kind(models.TextChoices):
    PUBLIC_POSTING = "public_posting", "public posting"
    MISDIRECTED = "misdirected", "misdirected message"
    EXCESS_ACCESS = "excess_access", "excess access"
    ONWARD = "onward", "onward disclosure"
    LOST_DEVICE = "lost_device", "lost device"
    INTRUSION = "intrusion", "intrusion"
    MAILING_ERROR = "mailing_error", "mailing error"


class Side(models.TextChoices):
    HOLDER = "holder", "the data was ours"
    OUTSIDER = "outsider", "we act for people in it"


class Certainty(models.TextChoices):
    EXACT = "exact", "exact"
    ABOUT = "about", "about"
    EARLIEST = "earliest", "at the earliest"
    LATEST = "latest", "at the latest"
    UNKNOWN = "unknown", "not known"


class Standing(models.TextChoices):
    CLAIMED = "claimed", "claimed"
    ADMITTED = "admitted", "admitted"
    FOUND = "found", "found by us or a court"
    UNKNOWN = "unknown", "not known"


class IncidentStatus(models.TextChoices):
    OPEN = "OPEN", "open"
    CLOSED = "CLOSED", "closed"
    ENDED = "ENDED", "ended"


class IncidentSet(models.Model):
    """Incidents that overlap: the same people may stand in several."""

    CLEAR: ClassVar = {"name"}

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Incident(Lifecycle):
    """One disclosure that should not have been."""

    CLEAR: ClassVar = {
        *("status", "reference", "name", "kind", "holder", "side", "key_name"),
        *("contact_name", "contact_phone", "contact_address"),
    }
    MOVES: ClassVar = {
        IncidentStatus.OPEN: {IncidentStatus.CLOSED},
        IncidentStatus.CLOSED: {IncidentStatus.OPEN, IncidentStatus.ENDED},
        IncidentStatus.ENDED: set(),  # its key is gone
    }

    status = models.CharField(max_length=20, choices=IncidentStatus.choices)
    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    holder = models.CharField(max_length=200, help_text="Whose data it was: agency or company.")
    side = models.CharField(max_length=10, choices=Side.choices)
    snapshot_on = models.DateField(
        null=True, blank=True, help_text="Only people in the records on this day are affected."
    )
    discovered_at = models.DateTimeField(null=True, blank=True)
    key_name = models.CharField(max_length=60, unique=True)
    contact_name = models.CharField(max_length=120, blank=True, help_text="Printed on letters.")
    contact_phone = models.CharField(max_length=40, blank=True, help_text="Printed on letters.")
    contact_address = models.CharField(
        max_length=300, blank=True, help_text="Printed on letters, lines separated by commas."
    )
    english_will_do = models.BooleanField(
        default=True, help_text="For letters to people whose language has no approved wording."
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    in_set = models.ForeignKey(
        IncidentSet, null=True, blank=True, on_delete=models.PROTECT, related_name="incidents"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="incident_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Exposure(models.Model):
    """A place where the data stood open: a web address or a system."""

    CLEAR: ClassVar = {
        *("kind", "locator", "file_name", "file_sha256"),
        *("opened_source", "opened_certainty", "closed_source", "closed_certainty"),
    }

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="exposures")
    kind = models.CharField(max_length=10, choices=[("url", "web address"), ("system", "system")])
    locator = models.CharField(max_length=2000)
    file_name = models.CharField(max_length=200, blank=True)
    file_size = models.PositiveBigIntegerField(null=True, blank=True, help_text="bytes")
    file_sha256 = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_source = models.CharField(max_length=200, blank=True)
    opened_certainty = models.CharField(
        max_length=10, choices=Certainty.choices, default=Certainty.UNKNOWN
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_source = models.CharField(max_length=200, blank=True)
    closed_certainty = models.CharField(
        max_length=10, choices=Certainty.choices, default=Certainty.UNKNOWN
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="exposure_closes_after_it_opens",
                condition=Q(opened_at__isnull=True)
                | Q(closed_at__isnull=True)
                | Q(closed_at__gte=F("opened_at")),
            )
        ]

    def __str__(self) -> str:
        return f"exposure {self.pk}"


class Statement(Sealed):
    """A dated sentence about the incident, with its source and how far it is to be believed."""

    CLEAR: ClassVar = {"key_name", "standing", "about"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="statements")
    said_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing.choices)
    about = models.CharField(max_length=40, blank=True, help_text="what it settles, as a code")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"statement {self.pk}"


class TeamMember(models.Model):
    """Somebody who may see an incident at all."""

    CLEAR: ClassVar[set[str]] = set()

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="teams")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "user"], name="team_member_once")
        ]

    def __str__(self) -> str:
        return f"user {self.user_id} on incident {self.incident_id}"
