"""What is done to the register: its contents page."""

from breaches.people.actions.facilities import keep_facility
from breaches.people.actions.families import merge, relate, unmerge, unrelate
from breaches.people.actions.register import (
    accept_import,
    apply_import,
    decide,
    discard_import,
    import_register,
    order_undo,
    read_again,
    receive_register,
    undo_import,
)
from breaches.people.actions.rows import (
    add_row,
    change_row,
    correct_facts,
    end_row,
    take_offers,
    undo_change,
)

__all__ = [
    "accept_import",
    "add_row",
    "apply_import",
    "change_row",
    "correct_facts",
    "decide",
    "discard_import",
    "end_row",
    "import_register",
    "keep_facility",
    "merge",
    "order_undo",
    "read_again",
    "receive_register",
    "relate",
    "take_offers",
    "undo_change",
    "undo_import",
    "unmerge",
    "unrelate",
]
