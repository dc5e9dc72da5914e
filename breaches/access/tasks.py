"""Sign-ins, off the request."""

from celery import shared_task
from django.utils import timezone

from breaches.access import sessions


@shared_task
def sweep_sessions() -> None:
    """Every hour: delete the sessions that expired."""
    sessions.clear_sessions(at=timezone.now())
