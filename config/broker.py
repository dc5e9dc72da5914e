"""The file-system broker of the embedded default, with messages that appear whole or not at all.

Kombu's own opens the final name and then writes: a worker that looks between the two takes an
empty message, and ends.
"""

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps as untyped_dumps

dumps: Callable[[Any], str] = untyped_dumps


class Channel(filesystem.Channel):
    """A channel that renames a message into place."""

    # kombu's own classes disagree on the names.
    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]
        folder, name = Path(self.data_folder_out), uuid.uuid4().hex
        draft = folder / f".{name}"  # a name that no queue looks for
        draft.write_text(dumps(payload))
        os.replace(draft, folder / f"{round(monotonic() * 1000)}_{name}.{queue}.msg")


class Transport(filesystem.Transport):
    """The transport of `filesystem://` URLs."""

    Channel = Channel


def install() -> None:
    """Make `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
