"""Data keys, wrapped by the master key, in a store of their own beside the database.

A file a key. Deleting one makes everything sealed under it unreadable, in backups of the
database too; so back the store up apart from the database, and for a short time only.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from breaches.errors import Refused, is_out_of_room
from breaches.vault.sealing import derive

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,58}")


class KeyDestroyed(Refused):
    """The key was destroyed on purpose; nothing under it can be read again."""


class NoRoomForKey(Refused):
    """The disk of the key store is full."""


class KeyMissing(Exception):
    """No such key, or no master key that opens it: the set-up is wrong."""


class DataKey(NamedTuple):
    """What is derived from one stored key: for sealing, for blind indexes, for files."""

    seal: bytes
    blind: bytes
    files: bytes


NO_ROOM = (
    "There is no room for a key on this machine; nothing was done. Tell whoever runs it that its "
    "disk is full."
)
_opened: dict[tuple[str, int, str], DataKey] = {}


def create(name: str) -> None:
    """Make a new data key.

    Raises FileExistsError if there is one of that name, NoRoomForKey.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"not a key name: {name}")
    wrapped = aes_key_wrap(_masters()[0], os.urandom(32))
    try:
        settings.KEY_STORE.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_new(_path(name), wrapped.hex())
    except OSError as fault:
        if not is_out_of_room(fault):
            raise
        raise NoRoomForKey(NO_ROOM) from fault
    _sync_store()


def data_key(name: str) -> DataKey:
    """Return the keys derived from the data key `name`.

    Raises KeyDestroyed, KeyMissing.
    """
    try:
        changed = os.stat(f"{settings.KEY_STORE}/{name}.key").st_mtime_ns  # asked for each value
    except FileNotFoundError as missing:
        raise _absent(name) from missing
    place = (str(settings.KEY_STORE), changed, name)
    if place not in _opened:
        stored = _unwrap(name)
        _opened[place] = DataKey(*(derive(stored, use) for use in ("seal", "blind", "files")))
    return _opened[place]


def audit_key() -> bytes:
    """Return the key of the audit log's chains, made on first use."""
    return _made_on_first_use("audit").blind


def sign_in_key() -> bytes:
    """Return the key under which second factors of staff are sealed, made on first use."""
    return _made_on_first_use("sign-in").seal


def destroy(name: str) -> None:
    """Destroy a data key for good; what it sealed is unreadable from now on.

    Raises KeyDestroyed, KeyMissing.
    """
    data_key(name)
    _path(name, "destroyed").touch(mode=0o600)
    _path(name).unlink()
    _sync_store()
    for place in [place for place in _opened if place[2] == name]:
        del _opened[place]


def rotate() -> int:
    """Wrap every key anew under the present master key; return how many.

    Keep the former master key in OLD_MASTER_KEYS until this has run. Data is not touched.
    """
    names = list(stored_names())
    for name in names:
        partial = _path(name, "part")
        wrapped = aes_key_wrap(_masters()[0], _unwrap(name))
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        _write(handle, wrapped.hex())
        partial.rename(_path(name))
    _sync_store()
    return len(names)


def is_stored(name: str) -> bool:
    """Say whether the store holds a key of that name."""
    return _path(name).exists()


def stored_names() -> Iterator[str]:
    """Yield the name of each key in the store."""
    yield from sorted(path.stem for path in settings.KEY_STORE.glob("*.key"))


def _made_on_first_use(name: str) -> DataKey:
    if not is_stored(name):
        with suppress(FileExistsError):  # another process was faster; its key is the key
            create(name)
    return data_key(name)


def _masters() -> list[bytes]:
    return [bytes.fromhex(text) for text in (settings.MASTER_KEY, *settings.OLD_MASTER_KEYS)]


def _unwrap(name: str) -> bytes:
    wrapped = bytes.fromhex(_path(name).read_text())
    for master in _masters():
        try:
            return aes_key_unwrap(master, wrapped)
        except InvalidUnwrap:
            continue
    raise KeyMissing(f"no master key opens {name}; is OLD_MASTER_KEYS set?")


def _absent(name: str) -> Exception:
    if _path(name, "destroyed").exists():
        return KeyDestroyed("The key of these records was destroyed; they cannot be read again.")
    return KeyMissing(f"{name} is not in the key store")


def _path(name: str, ending: str = "key") -> Path:
    return Path(settings.KEY_STORE) / f"{name}.{ending}"


def _write_new(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _write(handle, text)
    except OSError:
        path.unlink()  # half a key would stand in the way of a whole one
        raise


def _write(handle: int, text: str) -> None:
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_store() -> None:
    folder = os.open(settings.KEY_STORE, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
