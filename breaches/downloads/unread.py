"""Lines that no rule can read: which of them a person gets to see. Pure."""

from collections.abc import Iterable, Iterator

from breaches.downloads.formats.line import BEFORE_A_LINE

MOST_KEPT = 1000  # of one file with their text, by the command
# Ends of line, and what editors and rotation leave before and after lines.
NOTHING = b" \t\r\n" + BEFORE_A_LINE


def is_blank(raw: bytes) -> bool:
    """Say whether a line holds nothing, and so is about nothing."""
    return not raw.strip(NOTHING)


class Ends:
    """A text in pieces, and whether what has been read of it ends with a line."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.pieces, self.at_line_end = pieces, True

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.at_line_end = piece.endswith(b"\n") if piece else self.at_line_end
            yield piece
