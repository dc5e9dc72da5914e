"""What is derived once from each distinct name part: skeletons, initials, bigrams. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np

from breaches.matching.linkage.spelling import PARTICLES, skeleton
from breaches.matching.linkage.vocabulary import Array, Vocabulary

MOST_TOKENS = 4
MASK = 2**63 - 1
FEWEST_BONES = 4  # consonants of a name that is known by its sounds alone


class Token(NamedTuple):
    """One word of a name: its skeleton as a number, its first letter and bigrams as bits."""

    sound: int
    bones: int
    initial: int
    bigrams: int


@dataclass
class NameTable:
    """Arrays over the vocabulary of names."""

    tokens: Array  # sounds of up to four tokens; 0 is none
    initials: Array  # a bit for each first letter
    skeletons: Array  # the sound of the whole
    bones: Array  # how many consonants it has
    together: Array  # the sounds of its words added up: the same in any order
    bigrams: Array  # 64 buckets, a bit each
    bigram_counts: Array
    words: Array  # how many tokens
    is_initial: Array
    first: Array
    is_rest: Array  # a particle alone: what a list left of a longer name

    def __len__(self) -> int:
        return len(self.bones)


@dataclass
class Names:
    """The vocabulary of names with its table, kept as long as it."""

    words: Vocabulary
    table: NameTable

    def grow(self) -> NameTable:
        """Return the table, with what was added to the vocabulary since."""
        missing = np.arange(len(self.table), len(self.words))
        if len(missing):
            new = name_table(self.words.texts(missing))
            parts = [field.name for field in fields(NameTable)]
            pairs = [(getattr(self.table, part), getattr(new, part)) for part in parts]
            self.table = NameTable(*(np.concatenate(pair) for pair in pairs))
        return self.table


def name_table(texts: Sequence[str]) -> NameTable:
    """Return the derived arrays of every name part."""
    count = len(texts)
    tokens = np.zeros((count, MOST_TOKENS), np.uint64)
    wide = np.zeros((count, 4), np.uint64)  # initials, whole skeleton, bigrams, sum of sounds
    bones, words = np.zeros(count, np.int16), np.zeros(count, np.int8)
    for row, text in enumerate(texts):
        parts = [token(part) for part in text.split()]
        whole = initials = bigrams = together = 0
        for place, part in enumerate(parts):
            if place < MOST_TOKENS and part.bones > 1:
                tokens[row, place] = part.sound
            whole = (whole * 1_000_003 + part.sound) & MASK
            initials |= part.initial
            bigrams |= part.bigrams
            together = (together + part.sound) & MASK
        wide[row] = initials, whole, bigrams, together
        bones[row], words[row] = sum(part.bones for part in parts), min(len(parts), 100)
    return NameTable(
        tokens=tokens,
        initials=wide[:, 0].copy(),
        skeletons=wide[:, 1].astype(np.int64),
        bones=bones,
        together=wide[:, 3].astype(np.int64),
        bigrams=wide[:, 2].copy(),
        bigram_counts=np.bitwise_count(wide[:, 2]).astype(np.int16),
        words=words,
        is_initial=np.fromiter((len(text) == 1 for text in texts), bool, count),
        is_rest=np.fromiter((text in PARTICLES for text in texts), bool, count),
        first=np.fromiter((ord(text[0]) if text else 0 for text in texts), np.int32, count),
    )


def all_words(table: NameTable, given: Array, family: Array) -> Array:
    """Return one number for the sounds of all words of each name; 0 where it has only one.

    It is the same however the words are ordered, and wherever given name and family name part.
    """
    several = (table.words[given].astype(np.int16) + table.words[family] > 1) & (
        table.bones[given] + table.bones[family] >= FEWEST_BONES
    )
    return np.where(several, (table.together[given] + table.together[family]) & MASK, 0)


@lru_cache(maxsize=1_000_000)
def token(text: str) -> Token:
    """Return what is derived from one word."""
    bones = skeleton(text)
    sound = int.from_bytes(blake2b(bones.encode(), digest_size=8).digest()) & MASK
    bigrams = 0
    for one, other in zip(f"^{text}", text, strict=False):
        bigrams |= 1 << ((ord(one) * 31 + ord(other)) % 64)
    return Token(sound or 1, len(bones), 1 << (ord(bones[0]) % 64), bigrams)
