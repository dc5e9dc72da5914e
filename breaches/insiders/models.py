"""Who was let into a system, and whose records they opened: excess access as evidence."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.leases import Leased
from breaches.evidence.models import Evidence
from breaches.incidents.models import Incident
from breaches.insiders import rules
from breaches.people.models import Person
from breaches.vault.models import Sealed


class FileKind(models.TextChoices):
    ROSTER = "roster", "access roster"
    LOG = "log", "audit log of an application"


class FileStatus(models.TextChoices):
    RECEIVED = "RECEIVED", "waits for its columns to be named"
    MAPPED = "MAPPED", "waiting to be read"
    READING = "READING", "being read"
    READ = "READ", "read"
    REFUSED = "REFUSED", "not readable"


class AccessFile(Leased):
    """One roster or audit log, which column holds what, and how far it was read.

    `done` and `total` are rows.
    """

    CLEAR: ClassVar = {"status", "kind", "columns", "zone", "problem"}
    MOVES: ClassVar = {
        FileStatus.RECEIVED: {FileStatus.MAPPED, FileStatus.REFUSED},
        FileStatus.MAPPED: {FileStatus.READING},
        FileStatus.READING: {FileStatus.READ, FileStatus.REFUSED},
        FileStatus.READ: set(),
        FileStatus.REFUSED: set(),
    }

    status = models.CharField(max_length=20, choices=FileStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="access_files")
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    columns = models.JSONField(default=dict, help_text="our name of a field, its column from 0")
    zone = models.CharField(max_length=60, default="UTC", help_text="of times that name none")
    problem = models.CharField(max_length=300, blank=True)
    linked_at = models.DateTimeField(null=True, help_text="when records were last looked up")

    def __str__(self) -> str:
        return f"access file {self.pk}"


class AccessGrant(Sealed):
    """One row of a roster: an account that was let in, by whom approved, from when to when."""

    CLEAR: ClassVar = {"key_name", "account", "line", "problem"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="access_grants")
    file = models.ForeignKey(AccessFile, on_delete=models.PROTECT, related_name="grants")
    row_number = models.PositiveIntegerField()
    account = models.CharField(max_length=32, help_text="blind index of the account")
    granted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    line = models.CharField(max_length=32, help_text="blind index of the whole row")
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "line"], name="grant_once_per_row")
        ]

    def __str__(self) -> str:
        return f"access grant {self.pk}"


class RecordView(Sealed):
    """One row of an audit log: who did what, when, and to whose record."""

    CLEAR: ClassVar = {"key_name", "account", "record", "action", "line", "problem"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="record_views")
    file = models.ForeignKey(AccessFile, on_delete=models.PROTECT, related_name="views")
    row_number = models.PositiveIntegerField()
    at = models.DateTimeField(null=True, help_text="UTC; null where it cannot be read")
    account = models.CharField(max_length=32, help_text="blind index of the account")
    record = models.CharField(max_length=32, blank=True, help_text="blind index of its number")
    action = models.CharField(max_length=10, choices=list(rules.ACTIONS.items()))
    person = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="record_views"
    )
    is_covered = models.BooleanField(default=True, help_text="a grant held at that time")
    line = models.CharField(max_length=32, help_text="blind index of the whole row")
    occurrence = models.PositiveIntegerField(default=1, help_text="nth such row of its file")
    problem = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "line", "occurrence"], name="view_once_per_row"
            ),
            models.CheckConstraint(
                name="view_without_a_time_says_so",
                condition=Q(at__isnull=False) | ~Q(problem=""),
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "account"], name="view_by_account"),
            models.Index(fields=["incident", "person"], name="view_by_person"),
        ]

    def __str__(self) -> str:
        return f"record view {self.pk}"


class SeenDecision(models.Model):
    """Who is affected by an incident of excess access, and which data the system shows of them.

    Whoever's record was opened is affected; with `with_could` also whoever's could be.
    """

    CLEAR: ClassVar[set[str]] = {"elements"}

    incident = models.OneToOneField(
        Incident, on_delete=models.PROTECT, related_name="seen_decision"
    )
    elements = models.JSONField(help_text="codes of data elements that the system shows")
    with_could = models.BooleanField(default=False)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="when it was last carried out")

    def __str__(self) -> str:
        return f"decision {self.pk} about who was seen"
