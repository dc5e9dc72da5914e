"""Sign-ins, off the request."""

from celery import shared_task

from breaches.access.session_store import SessionStore


@shared_task
def sweep_sessions() -> None:
    """Every hour: delete the sessions that expired."""
    SessionStore.clear_expired()
