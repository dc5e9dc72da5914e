"""The register, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.people import actions, queries
from breaches.people.models import RegisterImport


@shared_task
def sweep_imports() -> None:
    """Hand each waiting register file to a worker. The table is the queue."""
    for order_id in queries.to_import(at=timezone.now()).values_list("pk", flat=True):
        import_register.delay(order_id=order_id)


@shared_task
def import_register(*, order_id: int) -> None:
    """Take in one register file."""
    try:
        actions.import_register(RegisterImport.objects.get(pk=order_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done
