"""The one place where an address is shown or withheld.

An impounded address is known again by where it leads, so it is withheld wherever, and of
whomever, it stands: on a contact point, in the history of a person, in what a file would change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from breaches.access.gate import may
from breaches.people.addresses import understood
from breaches.people.models import ContactPoint, Register
from breaches.vault import blind

WITHHELD = "(an impounded address, withheld)"
ADDRESSES = ("lines", "normal", "next_of_kin_lines", "guardian_lines")
BESIDE = ("leads_to", "note", "offer")  # would say the same in other words


@dataclass(frozen=True)
class Sight:
    """What one reader may see of addresses."""

    key_name: str
    hidden: frozenset[str]
    sees_impounded: bool = False

    def lines(self, lines: Sequence[str], index: str = "") -> tuple[str, ...]:
        """Return the lines of an address, or the word that it is withheld."""
        return (WITHHELD,) if self.withholds(lines, index) else tuple(lines)

    def withholds(self, lines: Sequence[str], index: str = "") -> bool:
        """Say whether an address is withheld, by its blind index or by its lines."""
        if not self.hidden or not (lines or index):
            return False
        return (index or index_of(self.key_name, lines)) in self.hidden or (
            bool(lines) and index_of(self.key_name, lines) in self.hidden
        )

    def said(self, value: Any) -> Any:
        """Return a fact with any impounded address in it withheld, however deep it stands."""
        if isinstance(value, list):
            return [self.said(one) for one in value]
        if not isinstance(value, dict) or not self.hidden:
            return value
        names = [name for name in ADDRESSES if isinstance(value.get(name), list)]
        shut = [name for name in names if self.withholds(value[name])]
        if not shut:
            return {name: self.said(one) for name, one in value.items()}
        bare = {
            name: self.said(one)
            for name, one in value.items()
            if name not in {*BESIDE, *names, "is_impounded"}
        }
        if "is_impounded" in value:  # a contact point that says so itself
            return bare | {"lines": [], "is_impounded": True}
        return bare | {shut[0]: [WITHHELD]}


def sight_of(user: User, register: Register) -> Sight:
    """Return what `user` may see: everything with the right, else nothing impounded."""
    if may(user, "address.view_impounded"):
        return Sight(register.key_name, frozenset(), sees_impounded=True)
    return blind_sight(register)


def blind_sight(register: Register) -> Sight:
    """Return the sight of whoever has no right, such as a letter on its way to a printer."""
    found = ContactPoint.objects.filter(person__register=register, is_impounded=True)
    indexes = found.exclude(index="").values_list("index", flat=True)
    return Sight(register.key_name, frozenset(indexes))


def index_of(key_name: str, lines: Iterable[str]) -> str:
    """Return the blind index of where an address leads, or "" when it leads nowhere."""
    leads_to = understood(tuple(lines)).leads_to
    return blind.index(key_name, "address", leads_to) if leads_to else ""
