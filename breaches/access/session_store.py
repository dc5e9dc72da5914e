"""Sessions of which the database knows no more than the hash of the cookie.

What a session remembers, such as whose it is and the secret of a factor half set up, is sealed for
its own row: it cannot be read there, nor copied to the row of another cookie.
"""

from hashlib import sha256
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.serializers import JSONSerializer
from django.utils import timezone

from breaches.access import sealed_texts
from breaches.vault.sealing import Tampered


def kept(key: str) -> str:
    """Return what stands in the table for `key`: 160 bits fill its column, a key has 165."""
    return sha256(key.encode()).hexdigest()[:40]


def opened(sealed: bytes | str, row: str) -> dict[str, Any]:
    """Return what the session of this row remembers; nothing where it was changed or moved."""
    try:
        plain = sealed_texts.unseal(sealed, _place(row))
    except (Tampered, ValueError):  # no base64
        return {}
    remembered: dict[str, Any] = JSONSerializer().loads(plain)
    return remembered


def _place(row: str) -> bytes:
    return f"session|{row}".encode()


class SessionStore(db.SessionStore):
    """Django's store of sessions, in which a reader of the table finds no cookie to come in with.

    `session_key` stays the cookie; wherever the table is asked, the hash stands for it.
    """

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session with this cookie."""
        return super().exists(kept(session_key))

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return what this session remembers, sealed for its row."""
        plain, row = JSONSerializer().dumps(session_dict), kept(self.session_key or "")
        return sealed_texts.seal(plain, _place(row))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what the row of this session remembers."""
        return opened(session_data, kept(self.session_key or ""))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row of this session."""
        row = super().create_model_instance(data)
        row.session_key = kept(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this cookie, or this one."""
        if key := session_key or self.session_key:
            super().delete(kept(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        row = self.model.objects.filter(
            session_key=kept(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    # Django has each of these twice: one left out would write the cookie itself.
    async def aexists(self, session_key: str) -> bool:
        """Say whether there is a session with this cookie."""
        return await sync_to_async(self.exists)(session_key)

    async def acreate_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row of this session."""
        return await sync_to_async(self.create_model_instance)(data)

    async def adelete(self, session_key: str | None = None) -> None:
        """Delete the session with this cookie, or this one."""
        await sync_to_async(self.delete)(session_key)

    async def _aget_session_from_db(self) -> AbstractBaseSession | None:
        return await sync_to_async(self._get_session_from_db)()
