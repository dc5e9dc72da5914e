"""Matching, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.matching import actions, queries
from breaches.matching.models import MatchRun


@shared_task
def sweep_runs() -> None:
    """Hand each waiting run to a worker. The table is the queue."""
    for run_id in queries.to_match(at=timezone.now()).values_list("pk", flat=True):
        match.delay(run_id=run_id)


@shared_task
def match(*, run_id: int) -> None:
    """Match one incident."""
    try:
        actions.match(MatchRun.objects.get(pk=run_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done
