"""Who may be meant by a leaked row, who decided so, and who is affected."""

from typing import ClassVar

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q

from breaches.audit.leases import Leased
from breaches.audit.lifecycle import Lifecycle
from breaches.incidents.models import Incident
from breaches.leaks.models import SourceRow
from breaches.matching.decisions import RULES
from breaches.people.models import Person, Register
from breaches.vault.models import Sealed, SealedFile


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


class RunStatus(models.TextChoices):
    ORDERED = "ORDERED", "waiting to start"
    MATCHING = "MATCHING", "being matched"
    MATCHED = "MATCHED", "matched"


class MatchRun(Leased):
    """One pass over the leaked rows of an incident."""

    CLEAR: ClassVar = {"status"}
    MOVES: ClassVar = {
        RunStatus.ORDERED: {RunStatus.MATCHING},
        RunStatus.MATCHING: {RunStatus.MATCHED},
        RunStatus.MATCHED: set(),
    }

    status = models.CharField(max_length=20, choices=RunStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="match_runs")
    model = models.ForeignKey(MatchModel, null=True, on_delete=models.PROTECT, related_name="runs")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=~Q(status=RunStatus.MATCHED),
                name="match_run_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"match run {self.pk}"


class CandidateStatus(models.TextChoices):
    REVIEW = "REVIEW", "waits for a reviewer"
    SECOND = "SECOND", "waits for the second of two reviewers"
    UNSURE = "UNSURE", "somebody was unsure"
    CONFIRMED = "CONFIRMED", "the same person"
    REJECTED = "REJECTED", "somebody else"


WAITING = (CandidateStatus.SECOND, CandidateStatus.UNSURE)
OPEN = (CandidateStatus.REVIEW, *WAITING)
DECIDED = (CandidateStatus.CONFIRMED, CandidateStatus.REJECTED)


class Candidate(Lifecycle):
    """A leaked row and a person who may be meant; what agreed is kept as codes."""

    CLEAR: ClassVar = {"status", "rule", "reasons", "evidence"}
    MOVES: ClassVar = {
        CandidateStatus.REVIEW: {
            *(CandidateStatus.CONFIRMED, CandidateStatus.REJECTED),
            *(CandidateStatus.SECOND, CandidateStatus.UNSURE),
        },
        CandidateStatus.SECOND: {
            *(CandidateStatus.CONFIRMED, CandidateStatus.REJECTED),
            *(CandidateStatus.UNSURE, CandidateStatus.REVIEW),
        },
        CandidateStatus.UNSURE: {
            *(CandidateStatus.CONFIRMED, CandidateStatus.REJECTED),
            *(CandidateStatus.SECOND, CandidateStatus.REVIEW),
        },
        CandidateStatus.CONFIRMED: {CandidateStatus.REJECTED, CandidateStatus.REVIEW},
        CandidateStatus.REJECTED: {CandidateStatus.CONFIRMED, CandidateStatus.REVIEW},
    }

    status = models.CharField(max_length=20, choices=CandidateStatus.choices)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="candidates")
    row = models.ForeignKey(SourceRow, on_delete=models.PROTECT, related_name="candidates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="candidates")
    rule = models.CharField(max_length=30, choices=[(code, r.words) for code, r in RULES.items()])
    strength = models.PositiveSmallIntegerField()
    reasons = models.JSONField()
    is_judged = models.BooleanField(default=False, help_text="A person decided, not a rule.")
    model = models.ForeignKey(MatchModel, null=True, on_delete=models.PROTECT, related_name="+")
    weight = models.FloatField(null=True, help_text="bits, the prior included")
    posterior = models.FloatField(null=True)
    is_free = models.BooleanField(default=False, help_text="Nothing forbids an automatic link.")
    evidence = models.JSONField(default=dict, help_text="level, bits and rarity by comparison")
    is_pending = models.BooleanField(
        default=False, help_text="Would be linked, were the gate open."
    )
    is_competing = models.BooleanField(
        default=False, help_text="Came up after the row was decided."
    )
    is_sampled = models.BooleanField(default=False, help_text="In the blind sample of a gate.")
    harm = models.PositiveSmallIntegerField(default=0)
    doubt = models.PositiveSmallIntegerField(default=0, help_text="0 to 100")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row", "person"], name="candidate_once"),
            models.UniqueConstraint(
                fields=["row"],
                condition=Q(status=CandidateStatus.CONFIRMED),
                name="candidate_one_person_per_row",
            ),
        ]
        indexes = [models.Index(fields=["incident", "status"], name="candidate_queue")]

    def __str__(self) -> str:
        return f"candidate {self.pk}"

    @property
    def reviewers_needed(self) -> int:
        """Return how many people must say the same: two where a mistake would hurt most."""
        return 2 if self.harm or self.is_sampled else 1


class Judgement(Sealed):
    """What one reviewer said of a candidate; later ones supersede it, none is deleted."""

    CLEAR: ClassVar = {"key_name", "value"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="judgements")
    value = models.CharField(max_length=20, choices=CandidateStatus.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    superseded_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"judgement {self.pk}"


class AffectedPerson(Sealed):
    """Somebody in the leak, with exactly the data elements that leaked about them."""

    CLEAR: ClassVar = {"key_name", "elements", "group"}

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="affected")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="affected_by"
    )
    group = models.CharField(
        max_length=32, blank=True, help_text="without a register: blind index of the first row"
    )
    rows = models.ManyToManyField(SourceRow, related_name="affected")
    elements = models.JSONField(default=list)
    found_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, help_text="no row speaks of them any more")
    changed_at = models.DateTimeField(
        null=True, help_text="other rows or data than before; what hung on it is to be looked at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "person"], name="affected_once"),
            models.UniqueConstraint(
                fields=["incident", "group"], condition=~Q(group=""), name="affected_group_once"
            ),
        ]

    def __str__(self) -> str:
        return f"affected person {self.pk}"
