"""What a holder can promise, and how far it is done. Pure."""

from typing import NamedTuple


class Done(NamedTuple):
    """How far one thing is: so many of so many; `words` say what is counted."""

    words: str
    number: int
    total: int

    @property
    def is_done(self) -> bool:
        """Say whether nothing is left to be done."""
        return self.number >= self.total > 0

    def __str__(self) -> str:
        return f"{self.words}: {self.number:,} of {self.total:,}"


COUNTED = {
    "contact_downloaders": "demands sent",
    "preserve": "preservation letters sent or not needed any more",
    "get_answers": "answers received",
    "get_deleted": "deletions proven by a signed statement or better",
    "verify": "deletions checked independently or by a court",
    "obey_orders": "orders obeyed",
    "take_down": "copies on the net gone or said to be past recall",
    "name_recipients": "recipients known by name",
}
