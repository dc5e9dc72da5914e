"""What may go wrong in front of a user.

Refused               an anticipated refusal; its text may be shown as it is
└── the children live beside the action that raises them

Anything else is a defect and travels up untouched; but for a full disk, which is nobody's.
"""

from errno import EDQUOT, ENOSPC
from sqlite3 import SQLITE_FULL

DISK_FULL = "53100"  # PostgreSQL's SQLSTATE, class 53: insufficient resources


class Refused(Exception):
    """Nothing was done, and the text says why and what to do."""


def is_out_of_room(fault: BaseException | None) -> bool:
    """Say whether a fault is that of a full disk or quota: where a file or the database lies."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in {ENOSPC, EDQUOT}:
            return True
        if getattr(fault, "sqlite_errorcode", None) == SQLITE_FULL:
            return True
        if getattr(fault, "sqlstate", None) == DISK_FULL:
            return True
        fault = fault.__cause__  # Django's own faults have the database's as their cause
    return False
