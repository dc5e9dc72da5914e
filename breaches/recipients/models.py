"""Who has the file, which copies of it, and how to reach them."""

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from breaches.downloads.models import Acquisition
from breaches.incidents.models import Exposure, Incident
from breaches.recipients import rules
from breaches.vault.models import Sealed


class Recipient(Sealed):
    """One network address, or somebody behind it once they are known."""

    CLEAR = {"key_name", "network", "kind", "jurisdiction", "risk"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="recipients")
    network = models.CharField(
        max_length=32, blank=True, help_text="blind index of the address or /64, if there is one"
    )
    kind = models.CharField(max_length=30, choices=list(rules.KINDS.items()))
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children",
        help_text="who passed it on",
    )  # fmt: skip
    identity_level = models.PositiveSmallIntegerField(default=0, choices=list(rules.LEVELS.items()))
    jurisdiction = models.CharField(max_length=10, default="US", help_text="ISO 3166, as US-NY")
    risk = models.CharField(
        max_length=12, blank=True, choices=list(rules.RISKS.items()), help_text="to the people"
    )
    risk_reviewed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_name_confidential = models.BooleanField(default=False)
    recognised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "network"],
                condition=~Q(network=""),
                name="recipient_once_per_network",
            ),
            models.CheckConstraint(
                name="recipient_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("pk")),
            ),
            models.CheckConstraint(
                name="recipient_risk_reviewed_by_somebody",
                condition=Q(risk="") | Q(risk_reviewed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"recipient {self.pk}"


class DisclosureCopy(Sealed):
    """One copy that a recipient has: the download of one log client, or any other they made."""

    CLEAR = {"key_name", "kind", "grade"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="copies")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="copies")
    kind = models.CharField(max_length=10, choices=list(rules.COPIES.items()))
    exposure = models.ForeignKey(Exposure, null=True, on_delete=models.PROTECT, related_name="+")
    acquisition = models.OneToOneField(
        Acquisition, null=True, on_delete=models.PROTECT, related_name="copy"
    )
    grade = models.CharField(max_length=1, blank=True, help_text="if no log says so")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="copy_downloaded_stands_in_a_log",
                condition=~Q(kind="download") | Q(acquisition__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"

    @property
    def current_grade(self) -> str:
        """Return the grade: the log's as it is counted today, or what was written down."""
        return self.acquisition.grade if self.acquisition else self.grade

    @property
    def is_current(self) -> bool:
        """Say whether the log, if there is one, still shows this copy."""
        return self.acquisition is None or self.acquisition.withdrawn_at is None


class RecipientContact(Sealed):
    """A way to reach a recipient, where it was found, and who checked that it is theirs."""

    CLEAR = {"key_name", "kind", "source"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=list(rules.CONTACTS.items()))
    source = models.CharField(max_length=12, choices=list(rules.SOURCES.items()))
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_verified_says_who_and_when",
                condition=Q(verified_by__isnull=True, verified_at__isnull=True)
                | Q(verified_by__isnull=False, verified_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"
