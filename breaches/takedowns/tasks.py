"""Takedowns, off the request."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from breaches.takedowns import actions, queries


@shared_task
def sweep_takedowns() -> None:
    """Every few seconds: end the removals whose time is over, so that somebody looks again."""
    for takedown in queries.ended(at=timezone.now())[:500]:
        with suppress(Refused):
            actions.expire(takedown, at=timezone.now())
