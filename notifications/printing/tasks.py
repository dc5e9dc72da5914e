"""Print runs, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from notifications.printing import actions, queries
from notifications.printing.models import PrintRun


@shared_task
def sweep_runs() -> None:
    """Hand each frozen run to a worker. The table is the queue."""
    for run_id in queries.to_build(at=timezone.now()).values_list("pk", flat=True):
        build_run.delay(run_id=run_id)


@shared_task
def build_run(*, run_id: int) -> None:
    """Build the file of one run."""
    try:
        actions.build_run(PrintRun.objects.get(pk=run_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done, or it says why not
