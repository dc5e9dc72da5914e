"""What a register file would change about one person, three ways compared. Pure.

A fact has three versions: what the register said before, what we have now, and what the new file
says. Whoever of the staff or the file moved away from the first decides; when both did, a person.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from breaches.people.entries import Said

CHANGE, CONFLICT = "change", "conflict"
# What makes two versions the same; everything else in them is worked out from it.
TELLING = {
    "address": ("lines", "is_safe", "is_nowhere"),
    "counsel": ("practitioner", "organisation", "lines", "form", "scope"),
    "guardian": ("name", "is_unsafe"),
}


class Difference(NamedTuple):
    """One fact on which the file and the register differ."""

    slot: str
    kind: str
    ours: Any
    theirs: Any


def differences(
    ours: Said, corrected: Said, theirs: Said, mentioned: Iterable[str]
) -> list[Difference]:
    """Return what a file would change; facts it does not speak of are not `mentioned`.

    `corrected` is what the register said before, where staff have corrected it since.
    """
    found = []
    for slot in sorted(mentioned):
        have = ours.get(slot)
        says = filled(slot, have, theirs.get(slot))
        said = corrected.get(slot, have)
        if same(slot, says, have) or same(slot, says, said):
            continue
        is_free = same(slot, have, said) and not guards(slot, have, says)
        found.append(Difference(slot, CHANGE if is_free else CONFLICT, have, says))
    return found


def same(slot: str, one: Any, other: Any) -> bool:
    """Say whether two versions of a fact are the same."""
    return bool(_telling(slot, one) == _telling(slot, other))


def filled(slot: str, have: Any, says: Any) -> Any:
    """Return what the file says, with what it leaves open about the same thing as we have it."""
    names = TELLING.get(slot)
    if not names or not have or not says or have.get(names[0]) != says.get(names[0]):
        return says
    return {name: have[name] for name in names if name in have} | says


def guards(slot: str, have: Any, says: Any) -> bool:
    """Say whether a fact is one that no file may replace alone: safety before freshness.

    A safe or impounded address, and a death, wait for a person.
    """
    if slot == "death":
        return bool(have) and not says
    if slot == "guardian":
        return bool(have and have.get("is_unsafe")) and not (says and says.get("is_unsafe"))
    if slot != "address" or not have:
        return False
    return bool(have.get("is_safe") or have.get("is_impounded"))


def _telling(slot: str, value: Any) -> Any:
    if not value:
        return None
    names = TELLING.get(slot)
    return [value.get(name) or None for name in names] if names else value
