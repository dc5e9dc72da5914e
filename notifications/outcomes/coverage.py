"""The coverage ledger: nobody gets two letters, nobody silently gets none. Pure."""

from typing import NamedTuple


class Share(NamedTuple):
    """One part of the ledger's bar, in percent."""

    code: str
    words: str
    number: int
    x: float
    width: float


class Coverage(NamedTuple):
    """Everybody affected, each counted once."""

    affected: int
    sent: int
    excluded: int
    held: int

    @property
    def pending(self) -> int:
        """Return how many have neither a letter on its way nor a reason."""
        return self.affected - self.sent - self.excluded - self.held

    def shares(self) -> list[Share]:
        """Return the parts of the bar from left to right."""
        parts = {
            "sent": ("sent", self.sent),
            "pending": ("pending", self.pending),
            "held": ("held", self.held),
            "excluded": ("excluded", self.excluded),
        }
        found, x = [], 0.0
        for code, (words, number) in parts.items():
            width = round(100 * number / self.affected, 3) if self.affected else 0.0
            found.append(Share(code, words, number, round(x, 3), width))
            x += width
        return found
