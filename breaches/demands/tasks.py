"""Letters to recipients, off the request."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from breaches.demands import actions, queries
from breaches.errors import Refused


@shared_task
def sweep_reminders() -> None:
    """Every minute: draft the reminders whose day has come; a second person approves each."""
    now = timezone.now()
    for clock in queries.reminders_due()[:100]:
        with suppress(Refused):
            actions.draft_reminder(clock, at=now)
