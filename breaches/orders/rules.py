"""An order and its docket as a person reads them. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Issued:
    """An order as it was entered."""

    court: str
    docket: str
    text: str
    entered_on: date


@dataclass(frozen=True)
class Docketed:
    """What the docket says of an order; a new date if it was modified."""

    kind: str
    on: date
    text: str = ""
    new_due_on: date | None = None
