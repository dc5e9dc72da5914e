"""What a letter to a recipient must never hold: a name from the list, a way to the file. Pure."""

import re
from collections.abc import Iterable
from itertools import pairwise

from breaches.matching import names
from notifications.wording.fields import WEB_ADDRESS

# An A-number, however it is written: A, then eight or nine digits in groups.
A_NUMBER = re.compile(r"\bA[- ]?\d{2,3}[- ]?\d{3}[- ]?\d{3}\b", re.I)


def given_away(text: str, people: Iterable[str]) -> list[str]:
    """Return what `text` gives away, as codes: "web_address", "a_number", "name".

    `people` are the names on the list. A name counts when two of its words or more stand side
    by side in the text; a single word such as May or Grace is no name.
    """
    found = []
    if WEB_ADDRESS.search(text):
        found.append("web_address")
    if A_NUMBER.search(text):
        found.append("a_number")
    spoken = frozenset(pairwise(names.tokens(text)))
    if any(_stands_in(person, spoken) for person in people):
        found.append("name")
    return found


def _stands_in(person: str, spoken: frozenset[tuple[str, str]]) -> bool:
    words = names.parts(person)
    if len(words) < 2:
        return False
    pairs = [*pairwise(words), (words[0], words[-1])]
    return any(pair in spoken or pair[::-1] in spoken for pair in pairs)
