"""A second factor that is not shown is written down like a wrong password; never what was typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from breaches.audit import log


class Noted:
    """A form for a second factor, or for the first and the second in one."""

    user: User | None  # a passkey alone says whose it is once it is right

    def clean_code(self) -> Any:
        """Check a code of an authenticator app, or one for emergencies."""
        with _noted("code", self.user):
            return super().clean_code()  # type: ignore[misc]

    def clean_credential(self) -> Any:
        """Check a passkey."""
        with _noted("passkey", self.user):
            try:
                return super().clean_credential()  # type: ignore[misc]
            except KeyError as lacking:  # allauth takes it for granted that a browser fills it in
                raise get_adapter().validation_error("incorrect_code") from lacking


class CodeForm(Noted, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """A code on coming in."""


class CodeAgainForm(Noted, ReauthenticateForm):  # type: ignore[misc]
    """A code before something delicate."""


class KeyForm(Noted, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey beside a password."""


class KeyAloneForm(Noted, LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey that stands for both."""


class KeyAgainForm(Noted, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey before something delicate."""


@contextmanager
def _noted(step: str, user: User | None) -> Iterator[None]:
    try:
        yield
    except ValidationError as wrong:
        # Whoever tries too often is refused unread, which keeps the log from being filled.
        if wrong.code == "incorrect_code":
            whose: dict[str, Any] = {"user": user.pk} if user else {}
            log.note("login.failed", by=None, at=timezone.now(), step=step, **whose)
        raise
