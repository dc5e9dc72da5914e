"""Impounded addresses known again in any text: a cell, a row cut into cells, a file's name. Pure.

An address is looked for by its number and the name of its street; how the street's kind, a
direction or a door is written makes no difference. The same number and name in another town,
with another ZIP Code, is another address. What is in doubt is withheld.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from breaches.people.addresses import HOME, understood
from breaches.people.names import folded
from breaches.people.pub28.address import parse
from breaches.people.pub28.last_line import states
from breaches.people.pub28.words import DIRECTIONS, SUFFIXES, UNITS

WORD = re.compile(r"[^\W_]+")
SHORT = {
    word.casefold(): one.casefold() for word, one in {**UNITS, **SUFFIXES, **DIRECTIONS}.items()
}
WAYS = frozenset(map(str.casefold, DIRECTIONS.values()))
DROPPED = WAYS | {*map(str.casefold, SUFFIXES.values()), "p", "o", "po"}
DOORS = frozenset(one.casefold() for one in UNITS.values())
LEAST_DIGITS = 7  # of a telephone number
STATES = "|".join(sorted(map(re.escape, states()), key=len, reverse=True))
# Two small letters may be a word: a shelter or 12345.
OTHER_ZIP = re.compile(rf"\b(?:{STATES})\W+(\d{{5}})(?:-\d{{4}})?\b")

Words = tuple[str, ...]


class Wanted(NamedTuple):
    """The words by which one address is known, and the town and ZIP Code that confirm it."""

    words: Words
    town: Words = ()
    zip_code: str = ""


class Texts(NamedTuple):
    """The words of some texts, each with the number of its text."""

    words: list[str]
    places: list[int]


class Impounded:
    """All addresses that a reader may not see."""

    def __init__(self, contacts: Iterable[Mapping[str, Any]]) -> None:
        """Take `contacts`: the `lines` and the `country` of each contact point, opened."""
        self._by_first: dict[str, list[Wanted]] = defaultdict(list)
        self._numbers: set[str] = set()
        for contact in contacts:
            for one in _wanted(contact["lines"], contact.get("country", "")):
                self._by_first[one.words[0]].append(one)
            self._numbers |= _telephones(contact["lines"])

    def shut(self, texts: Sequence[str]) -> set[int]:
        """Return the numbers of the texts that tell such an address, alone or together."""
        if not self._by_first and not self._numbers:
            return set()
        found = {at for at, text in enumerate(texts) if self._calls(text)}
        every = _texts(texts)
        for stream in (every, _bare(every)):
            for one, begin in self._met(stream):
                if _is_here(one, stream.words, texts):
                    found.update(stream.places[begin : begin + len(one.words)])
        return found

    def _met(self, stream: Texts) -> Iterator[tuple[Wanted, int]]:
        for begin, word in enumerate(stream.words):
            for one in self._by_first.get(word, ()):
                if tuple(stream.words[begin : begin + len(one.words)]) == one.words:
                    yield one, begin

    def _calls(self, text: str) -> bool:
        if not self._numbers:
            return False
        digits = re.sub(r"\D", "", text)
        return any(number in digits for number in self._numbers)


def _wanted(lines: Sequence[str], country: str) -> Iterator[Wanted]:
    """Yield the words of each way in which an address may be known."""
    found = understood(lines, country)
    if found.country != HOME:
        for line in lines:
            words = _words(line)
            if len(words) > 1 and re.search(r"\d", line) and re.search(r"[^\W\d]", line):
                yield Wanted(words)
                return
        if words := _words(" ".join(lines)):
            yield Wanted(words)
        return
    parsed = parse(found.lines)
    place = parsed.delivery[-1].text if parsed.delivery else " ".join(x.text for x in parsed.above)
    town = _words(parsed.last.city) if parsed.last else ()
    code = (parsed.last.offer or parsed.last.zip_code)[:5] if parsed.last else ""
    words = _known_by(_words(place))
    if words:
        yield Wanted(words if len(words) > 1 else (*words, *town), town, code)


def _known_by(words: Words) -> Words:
    """Return number and name: without the door, the street's kind and its direction."""
    door = next((at for at, word in enumerate(words) if at > 1 and word in DOORS), len(words))
    bare = tuple(word for word in words[:door] if word not in DROPPED)
    return bare if len(bare) > 1 else tuple(word for word in words[:door] if word not in WAYS)[:2]


def _is_here(one: Wanted, words: list[str], texts: Sequence[str]) -> bool:
    """Say whether nothing tells that the street is one of another town."""
    if not one.zip_code and not one.town:
        return True
    codes = set(OTHER_ZIP.findall(" ".join(texts)))
    if not codes or one.zip_code in codes:
        return True
    size = len(one.town)
    return bool(size) and any(
        tuple(words[at : at + size]) == one.town for at in range(len(words) - size + 1)
    )


def _telephones(lines: Iterable[str]) -> set[str]:
    """Return the last ten digits of lines that are nothing but a telephone number."""
    numbers = (re.sub(r"\D", "", line) for line in lines if re.fullmatch(r"[\d\s()+./x-]+", line))
    return {number[-10:] for number in numbers if len(number) >= LEAST_DIGITS}


def _words(text: str) -> Words:
    return tuple(SHORT.get(word, word) for word in WORD.findall(folded(text)))


def _texts(texts: Sequence[str]) -> Texts:
    pairs = [(word, at) for at, text in enumerate(texts) if text for word in _words(text)]
    return Texts([word for word, _ in pairs], [at for _, at in pairs])


def _bare(texts: Texts) -> Texts:
    pairs = [pair for pair in zip(texts.words, texts.places, strict=True) if pair[0] not in DROPPED]
    return Texts([word for word, _ in pairs], [at for _, at in pairs])
