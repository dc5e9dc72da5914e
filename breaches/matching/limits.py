"""The thresholds of an incident, and what others would change before they apply."""

from typing import NamedTuple

from django.db.models import QuerySet

from breaches.incidents.models import Incident
from breaches.matching.models import Candidate, CandidateStatus, Thresholds
from breaches.matching.proposals import Limits


class Change(NamedTuple):
    """The pairs that other thresholds would move; what a person judged never moves."""

    to_review: QuerySet[Candidate]
    to_reject: QuerySet[Candidate]
    to_pending: QuerySet[Candidate]
    from_pending: QuerySet[Candidate]
    unlinked: QuerySet[Candidate]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """Return in words what would change, and for how many pairs."""
        return [
            ("rejected pairs would go to review", self.to_review.count()),
            ("pairs in review would be rejected, and kept", self.to_reject.count()),
            ("pairs would newly wait for the gate", self.to_pending.count()),
            ("pairs would wait for the gate no more", self.from_pending.count()),
            ("linked pairs would go back to review", self.unlinked.count()),
        ]


def limits_of(incident: Incident) -> Limits:
    """Return the thresholds that count for an incident now."""
    latest = Thresholds.objects.filter(incident=incident).order_by("-pk").first()
    return Limits(latest.auto, latest.review) if latest else Limits()


def change(incident: Incident, limits: Limits) -> Change:
    """Return what other thresholds would change."""
    weighed = Candidate.objects.filter(incident=incident, judgements=None).exclude(posterior=None)
    review = weighed.filter(status=CandidateStatus.REVIEW)
    by_score = review.filter(rule="score", posterior__lt=limits.review)
    linked = weighed.filter(status=CandidateStatus.CONFIRMED, is_pending=True)
    return Change(
        to_review=weighed.filter(status=CandidateStatus.REJECTED, posterior__gte=limits.review),
        to_reject=by_score,
        to_pending=review.filter(is_pending=False, is_free=True, posterior__gte=limits.auto),
        from_pending=review.filter(is_pending=True, posterior__lt=limits.auto),
        unlinked=linked.filter(posterior__lt=limits.auto),
    )
