"""Rosters and audit logs, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.insiders import actions, queries
from breaches.insiders.models import AccessFile


@shared_task
def sweep_access() -> None:
    """Hand each waiting file to a worker, and look records up again after the register changed."""
    now = timezone.now()
    for pk in queries.to_read(at=now).values_list("pk", flat=True):
        read_file.delay(file_id=pk)
    for incident in queries.to_link():
        actions.link_records(incident, at=now)
    for decision in queries.to_settle():
        actions.carry_out(decision, at=now)


@shared_task
def read_file(*, file_id: int) -> None:
    """Read one file; a second delivery of the same message changes nothing."""
    try:
        actions.read_file(AccessFile.objects.get(pk=file_id), at=timezone.now())
    except Refused:
        return
