"""Cases, off the request: opened by themselves, and their clocks."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from breaches.clawback import actions, queries
from breaches.clawback.models import CaseClock
from breaches.errors import Refused


@shared_task
def sweep_cases() -> None:
    """Every few seconds: open a case for each new recipient, and hand out clocks that ran out."""
    for recipient in queries.without_case()[:500]:
        with suppress(Refused):
            actions.open_case(recipient, by=None, at=timezone.now())
    for clock_id in queries.ran_out(at=timezone.now()).values_list("pk", flat=True)[:500]:
        run_out.delay(clock_id=clock_id)


@shared_task
def run_out(*, clock_id: int) -> None:
    """Do what one clock is for."""
    with suppress(Refused):
        actions.run_out(CaseClock.objects.get(pk=clock_id), at=timezone.now())
