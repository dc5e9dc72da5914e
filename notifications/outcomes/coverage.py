"""The coverage ledger: nobody gets two letters, nobody silently gets none. Pure."""

from typing import NamedTuple


class Share(NamedTuple):
    """One part of the ledger's bar, in percent."""

    code: str
    number: int
    x: float
    width: float


class Coverage(NamedTuple):
    """Everybody affected: affected = sent + excluded + held + pending."""

    affected: int
    sent: int
    excluded: int
    held: int
    pending: int

    @property
    def adds_up(self) -> bool:
        """Say whether everybody is counted once and nobody is left out."""
        return self.affected == self.sent + self.excluded + self.held + self.pending

    @property
    def is_complete(self) -> bool:
        """Say whether everybody was told, or left out for a reason."""
        return self.adds_up and self.affected == self.sent + self.excluded

    def shares(self) -> list[Share]:
        """Return the parts of the bar from left to right."""
        found, x = [], 0.0
        for code in ("sent", "pending", "held", "excluded"):
            number: int = getattr(self, code)
            width = 100 * number / self.affected if self.affected else 0.0
            found.append(Share(code, number, round(x, 3), round(width, 3)))
            x += width
        return found
