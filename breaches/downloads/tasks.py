"""Logs, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.downloads import actions, queries
from breaches.downloads.models import LogSource
from breaches.errors import Refused

BATCH = 20


@shared_task
def sweep_logs() -> None:
    """Every few seconds: hand each waiting log to a worker, and count what changed again."""
    now = timezone.now()
    for pk in queries.waiting_to_be_read(at=now).values_list("pk", flat=True)[:BATCH]:
        read_log.delay(log_source_id=pk)
    for exposure in queries.out_of_date():
        actions.count_again(exposure, at=now)


@shared_task
def read_log(*, log_source_id: int) -> None:
    """Read one log; a second delivery of the same message changes nothing."""
    try:
        actions.read_log(LogSource.objects.get(pk=log_source_id), at=timezone.now())
    except Refused:
        return
