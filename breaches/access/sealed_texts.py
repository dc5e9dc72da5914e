"""What signing in must keep, as text that only the key of sign-ins opens."""

from base64 import b64decode, b64encode

from breaches.vault import keys, sealing


def seal(plain: bytes, place: bytes) -> str:
    """Return `plain` sealed for its place."""
    return b64encode(sealing.seal(keys.sign_in_key(), plain, place)).decode()


def unseal(sealed: bytes | str, place: bytes) -> bytes:
    """Return what was sealed for this place. Raises Tampered; ValueError where it is no base64."""
    return sealing.unseal(keys.sign_in_key(), b64decode(sealed), place)
