"""Logs, off the request: ids in, one action each."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from breaches.downloads import actions, queries, registry
from breaches.downloads.models import LogSource, RegistryReply
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


@shared_task
def sweep_registry() -> None:
    """Every minute, where a registry may be asked: hand out the addresses whose turn it is."""
    if not settings.RDAP_URL:
        return
    now = timezone.now()
    registry.note(registry.unasked()[:500], at=now)
    for pk in registry.to_ask(at=now).values_list("pk", flat=True)[:BATCH]:
        ask_registry.delay(reply_id=str(pk))


@shared_task
def ask_registry(*, reply_id: str) -> None:
    """Ask about one address; a second delivery of the same message asks nobody."""
    registry.ask(RegistryReply.objects.get(pk=reply_id), at=timezone.now())
