"""Register versions, the models learnt on them, and what may be done with a model."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models

from breaches.audit.lifecycle import Lifecycle
from breaches.incidents.models import Incident
from breaches.people.models import Register
from breaches.vault.models import SealedFile


class RegisterIndex(models.Model):
    """One version of the register, as it was matched against, sealed; the latest stands last."""

    CLEAR: ClassVar = {"sha256"}

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="indexes")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, help_text="of the sealed people it was made from")
    people = models.PositiveIntegerField()
    file = models.OneToOneField(SealedFile, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="index_number_once"),
            models.UniqueConstraint(fields=["register", "sha256"], name="index_once_per_version"),
        ]

    def __str__(self) -> str:
        return f"register version {self.number}"


class MatchModel(models.Model):
    """What agreement and disagreement weigh: numbers only. Written once, never changed."""

    CLEAR: ClassVar = {"sha256", "body"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="match_models")
    index = models.ForeignKey(RegisterIndex, on_delete=models.PROTECT, related_name="models")
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "index", "sha256"], name="model_once")
        ]

    def __str__(self) -> str:
        return f"model {self.pk}"


class GateStatus(models.TextChoices):
    SHUT = "SHUT", "shut"
    OPEN = "OPEN", "open"


class Gate(Lifecycle):
    """Whether one model may link by itself on one register version, and what was tried."""

    CLEAR: ClassVar = {"status", "decoys", "known"}
    MOVES: ClassVar = {
        GateStatus.SHUT: {GateStatus.OPEN},
        GateStatus.OPEN: {GateStatus.SHUT},
    }

    status = models.CharField(max_length=20, choices=GateStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="gates")
    model = models.OneToOneField(MatchModel, on_delete=models.PROTECT, related_name="gate")
    decoys = models.JSONField(help_text="kind, made, linked")
    known = models.JSONField(default=list, help_text="rows, linked and reviewed without numbers")
    size = models.PositiveIntegerField(help_text="pairs drawn for the blind sample")

    def __str__(self) -> str:
        return f"gate {self.pk}"


class Thresholds(models.Model):
    """From which posterior on a pair is linked or reviewed; the latest row counts."""

    CLEAR: ClassVar[set[str]] = set()

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="thresholds")
    auto = models.FloatField()
    review = models.FloatField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"thresholds {self.pk}"
