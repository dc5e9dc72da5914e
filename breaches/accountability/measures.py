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


# What a statement can be about, as a code of Statement.about.
MEASURES = {
    "contact_downloaders": "contact those who downloaded it",
    "preserve": "have the records preserved",
    "get_answers": "get an answer from each",
    "get_deleted": "have every copy deleted",
    "verify": "have the deletion checked",
    "obey_orders": "obey the court's order",
    "name_recipients": "say who has it",
}
COUNTED = {
    "contact_downloaders": "demands sent",
    "preserve": "preservation letters sent or not needed any more",
    "get_answers": "answers received",
    "get_deleted": "deletions proven by a signed statement or better",
    "verify": "deletions checked independently or by a court",
    "obey_orders": "orders obeyed",
    "name_recipients": "recipients known by name",
}
