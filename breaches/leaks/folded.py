"""The rows and columns in groups of an OpenDocument table that are folded up. Pure."""

import re
from collections import Counter

MARK = re.compile(rb"<(/?)table:table-(row|column)(-group)?\b([^>]*)>")
SHUT = re.compile(rb"""table:display\s*=\s*["']false["']""")
REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["'](\d{1,7})["']""")
KINDS = {b"row": "hidden_rows", b"column": "hidden_columns"}


class Folded:
    """Counts them while the text of the table comes in pieces, none of which ends in a tag."""

    def __init__(self) -> None:
        self._open: dict[bytes, list[bool]] = {b"row": [], b"column": []}

    def add(self, text: bytes) -> Counter[str]:
        """Return how many more are hidden; not those that say so themselves."""
        found: Counter[str] = Counter()
        if not any(self._open.values()) and not SHUT.search(text):
            return found
        for end, kind, group, more in MARK.findall(text):
            groups = self._open[kind]
            if group and end:
                del groups[-1:]
            elif group and not more.endswith(b"/"):
                groups.append(bool(groups and groups[-1]) or bool(SHUT.search(more)))
            elif not end and groups and groups[-1] and b":visibility" not in more:
                found[KINDS[kind]] += times(more)
        return found


def times(tag: bytes) -> int:
    """Return for how many rows or columns one tag stands: OpenDocument repeats like ones."""
    repeated = REPEATED.search(tag)
    return int(repeated[1]) if repeated else 1
