"""Leaked files, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.leaks import actions, queries
from breaches.leaks.models import SourceFile


@shared_task
def sweep_files() -> None:
    """Hand each waiting file to a worker. The table is the queue."""
    at = timezone.now()
    for file_id in queries.to_inspect(at=at).values_list("pk", flat=True):
        inspect_file.delay(file_id=file_id)
    for file_id in queries.to_store(at=at).values_list("pk", flat=True):
        store_rows.delay(file_id=file_id)


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
