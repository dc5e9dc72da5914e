"""Incidents, off the request."""

from celery import shared_task
from django.utils import timezone

from breaches.incidents import actions, queries


@shared_task
def sweep_ended() -> None:
    """Every minute: destroy the key of an ended incident that is, or is again, in the store."""
    for incident in queries.ended_with_key():
        actions.destroy_key(incident, at=timezone.now())
