"""What allauth asks us: nobody signs up by themselves, and failed log-ins are written down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from breaches.audit import log


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that a log-in failed, without what was typed."""
        super().authentication_failed(request, **credentials)
        log.note("login.failed", by=None, at=timezone.now())
