"""Leaked files, off the request: ids in, one action each."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.leaks import actions, queries, retention
from breaches.leaks.models import Destruction, SourceFile


@shared_task
def sweep_files() -> None:
    """Hand each waiting file to a worker. The table is the queue."""
    at = timezone.now()
    for file_id in queries.to_inspect(at=at).values_list("pk", flat=True):
        inspect_file.delay(file_id=file_id)
    for file_id in queries.to_store(at=at).values_list("pk", flat=True):
        store_rows.delay(file_id=file_id)


@shared_task
def sweep_deletions() -> None:
    """Order what is due to be destroyed, and hand each decision to a worker."""
    at = timezone.now()
    for file in retention.due(at=at):
        with suppress(Refused):  # a hold was placed, or somebody was faster
            retention.order_destruction(file, (), "its day of deletion had come", by=None, at=at)
    for order_id in retention.to_destroy(at=at).values_list("pk", flat=True):
        destroy.delay(order_id=str(order_id))


@shared_task
def destroy(*, order_id: str) -> None:
    """Destroy what was decided."""
    try:
        retention.destroy(Destruction.objects.get(pk=order_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, it is done, or a hold was placed


@shared_task
def inspect_file(*, file_id: int) -> None:
    """Look at the columns of one file."""
    try:
        actions.inspect_file(SourceFile.objects.get(pk=file_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done


@shared_task
def store_rows(*, file_id: int) -> None:
    """Seal the rows of one file."""
    try:
        actions.store_rows(SourceFile.objects.get(pk=file_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done
