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
from breaches.matching.models.learnt import (
    Gate,
    GateStatus,
    MatchModel,
    RegisterIndex,
    Thresholds,
)
from breaches.people.models import Person
from breaches.vault.models import Sealed

__all__ = [
    "AffectedPerson",
    "Candidate",
    "CandidateStatus",
    "Gate",
    "GateStatus",
    "Judgement",
    "KnownAnswer",
    "MatchModel",
    "MatchRun",
    "RegisterIndex",
    "RunStatus",
    "Stage",
    "Thresholds",
]


class RunStatus(models.TextChoices):
    ORDERED = "ORDERED", "waiting to start"
    MATCHING = "MATCHING", "being matched"
    MATCHED = "MATCHED", "matched"


class Stage(models.TextChoices):
    OPENING = "OPENING", "opening the rows and the register"
    PREPARING = "PREPARING", "preparing the register to be searched"
    WEIGHING = "WEIGHING", "weighing the pairs"
    WRITING = "WRITING", "writing down who may be meant"
    TRYING = "TRYING", "trying the model on people who do not exist"
    SETTLING = "SETTLING", "settling who is affected"


class MatchRun(Leased):
    """One pass over the leaked rows of an incident."""

    CLEAR: ClassVar = {"status", "stage"}
    MOVES: ClassVar = {
        RunStatus.ORDERED: {RunStatus.MATCHING},
        RunStatus.MATCHING: {RunStatus.MATCHED},
        RunStatus.MATCHED: set(),
    }

    status = models.CharField(max_length=20, choices=RunStatus.choices)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.OPENING)
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

    @property
    def step(self) -> str:
        """Return in words where the work is, and how many steps it has."""
        stage = Stage(self.stage)
        return f"Step {list(Stage).index(stage) + 1} of {len(Stage)}: {stage.label}"


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
    def is_blind(self) -> bool:
        """Say whether its score is hidden: in the blind sample, and not decided yet."""
        return self.is_sampled and self.status in OPEN

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "by"],
                condition=Q(superseded_by=None) & ~Q(value=CandidateStatus.REVIEW),
                name="judgement_one_that_stands",
            )
        ]

    def __str__(self) -> str:
        return f"judgement {self.pk}"


class KnownAnswer(models.Model):
    """What a reviewer said of a pair whose answer is known; it decides nothing but measures."""

    CLEAR: ClassVar = {"value"}

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="known_answers")
    value = models.CharField(max_length=20, choices=CandidateStatus.choices)
    is_right = models.BooleanField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "by"], name="known_once")]

    def __str__(self) -> str:
        return f"known answer {self.pk}"


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
