"""A passkey as it is meant: it opens the door by itself unless somebody wants otherwise."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A new passkey."""

    passwordless = forms.BooleanField(
        initial=True,
        required=False,
        label="Sign in with this alone",
        help_text=(
            "It asks for your fingerprint, your face or its PIN. Without this it only stands "
            "beside a password, and “Sign in with a passkey” does not find it."
        ),
    )
