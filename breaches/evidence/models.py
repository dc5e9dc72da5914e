"""A file as it was handed over, and everybody who has touched it since."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from breaches.incidents.models import Incident
from breaches.vault.models import Sealed, SealedFile


class EvidenceKind(models.TextChoices):
    LEAKED_FILE = "leaked_file", "leaked file"
    REGISTER = "register", "register"
    LOG = "log", "log"
    ANSWER = "answer", "answer of a recipient"
    DOCUMENT = "document", "document"


class Evidence(Sealed):
    """One file, its hash, its size, who handed it over and when; never changed."""

    CLEAR: ClassVar = {"key_name", "kind", "sha256"}

    incident = models.ForeignKey(
        Incident, null=True, on_delete=models.PROTECT, related_name="evidence"
    )
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=EvidenceKind.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes")
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key_name", "kind", "sha256"], name="evidence_once_per_incident"
            )
        ]

    def __str__(self) -> str:
        return f"evidence {self.pk}"


class CustodyEvent(models.Model):
    """One link of the chain of custody: received, opened, exported, destroyed."""

    CLEAR: ClassVar = {"what"}

    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="custody")
    what = models.CharField(max_length=20)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"custody event {self.pk}"
