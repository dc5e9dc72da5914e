"""Recipients, off the request."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.recipients import actions, queries


@shared_task
def sweep_recipients() -> None:
    """Every few seconds: make a recipient for each new copy."""
    for incident in queries.incidents_to_recognise():
        with suppress(Refused):
            actions.recognise(incident, at=timezone.now())
