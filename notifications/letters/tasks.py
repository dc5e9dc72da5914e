"""Letters, off the request: a claim in, one action."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from breaches.errors import Refused
from notifications.letters import actions


@shared_task
def sweep_letters() -> None:
    """Claim what waits and hand each chunk to a worker. The table is the queue."""
    actions.follow_demands(at=timezone.now())
    for token in actions.claim_chunks(at=timezone.now()):
        render_claim.delay(token=str(token))


@shared_task(autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def render_claim(*, token: str) -> None:
    """Make the letters of one claim, then have the next ones claimed."""
    try:
        actions.render_claim(UUID(token), at=timezone.now())
    except Refused:
        return  # somebody else has them, or they are made
    sweep_letters.delay()
