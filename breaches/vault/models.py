"""Rows and files that are readable only with their key."""

import json
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models

from breaches.vault import keys, sealing

ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def sealer_for(key_name: str) -> sealing.Sealer:
    """Return what seals one piece of work under a key that still stands.

    Raises KeyDestroyed, KeyMissing.
    """
    return sealing.Sealer(keys.data_key(key_name).seal)


class Sealed(models.Model):
    """A row whose personal part is one sealed JSON document.

    The document is bound to table, row and field, so that a ciphertext moved to another
    person's row is refused. The id is made in Python because the seal needs it before the
    row is saved.
    """

    CLEAR: ClassVar[set[str]] = {"key_name"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key_name = models.CharField(max_length=60)
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    @property
    def document(self) -> dict[str, Any]:
        """Return the opened document.

        Raises Tampered, KeyDestroyed.
        """
        key = keys.data_key(self.key_name).seal
        opened: dict[str, Any] = json.loads(sealing.unseal(key, bytes(self.sealed), self._place))
        return opened

    def seal(self, document: dict[str, Any], sealer: sealing.Sealer | None = None) -> None:
        """Put `document` under the row's key; the caller saves.

        `sealer`, from `sealer_for` of the same key, spares a look at the key store for each row.
        """
        sealer = sealer or sealer_for(self.key_name)
        self.sealed = sealer.seal(ENCODER.encode(document).encode(), self._place)

    def with_document(self, document: dict[str, Any], sealer: sealing.Sealer | None = None) -> Self:
        """Seal `document` into a row that is being made, and return the row."""
        self.seal(document, sealer)
        return self

    @property
    def _place(self) -> bytes:
        return place_of(type(self), self.id.hex)


def place_of(model: type[Sealed], pk: str) -> bytes:
    """Return what the document of the row with an id (32 hex digits) is bound to."""
    dashed = f"{pk[:8]}-{pk[8:12]}-{pk[12:16]}-{pk[16:20]}-{pk[20:]}"
    return f"{model._meta.db_table}|{dashed}|sealed".encode()


class SealedFile(models.Model):
    """A file in the sealed store, under a name that says nothing."""

    CLEAR: ClassVar[set[str]] = {"key_name", "sha256"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key_name = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField(help_text="bytes, opened")
    sha256 = models.CharField(max_length=64, help_text="of the opened bytes")

    def __str__(self) -> str:
        return f"file {self.id}"
