"""The register, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.people import actions, queries
from breaches.people.models import ImportStatus, RegisterImport

STEPS = {
    ImportStatus.RECEIVED: actions.import_register,
    ImportStatus.IMPORTING: actions.import_register,
    ImportStatus.ACCEPTED: actions.apply_import,
    ImportStatus.APPLYING: actions.apply_import,
    ImportStatus.UNDO_ORDERED: actions.undo_import,
    ImportStatus.UNDOING: actions.undo_import,
}


@shared_task
def sweep_imports() -> None:
    """Hand each waiting register file to a worker. The table is the queue."""
    for order_id in queries.to_work_on(at=timezone.now()):
        import_register.delay(order_id=order_id)


@shared_task
def import_register(*, order_id: int) -> None:
    """Do what a register file waits for: read it, apply it, or take it back."""
    order = RegisterImport.objects.get(pk=order_id)
    try:
        if step := STEPS.get(ImportStatus(order.status)):
            step(order, at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done
