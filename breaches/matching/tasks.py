"""Matching, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.matching import own_process, queries


@shared_task
def sweep_runs() -> None:
    """Hand each waiting run to a worker. The table is the queue."""
    for run_id in queries.to_match(at=timezone.now()).values_list("pk", flat=True):
        match.delay(run_id=run_id)


@shared_task
def match(*, run_id: int) -> None:
    """Match one incident, in a process of its own, unless somebody else has it."""
    if queries.to_match(at=timezone.now()).filter(pk=run_id).exists():
        own_process.run(run_id)
