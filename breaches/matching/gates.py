"""The gate before automatic links: decoys, a blind sample, and what is still missing."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from breaches.audit import log
from breaches.incidents.models import Incident
from breaches.matching import sampling
from breaches.matching.models import Candidate, CandidateStatus, Gate, GateStatus, MatchModel
from breaches.matching.trying import Known, Trial, Tried


class Sample(NamedTuple):
    """How far the blind sample is."""

    size: int
    right: int
    wrong: int
    would_link: int

    @property
    def left(self) -> int:
        """Return how many pairs are not decided by two people."""
        return self.size - self.right - self.wrong

    @property
    def is_all(self) -> bool:
        """Say whether every pair that would be linked is in the sample."""
        return self.size >= self.would_link

    @property
    def proven(self) -> float:
        """Return the precision that is proven: measured when all were seen, else a bound."""
        seen = self.right + self.wrong
        if self.is_all and not self.left:
            return self.right / seen if seen else 0.0
        return sampling.lower_bound(self.right, seen)

    @property
    def passes(self) -> bool:
        """Say whether the sample is decided and proves enough."""
        return self.size > 0 and not self.left and self.proven >= sampling.PROVEN


class Standing(NamedTuple):
    """Where a gate stands, and in words what keeps it shut."""

    gate: Gate
    tried: list[Tried]
    sample: Sample
    known: Known
    missing: list[str]


def make(incident: Incident, model: MatchModel, trial: Trial | None, *, at: datetime) -> Gate:
    """Make the gate of a model, shut, unless it was made before; draw its blind sample."""
    gate = Gate.objects.filter(model=model).first()
    if gate is None:
        found = trial or Trial([], Known(0, 0, 0))
        gate = Gate.objects.create(
            model=model,
            incident=incident,
            status=GateStatus.SHUT,
            status_at=at,
            decoys=[list(one) for one in found.tried],
            known=list(found.known),
            size=sampling.needed(0),
        )
        log.record(gate, "gate.made", by=None, at=at)
    if gate.status == GateStatus.SHUT:
        draw(gate)
    return gate


def draw(gate: Gate) -> None:
    """Mark the pairs of the sample, at random but the same for one model."""
    pairs = would_link(gate).order_by("row_id", "person_id").values_list("pk", flat=True)
    sample = sampling.drawn(list(pairs), gate.size, gate.model.sha256)
    Candidate.objects.filter(pk__in=sample).update(is_sampled=True)


def would_link(gate: Gate) -> QuerySet[Candidate]:
    """Return the pairs that this model would link by itself, whatever became of them."""
    return Candidate.objects.filter(incident=gate.incident_id, model=gate.model_id, is_pending=True)


def to_link(gate: Gate) -> QuerySet[Candidate]:
    """Return the pairs that only wait for the gate: nobody has judged them, no row is taken."""
    confirmed = Candidate.objects.filter(
        incident=gate.incident_id, status=CandidateStatus.CONFIRMED
    )
    twice = would_link(gate).filter(row=OuterRef("row")).exclude(pk=OuterRef("pk"))
    rows = would_link(gate).filter(status=CandidateStatus.REVIEW, judgements=None)
    return rows.exclude(row__in=confirmed.values("row")).exclude(Exists(twice)).order_by("pk")


def standing(gate: Gate) -> Standing:
    """Return where a gate stands."""
    sampled = would_link(gate).filter(is_sampled=True)
    counted = sampled.aggregate(
        size=Count("pk"),
        right=Count("pk", Q(status=CandidateStatus.CONFIRMED)),
        wrong=Count("pk", Q(status=CandidateStatus.REJECTED)),
    )
    tried = [Tried(*one) for one in gate.decoys]
    sample = Sample(**counted, would_link=would_link(gate).count())
    missing = [*_of_decoys(tried), *_of_sample(sample)]
    return Standing(gate, tried, sample, Known(*gate.known), missing)


def latest(incident: Incident) -> Gate | None:
    """Return the gate of the model that an incident was last matched with, or None."""
    rows = Gate.objects.filter(incident=incident).select_related("model__index")
    return rows.order_by("-model").first()


def _of_decoys(tried: list[Tried]) -> list[str]:
    return [
        f"{one.linked:,} of {one.made:,} invented {one.kind} would be linked: "
        f"{one.share:.2%}, where {one.most:.1%} is allowed."
        for one in tried
        if not one.passes
    ]


def _of_sample(sample: Sample) -> list[str]:
    if not sample.would_link:
        return ["There is no pair that the model would link by itself."]
    if sample.left:
        return [
            f"{sample.left:,} of {sample.size:,} pairs of the blind sample wait for two people."
        ]
    if sample.passes:
        return []
    if sample.wrong > sampling.MOST_ERRORS or sample.is_all:
        return [f"{sample.wrong:,} of {sample.size:,} pairs are wrong: too many for this model."]
    more = sampling.needed(sample.wrong) - sample.size
    return [f"{sample.wrong:,} pairs of the sample are wrong; {more:,} more must be looked at."]
