"""Notices, off the request: ids in, one action each."""

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from notifications.notices import actions, queries
from notifications.notices.models import NoticeOrder


@shared_task
def sweep_orders() -> None:
    """Hand each waiting order to a worker. The table is the queue."""
    for order_id in queries.to_prepare(at=timezone.now()).values_list("pk", flat=True):
        route_notices.delay(order_id=order_id)


@shared_task
def route_notices(*, order_id: int) -> None:
    """Route the notices of one order."""
    try:
        actions.route_notices(NoticeOrder.objects.get(pk=order_id), at=timezone.now())
    except Refused:
        return  # somebody else has it, or it is done


@shared_task
def sweep_demands() -> None:
    """Every few seconds: route letters of approved demands, and follow what becomes of them."""
    actions.write_to_recipients(at=timezone.now())
    actions.follow_demands(at=timezone.now())
