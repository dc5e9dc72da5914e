"""The file-system broker of the embedded default, with messages that appear whole or not at all.

Kombu's own opens the final name and then writes: a worker that looks between the two takes an
empty message, and ends.
"""

import os
import uuid
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):  # type: ignore[misc]
    """A channel that renames a message into place."""

    def _put(self, queue: str, payload: Any, **_: Any) -> None:
        folder, name = Path(self.data_folder_out), uuid.uuid4().hex
        draft = folder / f".{name}"  # a name that no queue looks for
        draft.write_bytes(str_to_bytes(dumps(payload)))
        os.replace(draft, folder / f"{round(monotonic() * 1000)}_{name}.{queue}.msg")


class Transport(filesystem.Transport):  # type: ignore[misc]
    """The transport of `filesystem://` URLs."""

    Channel = Channel


def install() -> None:
    """Make `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
