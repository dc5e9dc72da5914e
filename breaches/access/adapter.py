"""What allauth asks us: nobody signs up alone, failed log-ins are noted, factors are sealed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils import timezone

from breaches.access import sealed_texts
from breaches.audit import log

PLACE = b"second factor"


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are made by an administrator."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Answer no."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that a log-in failed, without what was typed."""
        super().authentication_failed(request, **credentials)
        log.note("login.failed", by=None, at=timezone.now(), step="password")


class SealedFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Whoever copies the database cannot show the codes that staff show."""

    def encrypt(self, text: str) -> str:
        """Seal a secret, such as that of an authenticator app."""
        return sealed_texts.seal(text.encode(), PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return sealed_texts.unseal(encrypted_text, PLACE).decode()
